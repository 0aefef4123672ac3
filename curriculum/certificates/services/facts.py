"""Every fact that a certificate prints, frozen on the day it is earned."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from curriculum.certificates.engine import Rule
from curriculum.certificates.queries.evidence import Candidate, PairRecord, partner_of
from curriculum.certificates.services.pictures import embed
from curriculum.certificates.wording import general_sentence, role_label
from matching.enums import Role
from matching.models import Programme
from portal.links import absolute
from portal.models import Branding, Skill

Facts = dict[str, Any]

# Raised when the shape of the facts or their meaning changes; older certificates keep theirs.
# 2: the rule's sessions are all of the plan's where that holds fewer (`or_all_of_plan`).
VERSION = 2


def house_facts(programme: Programme) -> Facts:
    """What all certificates of one issue share: programme, organisation, who signs, pictures."""
    branding = Branding.objects.select_related("logo", "signature").first() or Branding()
    return {
        "version": VERSION,
        "language": get_language(),
        "programme_name": programme.name,
        "programme_starts_on": programme.starts_on.isoformat(),
        "programme_ends_on": programme.ends_on.isoformat(),
        "organisation_name": branding.organisation_name,
        "accent": branding.accent,
        "signatory_name": branding.signatory_name,
        "signatory_title": branding.signatory_title,
        "logo": embed(branding.logo, width=840, height=160),
        "signature": embed(branding.signature, width=640, height=200),
    }


def own_facts(
    candidate: Candidate, sentences: Mapping[str, Skill], *, token: str, number: str, today: date
) -> Facts:
    """What one person's certificate says of them.

    Hours are those of the sessions held, by their planned length, to the nearest half.
    """
    meetings = [m for record in candidate.completed for m in record.meetings]
    minutes = sum(meeting.minutes for meeting in meetings)
    days = [timezone.localdate(meeting.held_at).isoformat() for meeting in meetings]
    return {
        "number": number,
        "verify_url": absolute(reverse("verify:award", args=[token])),
        # What is printed to be typed: it leads to the same page, and is kinder to the fingers.
        "short_url": absolute(reverse("verify:award", args=[number])),
        "issued_on": today.isoformat(),
        "person_name": str(candidate.participant.person),
        "role": candidate.role.value,
        "role_label": role_label(candidate.role),
        "partners": _partners(candidate),
        "skills": _skills(candidate, sentences),
        "sessions_held": len(meetings),
        "minutes": minutes,
        "hours": round(minutes / 30) / 2,
        "first_held_on": min(days, default=""),
        "last_held_on": max(days, default=""),
    }


def rule_facts(candidate: Candidate, rule: Rule) -> Facts:
    """The rule the certificate was earned by, and the figures that met it."""
    earned_by = set(candidate.verdict.pairs)
    met = asdict(candidate.evidence)
    met["pairs"] = [pair for pair in met["pairs"] if pair["pair"] in earned_by]
    return {"rule": {**asdict(rule), "or_all_of_plan": True}, "met": met}


def skills_named(candidates: Iterable[Candidate]) -> dict[str, Skill]:
    """Skill name → skill, for every skill that these people's certificates tell of; one query."""
    names = {
        str(gain["skill"]) for c in candidates for record in c.completed for gain in record.gains
    }
    # The last one counts: of two languages, the one that was there first.
    return {s.name: s for s in Skill.objects.filter(name__in=names).order_by("-locale_id", "-pk")}


def _partners(candidate: Candidate) -> list[dict[str, str]]:
    return [
        {
            "name": str(partner_of(candidate.participant, record.pair)),
            "role": _other(_side(candidate, record)).value,
        }
        for record in candidate.completed
    ]


def _skills(candidate: Candidate, sentences: Mapping[str, Skill]) -> list[dict[str, Any]]:
    """Each skill once for each part: the highest level learnt, or taught; highest first."""
    reached: dict[tuple[Role, str], int] = {}
    for record in candidate.completed:
        for gain in record.gains:
            key = (_side(candidate, record), str(gain["skill"]))
            reached[key] = max(reached.get(key, 0), int(gain["to"]))
    found = [
        {
            "skill": skill,
            "level": level,
            "sentence": _sentence(sentences.get(skill), level),
            "as": side.value,
        }
        for (side, skill), level in reached.items()
    ]
    return sorted(found, key=lambda s: (s["as"], -int(str(s["level"])), str(s["skill"])))


def _sentence(skill: Skill | None, level: int) -> str:
    return (skill.behaviour(level) if skill else "") or general_sentence(level)


def _side(candidate: Candidate, record: PairRecord) -> Role:
    return Role.MENTOR if record.pair.mentor_id == candidate.participant.pk else Role.MENTEE


def _other(side: Role) -> Role:
    return Role.MENTEE if side == Role.MENTOR else Role.MENTOR
