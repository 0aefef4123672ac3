"""What the engine's codes say in plain words: why a step stands where it does, and what is missed.

The one place of the room where codes become sentences.
"""

from collections.abc import Collection, Iterable, Mapping
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


def step_sentence(
    step: PlanStep, learner: str, targets: Mapping[str, int], later: Collection[str] = ()
) -> str:
    """Which goal a step lifts, from where to where; no `learner`: it is the one who reads.

    `targets` are the levels asked for, by skill; `later` are the skills that later steps of the
    plan go on with. A track may end above or below what was asked for: then the sentence says so.
    """
    lifted = [gain for gain in step.gains if gain["skill"] in step.serves]
    if not lifted:
        return _("It lifts none of the goals by itself: it opens the way to a later step.")
    parts = [_("%(skill)s from level %(from)d to %(to)d") % gain for gain in lifted]
    asides = [
        _aside(gain["to"], targets.get(gain["skill"], gain["to"]), learner, gain["skill"] in later)
        for gain in lifted
    ]
    if not any(asides):
        told = (
            _("Lifts %(goals)s, as %(learner)s asked for.")
            if learner
            else _("Lifts %(goals)s, as you asked for.")
        )
        return told % {"goals": join_words(parts), "learner": learner}
    if len(parts) == 1:
        # Going on is a comma's worth of news, ending elsewhere a semicolon's.
        gain = lifted[0]
        goes_on = gain["skill"] in later and gain["to"] < targets[gain["skill"]]
        sign = "," if goes_on else ";"
        return _("Lifts %(goals)s.") % {"goals": f"{parts[0]}{sign} {asides[0]}"}
    both = zip(parts, asides, strict=True)
    told = join_words(f"{part} ({aside})" if aside else part for part, aside in both)
    return _("Lifts %(goals)s.") % {"goals": told}


def _aside(reached: int, target: int, learner: str, goes_on: bool) -> str:
    """What to say beside a level that is not the one asked for; empty when it is."""
    values = {"target": target, "learner": learner}
    if reached == target:
        return ""
    if reached < target and goes_on:
        told = (
            _("on the way to the %(target)d that %(learner)s asked for")
            if learner
            else _("on the way to the %(target)d you asked for")
        )
    else:
        told = _("%(learner)s asked for %(target)d") if learner else _("you asked for %(target)d")
    return told % values


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
    goal: UnmetGoal,
    mentor: str,
    tracks: Mapping[str, str],
    learner: str = "",
    held: Mapping[str, int] | None = None,
) -> Shortfall:
    """One goal the plan does not reach whole, told to the learner unless `learner` names them.

    `tracks` are titles by key, for those that were ruled out; `held` are the mentor's own levels
    by skill, for goals that they cannot guide.
    """
    cause, detail = UnmetCause(goal.cause), goal.detail
    asked = _("%(learner)s asked for %(target)d.") if learner else _("You asked for %(target)d.")
    values = {
        "mentor": mentor,
        "skill": goal.skill,
        "reached": goal.reached,
        "target": goal.target,
        "held": (held or {}).get(goal.skill, 0),
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
    level = detail.get("guide")
    if not level:
        reason = _("%(mentor)s does not hold the level this is taught at. %(asked)s") % values
        return reason, _("A second mentor who is further on.")
    values = {**values, "level": level}
    if values["held"] < level:
        reason = _(
            "The next track for this leads to level %(level)d, and %(mentor)s is at %(held)d."
            " %(asked)s"
        )
    else:
        # It asks for another skill beside this one, or they have learnt since.
        reason = _(
            "When the plan was made, %(mentor)s did not hold all that the next track for this"
            " teaches. %(asked)s"
        )
    if values["reached"]:
        change = _("Someone at level %(level)d could go on from there.")
    else:
        change = _("Someone at level %(level)d could begin it.")
    return reason % values, change % values


def _no_track(values: Mapping[str, Any], detail: Any, tracks: Any) -> tuple[str, str]:
    if values["reached"]:
        reason = _("There is no track past level %(reached)d yet. %(asked)s") % values
    else:
        reason = _("No track teaches %(skill)s from this level yet. %(asked)s") % values
    return reason, _(
        "A track on it; the editors see that it is missing. Until then, talk about it when you"
        " meet."
    )


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
