"""What anyone who holds a certificate is told about it."""

from typing import Any

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from curriculum.certificates.models import Award
from matching.enums import Role

Fact = dict[str, str]


def printed_facts(award: Award) -> list[Fact]:
    """Every fact that is printed, with its name, in the words of the reader's language."""
    facts = award.facts
    hours = f"{facts['hours']:g}"
    signed_by = (facts["signatory_name"], facts["signatory_title"])
    told = [
        (_("Name"), facts["person_name"]),
        (_("Took part as"), facts["role_label"]),
        (_("Programme"), facts["programme_name"]),
        (_("Organisation"), facts["organisation_name"]),
        (_("With"), ", ".join(partner["name"] for partner in facts["partners"])),
        (_("Sessions held"), str(facts["sessions_held"])),
        (_("Hours in sessions"), hours),
        (_("First session"), _day(facts["first_held_on"])),
        (_("Last session"), _day(facts["last_held_on"])),
        (_("Issued on"), _day(facts["issued_on"])),
        (_("Signed by"), ", ".join(filter(None, signed_by))),
        (_("Number"), facts["number"]),
    ]
    return [{"label": label, "value": value} for label, value in told if value]


def printed_skills(award: Award) -> list[dict[str, Any]]:
    """Each skill with its level and sentence, and whether it was learnt or taught."""
    return [
        {**skill, "part": _("taught") if skill["as"] == Role.MENTOR else _("learnt")}
        for skill in award.facts["skills"]
    ]


def rule_in_words(award: Award) -> list[str]:
    """What the programme asked for on the day of issue."""
    rule, words = award.rule["rule"], []
    if rule["needs_preparation"]:
        words.append(_("Preparation for the part was done."))
    if rule["needs_steps"]:
        words.append(_("Every step of the pair’s learning plan was done."))
    if count := rule["minimum_sessions"]:
        words.append(_sessions_in_words(count, or_all=rule.get("or_all_of_plan", False)))
    return words


def _sessions_in_words(count: int, *, or_all: bool) -> str:
    """Certificates of the first days asked for the number itself, whatever the plan held."""
    if not or_all or count == 1:
        told = ngettext(
            "At least %(n)d guided session was held.",
            "At least %(n)d guided sessions were held.",
            count,
        )
        return told % {"n": count}
    return _("At least %(n)d guided sessions were held, or all of the plan’s.") % {"n": count}


def _day(text: str) -> str:
    day = parse_date(text) if text else None
    return date_format(day) if day else ""
