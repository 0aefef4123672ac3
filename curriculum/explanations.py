"""What the engine's codes say in plain words: why a step stands where it does, and what is missed.

The one place of the room where codes become sentences.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _

from curriculum.enums import UnmetCause
from curriculum.models import PlanStep, UnmetGoal


@dataclass(frozen=True)
class Shortfall:
    """A goal that a plan does not reach whole: what happens, why, and what would change it."""

    skill: str
    reason: str
    change: str


def step_sentence(step: PlanStep, learner: str, targets: Mapping[str, int]) -> str:
    """Which goal a step lifts, from where to where; no `learner`: it is the one who reads.

    `targets` are the levels asked for, by skill. A track may end above or below them: then the
    sentence says what was asked for.
    """
    lifted = [gain for gain in step.gains if gain["skill"] in step.serves]
    if not lifted:
        return _("It lifts none of the goals by itself: it opens the way to a later step.")
    parts = [_("%(skill)s from level %(from)d to %(to)d") % gain for gain in lifted]
    asked = [targets.get(gain["skill"], gain["to"]) for gain in lifted]
    if all(gain["to"] == target for gain, target in zip(lifted, asked, strict=True)):
        told = (
            _("Lifts %(goals)s, as %(learner)s asked for.")
            if learner
            else _("Lifts %(goals)s, as you asked for.")
        )
        return told % {"goals": join_words(parts), "learner": learner}
    told = (
        _("%(goal)s (%(learner)s asked for %(target)d)")
        if learner
        else _("%(goal)s (you asked for %(target)d)")
    )
    if len(parts) == 1:
        told = (
            _("%(goal)s; %(learner)s asked for %(target)d")
            if learner
            else _("%(goal)s; you asked for %(target)d")
        )
    parts = [
        part
        if gain["to"] == target
        else told % {"goal": part, "learner": learner, "target": target}
        for part, gain, target in zip(parts, lifted, asked, strict=True)
    ]
    return _("Lifts %(goals)s.") % {"goals": join_words(parts)}


def step_reason(step: PlanStep, position: int) -> str:
    """Why a step is in the plan, and why it stands where it stands."""
    sentences = []
    beside = [gain for gain in step.gains if gain["skill"] not in step.serves]
    if step.supports:
        sentences.append(
            _("It comes before %(steps)s, which can only begin once this is done.")
            % {"steps": join_words(f"“{title}”" for title in step.supports)}
        )
    elif position == 1:
        sentences.append(_("It comes first: what it asks for is there already."))
    else:
        sentences.append(_("It comes here because what it builds on stands before it."))
    if beside:
        names = join_words(str(gain["skill"]) for gain in beside)
        sentences.append(_("On the way it also lifts %(skills)s.") % {"skills": names})
    sentences.append(
        _("Of all plans that fit the time, this one gains the most of what was asked for.")
    )
    return " ".join(sentences)


def goal_shortfall(
    goal: UnmetGoal, mentor: str, tracks: Mapping[str, str], learner: str = ""
) -> Shortfall:
    """One goal the plan does not reach whole, told to the learner unless `learner` names them.

    `tracks` are titles by key, for those that were ruled out.
    """
    cause, detail = UnmetCause(goal.cause), goal.detail
    asked = _("%(learner)s asked for %(target)d.") if learner else _("You asked for %(target)d.")
    values = {
        "mentor": mentor,
        "skill": goal.skill,
        "reached": goal.reached,
        "target": goal.target,
        "asked": asked % {"target": goal.target, "learner": learner},
    }
    teller = _TELLERS[cause]
    reason, change = teller(values, detail, tracks)
    return Shortfall(goal.skill, reason, change)


def _outweighed(values: Mapping[str, Any], detail: Any, tracks: Any) -> tuple[str, str]:
    reason = _(
        "The plan ends at level %(reached)d. %(asked)s In the same time other goals gain more."
    )
    return reason % values, _("More time, or giving this goal more weight than the others.")


def _no_time(values: Mapping[str, Any], detail: Any, tracks: Any) -> tuple[str, str]:
    reason = _("The plan ends at level %(reached)d. %(asked)s") % values
    minutes, sessions = detail.get("minutes", 0), detail.get("sessions", 0)
    more = []
    if minutes:
        more.append(ngettext("%d minute more", "%d minutes more", minutes) % minutes)
    if sessions:
        more.append(ngettext("%d session more", "%d sessions more", sessions) % sessions)
    if not more:
        return (
            f"{reason} {_('It would take more than twice the time there is.')}",
            _("A longer programme, or a smaller goal."),
        )
    told = _("It would take %(more)s.") % {"more": join_words(more)}
    return f"{reason} {told}", _("Ask your coordinator whether there is room for it.")


def _excluded(values: Mapping[str, Any], detail: Any, tracks: Any) -> tuple[str, str]:
    reason = _("The track that leads further was ruled out for this pair. %(asked)s")
    titles = [f"“{tracks[key]}”" for key in detail.get("tracks", []) if key in tracks]
    if not titles:
        return reason % values, _("Taking a track that was ruled out back in.")
    return reason % values, _("Taking %(tracks)s back in.") % {"tracks": join_words(titles)}


def _language(values: Mapping[str, Any], detail: Any, tracks: Any) -> tuple[str, str]:
    reason = _("No track in a shared language leads past level %(reached)d. %(asked)s")
    languages = [language_name(code) for code in detail.get("languages", [])]
    if not languages:
        return reason % values, _("A translation of the track.")
    return reason % values, _("There is one in %(languages)s.") % {
        "languages": join_words(languages, last=_("or"))
    }


def _guide_level(values: Mapping[str, Any], detail: Any, tracks: Any) -> tuple[str, str]:
    if values["reached"]:
        reason = _("%(mentor)s can teach this up to level %(reached)d. %(asked)s") % values
    else:
        reason = _("%(mentor)s does not hold the level this is taught at. %(asked)s") % values
    level = detail.get("guide")
    if not level:
        return reason, _("A second mentor who is further on.")
    return reason, _("Someone at level %(level)d could go on from there.") % {"level": level}


def _no_track(values: Mapping[str, Any], detail: Any, tracks: Any) -> tuple[str, str]:
    if values["reached"]:
        reason = _("There is no track past level %(reached)d yet. %(asked)s") % values
    else:
        reason = _("No track teaches %(skill)s from this level yet. %(asked)s") % values
    return reason, _("The editors see that it is missing. Until then, talk about it in a session.")


_TELLERS = {
    UnmetCause.OUTWEIGHED: _outweighed,
    UnmetCause.NO_TIME: _no_time,
    UnmetCause.EXCLUDED: _excluded,
    UnmetCause.LANGUAGE: _language,
    UnmetCause.GUIDE_LEVEL: _guide_level,
    UnmetCause.NO_TRACK: _no_track,
}


def join_words(words: Iterable[str], last: str = "") -> str:
    """ "a", "a and b", "a, b and c"."""
    found = list(words)
    if len(found) < 2:
        return "".join(found)
    return f"{', '.join(found[:-1])} {last or _('and')} {found[-1]}"


def duration(minutes: int) -> str:
    """Whole minutes as people say them: "45 minutes", "2 hours", "3 h 20 min"."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return ngettext("%d minute", "%d minutes", rest) % rest
    if not rest:
        return ngettext("%d hour", "%d hours", hours) % hours
    return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": rest}


def language_name(code: str) -> str:
    """The language in words where Django knows it, else its code."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
