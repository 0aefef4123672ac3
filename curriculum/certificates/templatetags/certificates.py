"""Verdicts in templates."""

from collections.abc import Iterable

from django import template

from curriculum.certificates import wording
from curriculum.certificates.engine import Missing

register = template.Library()


@register.filter
def in_words(missing: Iterable[Missing]) -> list[str]:
    """What is missing, one sentence each."""
    return wording.explain(missing)


@register.filter
def sessions_asked(minimum: int) -> str:
    """The sessions that a rule asks for, in a sentence."""
    return wording.sessions_asked(minimum)
