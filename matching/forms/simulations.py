"""A spreadsheet to try out, and by which rules."""

from django import forms
from django.utils.translation import gettext_lazy as _

from matching.forms.imports import UploadForm


class SimulationForm(UploadForm):
    with_standing = forms.BooleanField(
        label=_("Together with the people already in"),
        help_text=_("Their standing pairs stand. Otherwise the file is looked at by itself."),
        required=False,
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _(
            "CSV in UTF-8 or XLSX, one person a row, the same file as for bringing people in."
        )
        skills = self.fields["may_create_skills"]
        skills.label = _("Take skills that do not exist here as they are written")
        skills.help_text = _("None is made. Without it, an unknown skill is a problem of its row.")
        skills.initial = True
