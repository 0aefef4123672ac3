"""One participant, corrected by hand in the admin."""

from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminModelForm

from matching.models import Participant
from matching.queries.standing import held_sides, side_taken_away
from matching.services.imports.cells import CellRefused, read_zone
from matching.wording import held_side_in_words


class ParticipantForm(WagtailAdminModelForm):
    """What the import would refuse is refused here too, in the same words."""

    def clean_role(self) -> str:
        role: str = self.cleaned_data["role"]
        standing = Participant.objects.filter(pk=self.instance.pk).first()
        if standing:
            held = held_sides(standing.programme)
            if side := side_taken_away(standing.pk, standing.role, role, held):
                raise ValidationError(held_side_in_words(side))
        return role

    def clean_time_zone(self) -> str:
        zone: str = self.cleaned_data["time_zone"]
        try:
            return read_zone(zone) if zone else zone
        except CellRefused as refusal:
            raise ValidationError(str(refusal))
