"""Changing a programme while others may change it too."""

import json
from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from matching.forms.programmes import ProgrammeForm
from matching.models import Programme
from matching.queries.decisions import who_and_when


class EditProgrammeForm(ProgrammeForm):
    """Carries the values it began with, so that nobody overwrites what they have not seen."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meanwhile: list[dict[str, str]] = []
        self.saved_by = ""
        if not self.is_bound:
            self.initial["seen"] = json.dumps(self._values_of(self.instance))

    def _values_of(self, programme: Programme) -> dict[str, str]:
        return {name: str(getattr(programme, name)) for name in self._meta.fields or ()}

    @property
    def seen_values(self) -> dict[str, str]:
        """By field, as text; nothing where the form came without, or with something else."""
        try:
            found = json.loads(self.cleaned_data.get("seen") or "{}")
        except ValueError:
            return {}
        if not isinstance(found, dict):
            return {}
        return {name: str(found[name]) for name in self._meta.fields or () if name in found}

    def beside(self, now: Programme, changed: Collection[str]) -> "EditProgrammeForm":
        """The form once more, with what others saved meanwhile told beside what was typed here.

        Nothing typed is lost. A field that was left alone here takes the newer value.
        """
        seen, data = self.seen_values, self.data.copy()
        told = []
        for name in (name for name in self._meta.fields or () if name in changed):
            mine, theirs = self.cleaned_data[name], getattr(now, name)
            if str(mine) == str(theirs):
                continue
            left_alone = str(mine) == seen[name]
            if left_alone:
                data[self.add_prefix(name)] = "" if theirs is False else str(theirs)
            told.append(self._told(name, theirs, mine, left_alone))
        data[self.add_prefix("seen")] = json.dumps(self._values_of(now))
        form = EditProgrammeForm(data, instance=now)
        form.meanwhile, form.saved_by = told, who_and_when(now.changed_by, now.changed_at)
        return form

    def _told(self, name: str, theirs: Any, mine: Any, left_alone: bool) -> dict[str, str]:
        values = {"theirs": self._shown(name, theirs), "mine": self._shown(name, mine)}
        text = (
            _("“%(theirs)s” now; it was “%(mine)s” when you began, and you left it alone.")
            if left_alone
            else _("“%(theirs)s” now; you have “%(mine)s”.")
        )
        return {
            "label": str(self[name].label),
            "id": self[name].id_for_label,
            "text": text % values,
        }

    def _shown(self, name: str, value: Any) -> str:
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        choices = dict(getattr(self.fields[name], "choices", ()))
        return str(choices.get(value, value))
