"""What is missing, and what a level means, in words."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from curriculum.certificates.engine import Gap, Missing
from matching.enums import Role


def explain(missing: Iterable[Missing]) -> list[str]:
    """One sentence for each thing that is missing, in the third person and with its figures."""
    return [_sentence(thing) for thing in missing]


def _sentence(thing: Missing) -> str:
    values = {"done": thing.done, "needed": thing.needed, "partner": thing.partner}
    if thing.gap == Gap.PREPARATION:
        return (
            ngettext(
                "Preparation: %(done)d of %(needed)d module done.",
                "Preparation: %(done)d of %(needed)d modules done.",
                thing.needed,
            )
            % values
        )
    if thing.gap == Gap.STEPS:
        return (
            ngettext(
                "With %(partner)s: %(done)d of %(needed)d step of the plan done.",
                "With %(partner)s: %(done)d of %(needed)d steps of the plan done.",
                thing.needed,
            )
            % values
        )
    if thing.gap == Gap.SESSIONS:
        return (
            ngettext(
                "With %(partner)s: %(done)d of %(needed)d session held.",
                "With %(partner)s: %(done)d of %(needed)d sessions held.",
                thing.needed,
            )
            % values
        )
    if thing.gap == Gap.NO_STEPS:
        return _("The plan with %(partner)s has no steps yet.") % values
    if thing.gap == Gap.NO_SESSIONS:
        return _("The plan with %(partner)s holds no session.") % values
    return _("No pair has begun yet.")


def sessions_asked(minimum: int) -> str:
    """The part of the rule that asks for sessions, as something that is to be."""
    return ngettext(
        "At least %(n)d guided session.",
        "At least %(n)d guided sessions, or all of the plan’s.",
        minimum,
    ) % {"n": minimum}


def general_sentence(level: int) -> str:
    """What a level means of any skill: for skills whose own sentences nobody has written yet."""
    return (
        _("Has not met it yet."),
        _("Knows what it is and what it is good for."),
        _("Does it with some help."),
        _("Does it without help."),
        _("Shows others how to do it."),
        _("Shapes how it is done here."),
    )[level]


def role_label(role: str) -> str:
    """The person's part as it is printed."""
    return {
        Role.MENTOR: _("mentor"),
        Role.MENTEE: _("mentee"),
        Role.BOTH: _("mentor and mentee"),
    }[Role(role)]
