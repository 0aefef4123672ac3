"""Verdicts in templates."""

from collections.abc import Iterable

from django import template

from curriculum.certificates import wording
from curriculum.certificates.engine import Missing
from portal.templatetags.components import bare_address

register = template.Library()


@register.filter
def in_words(missing: Iterable[Missing]) -> list[str]:
    """What is missing, one sentence each."""
    return wording.explain(missing)


@register.filter
def sessions_asked(minimum: int) -> str:
    """The sessions that a rule asks for, in a sentence."""
    return wording.sessions_asked(minimum)


@register.filter
def address_parts(url: str) -> list[str]:
    """An address as it is typed, up to its last slash and from there: where a line may end."""
    place, slash, last = bare_address(url).rpartition("/")
    return [part for part in (place + slash, last) if part]
