"""Forms of the ground floor."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm

from portal.models import User
from portal.zones import known_zones, places

FIELDS = ("email", "name", "time_zone", "is_superuser", "groups")


def _all_zones() -> list[tuple[str, Any]]:
    return [("", _("Not said")), *((name, name) for name in sorted(known_zones()))]


class PersonCreationForm(UserCreationForm):
    first_name = None
    last_name = None
    time_zone = forms.ChoiceField(label=_("Time zone"), required=False, choices=_all_zones)

    class Meta(UserCreationForm.Meta):
        model = User
        fields = FIELDS

    def save(self, commit: bool = True) -> User:
        # An empty password counts as one that nobody knows: they could never set their own.
        if not self.cleaned_data.get("password1"):
            self.instance.set_unusable_password()
        person: User = super().save(commit)
        return person


class PersonEditForm(UserEditForm):
    first_name = None
    last_name = None
    time_zone = forms.ChoiceField(label=_("Time zone"), required=False, choices=_all_zones)

    class Meta(UserEditForm.Meta):
        model = User
        # Wagtail takes the last two away from whoever edits themselves.
        fields = (*FIELDS, "is_active")


class OwnDetailsForm(forms.ModelForm[User]):
    """What a person says of themselves: their name, and where they are."""

    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        required=False,
        help_text=_("Meetings and dates are shown in the time of this place."),
    )

    class Meta:
        model = User
        fields = ("name", "time_zone")
        help_texts = {
            "name": _("As others should see it. Your certificates keep the name of their day.")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zones = sorted({*places(), self.instance.time_zone} - {""})
        field = self.fields["time_zone"]
        field.choices = [
            ("", _("Not said: times are shown in UTC")),
            *zip(zones, zones, strict=True),
        ]
        self.fields["name"].widget.attrs["autocomplete"] = "name"

    def clean_name(self) -> str:
        name: str = " ".join(self.cleaned_data["name"].split())
        return name
