"""What the engine's codes say in plain words. The one place where codes become sentences."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import get_language_info, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from matching.fairness import BANDS

CRITERIA = {
    "skill_gap": gettext_lazy("what they want to learn"),
    "interests": gettext_lazy("shared interests"),
    "wishes": gettext_lazy("their own wishes"),
    "distance": gettext_lazy("another department and place"),
    "way_of_working": gettext_lazy("way of working"),
}
# A criterion has the same tone on every bar, whatever else a match has points for.
TONES = {
    "skill_gap": "ink",
    "interests": "accent",
    "wishes": "careful",
    "distance": "second",
    "way_of_working": "edge",
}


def parts_in_words(parts: Mapping[str, int]) -> list[dict[str, Any]]:
    """The parts of a score for components/score_bar.html, in points of 100."""
    return [
        {"label": str(label), "value": round(parts[name] / 1000, 1), "tone": TONES[name]}
        for name, label in CRITERIA.items()
        if parts.get(name)
    ]


def cover_in_words(cover: Mapping[str, Any], mentor: str) -> str:
    """One goal that the mentor can lift: `cover` holds skill, from, to and target."""
    values = {
        "mentor": mentor,
        "skill": cover["skill"],
        "from": cover["from"],
        "to": cover["to"],
        "target": cover["target"],
    }
    if cover["to"] < cover["target"]:
        text = _(
            "%(mentor)s can teach %(skill)s up to level %(to)d; level %(target)d was asked for."
        )
    else:
        text = _("%(mentor)s can teach %(skill)s from level %(from)d to %(to)d, as asked for.")
    return text % values


def covers_in_words(covers: Iterable[Mapping[str, Any]], mentor: str) -> list[str]:
    return [cover_in_words(cover, mentor) for cover in covers]


def points_in_words(points: int, most: int) -> str:
    """The line above a score bar."""
    return _("%(points)d of %(most)d points, made of") % {"points": points, "most": most}


def uncovered_in_words(goals: Iterable[tuple[str, int]]) -> str:
    """Goals, as (skill, level), that the mentor does not teach; "" when there are none."""
    named = [_("%(skill)s, level %(level)d") % {"skill": s, "level": n} for s, n in goals]
    return _("Not covered: %(goals)s.") % {"goals": "; ".join(named)} if named else ""


def ground_in_words(interests: Iterable[str], departments: tuple[str, str]) -> list[str]:
    """What else speaks for two people: what both care for, and where each comes from."""
    found = []
    if named := ", ".join(interests):
        found.append(_("Both named: %(interests)s.") % {"interests": named})
    if all(departments) and departments[0] != departments[1]:
        names = {"first": departments[0], "second": departments[1]}
        found.append(_("Different departments: %(first)s and %(second)s.") % names)
    return found


def held_side_in_words(side: str) -> str:
    """Why somebody's role cannot be changed: `side` is the one on which they stand in a pair."""
    return {
        "mentor": _("Stands in a pair as mentor. Write both, or end the pair first."),
        "mentee": _("Stands in a pair as mentee. Write both, or end the pair first."),
    }[side]


def _barred_in_words(code: str, people: int, side: str) -> str:
    """How many people of the other side one rule keeps away."""
    texts = {
        "same_person": ngettext("%d is the same person", "%d are the same person", people),
        "forbidden": ngettext(
            "%d was refused or paired with them before",
            "%d were refused or paired with them before",
            people,
        ),
        "reporting_line": ngettext(
            "%d stands in the same reporting line", "%d stand in the same reporting line", people
        ),
        "not_junior": (
            ngettext(
                "%d has as little time in the job, or less",
                "%d have as little time in the job, or less",
                people,
            )
            if side == "mentor"
            else ngettext(
                "%d has as many years in the job, or more",
                "%d have as many years in the job, or more",
                people,
            )
        ),
        "no_language": ngettext(
            "%d shares no language with them", "%d share no language with them", people
        ),
        "no_hours": ngettext(
            "%d works at other hours of the day", "%d work at other hours of the day", people
        ),
        "teaches_nothing": (
            ngettext("%d wants nothing that they teach", "%d want nothing that they teach", people)
            if side == "mentor"
            else ngettext(
                "%d knows no more than they do of what they want to learn",
                "%d know no more than they do of what they want to learn",
                people,
            )
        ),
        "below_minimum": ngettext(
            "%d would score below the lowest score of a match",
            "%d would score below the lowest score of a match",
            people,
        ),
    }
    return texts.get(code, "%d") % people


# What a coordinator can do about the rule that keeps most people away.
ADVICE = {
    "forbidden": gettext_lazy("Look at the bars in the programme: one may be lifted."),
    "reporting_line": gettext_lazy("Someone from another part of the organisation would do."),
    "not_junior": gettext_lazy("If seniority matters less here, lift that rule of the programme."),
    "no_language": gettext_lazy("Ask whether a language is missing in what they told us."),
    "no_hours": gettext_lazy("Look at their time zone, or ask for fewer hours in common."),
    "teaches_nothing": gettext_lazy("Ask for someone who knows these skills, or for other goals."),
    "below_minimum": gettext_lazy("Lower the lowest score of a match if a weaker one is welcome."),
}


