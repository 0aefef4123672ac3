"""Searching what a round suggested."""

from django import forms
from django.utils.translation import gettext_lazy as _

from matching.forms.people import QueryForm


class RoundSearchForm(QueryForm):
    search = forms.CharField(label=_("Name or address"), required=False)
