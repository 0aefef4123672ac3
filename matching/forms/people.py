"""Searching the people of a programme."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from matching.enums import Role

PLACES = (
    ("", _("Everyone")),
    ("not_invited", _("Not invited yet")),
    ("invited", _("Invited")),
    ("joined", _("Has signed in")),
    ("left_over", _("Without a partner")),
    ("withdrawn", _("Has left")),
)


ROLES = (("", _("Any")), *((role, capfirst(word)) for role, word in Role.choices))


class QueryForm(forms.Form):
    """A search in the address bar: nonsense there means no filter, never an error."""

    @property
    def wanted(self) -> dict[str, Any]:
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}

    @property
    def as_query(self) -> str:
        """The search for links to other pages of its results."""
        return urlencode({name: value for name, value in self.wanted.items() if value})


class PeopleFilterForm(QueryForm):
    search = forms.CharField(label=_("Name, address or department"), required=False)
    role = forms.ChoiceField(label=_("Part"), choices=ROLES, required=False)
    place = forms.ChoiceField(label=_("Who"), choices=PLACES, required=False)


class PlaceForm(forms.Form):
    act = forms.ChoiceField(choices=(("withdraw", ""), ("take_back", "")))