# And where that depends on the side of who is left over.
ADVICE_FOR_MENTORS = {
    "teaches_nothing": gettext_lazy(
        "Bring in mentees who want what they teach, or ask what else they know."
    ),
}


def unmatched_in_words(unmatched: Mapping[str, Any]) -> str:
    """Why somebody is left over: `unmatched` as in the engine's answer."""
    if unmatched["cause"] == "others_fit_better":
        return _(
            "There are people who would fit, but others fit them better and no place was left. "
            "More people on the other side, or more pairs at once for some of them, would help."
        )
    detail = {code: people for code, people in unmatched["detail"].items() if people}
    if not detail:
        return _("There is nobody on the other side yet. Import or add people first.")
    side = unmatched["side"]
    if side == "mentor" and set(detail) == {"teaches_nothing"}:
        return _(
            "Nobody here wants what they teach. "
            "Bring in mentees who do, or ask what else they know."
        )
    ranked = sorted(detail.items(), key=lambda row: (-row[1], row[0]))
    reasons = "; ".join(_barred_in_words(code, people, side) for code, people in ranked)
    sentence = _("Nobody in the programme is allowed: %(reasons)s.") % {"reasons": reasons}
    known = ADVICE | ADVICE_FOR_MENTORS if side == "mentor" else ADVICE
    advice = known.get(ranked[0][0])
    return f"{sentence} {advice}" if advice else sentence


def why_waiting_in_words(
    unmatched: Mapping[str, Any] | None, *, is_refused: bool, is_newcomer: bool
) -> str:
    """Why somebody waits: by the latest round's answer about them, if it was asked."""
    if is_newcomer:
        return _("Came after the last round.")
    if unmatched is not None and unmatched["cause"] == "others_fit_better":
        return _("People would fit, but every place with them is taken.")
    if unmatched is not None:
        return unmatched_in_words(unmatched)
    if is_refused:
        return _("You refused their match.")
    return _("Their pair or suggestion came to an end after the last round.")


def suiting_place_in_words(
    *, wanted: list[str] | None, taught: list[str] | None, languages: list[str]
) -> str:
    """Which place would suit somebody; `wanted` is None for who only teaches, and so on."""
    spoken = str(get_text_list([_language(code) for code in languages], _("or")))
    speaks = _(" and speaks %(languages)s") % {"languages": spoken}
    found = []
    for skills, named, anyone in (
        (wanted, _("A mentor who knows %(skills)s"), _("Any mentor")),
        (taught, _("A mentee who wants to learn %(skills)s"), _("Any mentee")),
    ):
        if skills is not None:
            text = named % {"skills": _alternatives(skills)} if skills else anyone
            found.append(f"{text}{speaks if languages else ''}.")
    return " ".join(found)


def _language(code: str) -> str:
    """A language by its name; by its two letters where nobody has translated that."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def _alternatives(skills: list[str]) -> str:
    """The first few of a list, any of which would do."""
    if len(skills) > 3:
        skills = [*skills[:3], _("something else of theirs")]
    return str(get_text_list(skills, _("or")))


def waiting_in_words(names: list[str], more: int) -> str:
    """Who waits, by name as far as there is room."""
    if not more:
        return ngettext(
            "%(names)s waits for a place.", "%(names)s wait for a place.", len(names)
        ) % {"names": get_text_list(names, _("and"))}
    text = ngettext(
        "%(names)s and %(more)d more wait for a place.",
        "%(names)s and %(more)d more wait for a place.",
        more,
    )
    return text % {"names": ", ".join(names), "more": more}


def band_in_words(band: int | None) -> str:
    """A band of years of seniority, by its place; None is for who told nothing."""
    if band is None:
        return _("not told")
    if band == len(BANDS):
        return _("over %(years)d years") % {"years": BANDS[-1]}
    # Years are told to the hundredth: a band begins where the one before it ends.
    if band == 0:
        return _("up to %(to)d years") % {"to": BANDS[0]}
    return _("over %(from)d to %(to)d years") % {"from": BANDS[band - 1], "to": BANDS[band]}


def group_in_words(groups: Sequence[str], *, is_ordered: bool) -> str:
    """A group, or several that are shown as one."""
    if len(groups) == 1:
        return groups[0]
    if is_ordered:
        return str(get_text_list(list(groups), _("and")))
    named = list(groups[:4])
    if more := len(groups) - len(named):
        named.append(ngettext("%(n)d more", "%(n)d more", more) % {"n": more})
    return _("Together: %(groups)s") % {"groups": get_text_list(named, _("and"))}


def lock_refused_in_words(code: str, mentor: object, mentee: object) -> str:
    """Why a rule of the programme does not let two people be kept together."""
    told = {
        "same_person": _("A pair takes two people."),
        "reporting_line": _("%(mentor)s and %(mentee)s stand in the same reporting line."),
        "not_junior": _(
            "By the rules the mentor is the junior, and %(mentor)s has as many years in the job as "
            "%(mentee)s, or more."
        ),
        "no_language": _("%(mentor)s and %(mentee)s share no language, as the rules ask."),
        "no_hours": _("%(mentor)s and %(mentee)s share fewer working hours than the rules ask."),
    }
    text = told.get(code, _("The rules of the programme keep %(mentor)s and %(mentee)s apart."))
    return text % {"mentor": mentor, "mentee": mentee}
