"""Verdicts in templates."""

from collections.abc import Iterable

from django import template

from curriculum.certificates.engine import Missing
from curriculum.certificates.wording import explain

register = template.Library()


@register.filter
def in_words(missing: Iterable[Missing]) -> list[str]:
    """What is missing, one sentence each."""
    return explain(missing)
