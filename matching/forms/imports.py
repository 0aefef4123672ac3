"""Bringing in a participants file."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from matching.forms.people import QueryForm
from matching.services.imports.reading import MOST_BYTES
from matching.services.imports.texts import OFFERED

SHOWN = (
    ("", _("All rows")),
    ("refused", _("Rows with a problem")),
    ("created", _("New people")),
    ("changed", _("Changed people")),
    ("unchanged", _("Unchanged people")),
)


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("The file"),
        help_text=_(
            "CSV in UTF-8 or XLSX, one person a row. You see what would change before it does."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
        error_messages={
            "required": _("Choose a file first."),
            "empty": _("There is nothing in this file."),
        },
    )
    may_create_skills = forms.BooleanField(
        label=_("Create skills that do not exist yet"),
        help_text=_(
            "Otherwise an unknown skill is a problem of its row: a check for typing errors."
        ),
        required=False,
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 20 MB. Split it."))
        return file


class ReviewForm(QueryForm):
    show = forms.ChoiceField(choices=SHOWN, required=False)


class RereadForm(forms.Form):
    """Look again, in another encoding if one was offered."""

    encoding = forms.ChoiceField(choices=[(name, name) for name in OFFERED], required=False)
