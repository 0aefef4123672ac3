"""What rounds, trials and simulations say in plain words about an answer as a whole."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from matching.wording import ADVICE

# Headings for people left over, by the rule that keeps most others away from them.
MOSTLY = {
    "same_person": gettext_lazy("Nobody else on the other side"),
    "forbidden": gettext_lazy("Mostly refused or paired before"),
    "reporting_line": gettext_lazy("Mostly in one reporting line"),
    "not_junior": gettext_lazy("Mostly the years in the job"),
    "no_language": gettext_lazy("Mostly no language in common"),
    "no_hours": gettext_lazy("Mostly other hours of the day"),
    "teaches_nothing": gettext_lazy("Mostly nothing to teach each other"),
    "below_minimum": gettext_lazy("Mostly under the lowest score"),
    "nobody": gettext_lazy("Nobody on the other side"),
    "others_fit_better": gettext_lazy("Others fit better"),
}

# What keeps everybody apart, when no pair is found at all.
APART = {
    "same_person": gettext_lazy("there is only one person."),
    "forbidden": gettext_lazy("they were refused or paired before."),
    "reporting_line": gettext_lazy("they stand in one reporting line."),
    "not_junior": gettext_lazy("the mentor would not be the junior."),
    "no_language": gettext_lazy("they share no language."),
    "no_hours": gettext_lazy("they share too few hours of the day."),
    "teaches_nothing": gettext_lazy("the one teaches nothing that the other wants to learn."),
    "below_minimum": gettext_lazy("they score below the lowest score of a match."),
}


def proof_in_words(*, is_optimal: bool, is_late: bool) -> str:
    """What was proved of a round, and for whom: a late one looked at the free places alone."""
    if not is_optimal:
        return _("A very good choice; that it is the best is not proved.")
    if is_late:
        return _(
            "Proved for the late joiners alone: in the places that were free, no other choice "
            "makes more pairs, and none makes them fairer and better."
        )
    return _("Proved: no other choice makes more pairs, and none makes them fairer and better.")


def came_in_words(*, is_repair: bool, is_late: bool) -> str:
    """Where a suggestion came from, if not from a round of everyone."""
    if is_repair:
        return _("from other matches")
    return _("late joiners") if is_late else ""


def score_in_words(score: int | None, places: int = 1) -> str:
    """Thousandths as points with one decimal; a dash where there is no pair."""
    if score is None:
        return "–"
    # Django cuts decimals off where everybody else rounds.
    return str(number_format(round(score / 1000, places), places, force_grouping=True))


def cover_in_brief(cover: Mapping[str, Any]) -> str:
    """A goal and its levels, which stay on one line."""
    return f"{cover['skill']} {cover['from']}\N{NO-BREAK SPACE}→\N{NO-BREAK SPACE}{cover['to']}"


def top_cause(unmatched: Mapping[str, Any]) -> str:
    """The key in `MOSTLY` of why somebody is left over."""
    if unmatched["cause"] == "others_fit_better":
        return "others_fit_better"
    counted = sorted(unmatched["detail"].items(), key=lambda row: (-row[1], row[0]))
    return counted[0][0] if counted else "nobody"


def no_pairs_in_words(result: Mapping[str, Any]) -> str:
    """Why an answer holds no new pair; "" when it holds one."""
    if result["count"]:
        return ""
    unmatched = result["unmatched"]
    if any(one["cause"] == "others_fit_better" for one in unmatched):
        return _("No new pair: everyone who could be matched stands in one already.")
    apart = _kept_apart(unmatched)
    if not apart:
        return _("No new pair: nobody is free on one of the two sides.")
    most = max(sorted(apart), key=lambda code: apart[code])
    told = [_("Nobody can be matched. What keeps most of them apart:"), APART[most]]
    if most in ADVICE:
        told.append(ADVICE[most])
    return " ".join(map(str, told))


def _kept_apart(unmatched: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """How many couples each rule keeps apart, told from one side of them."""
    people = list(unmatched)
    sides = {one["side"] for one in people}
    side = "mentee" if "mentee" in sides else "mentor"
    found: dict[str, int] = {}
    for one in people:
        if one["side"] == side:
            for code, couples in one["detail"].items():
                found[code] = found.get(code, 0) + couples
    return found


def rerun_in_words(found: Mapping[str, Any]) -> str:
    """What running a kept round again came to: `found` as `services.reruns` gives it."""
    if found["is_same"] and found["is_intact"]:
        return _("The same result as then, byte for byte.")
    if not found["is_intact"]:
        return _(
            "What was kept is not what was written down then: its fingerprint does not fit. "
            "Somebody changed it outside the portal; tell your administrator."
        )
    if found["refused"]:
        return _("The engine of now does not take this round’s input: %(why)s") % {
            "why": found["refused"]
        }
    told = [_engine_in_words(found["engine"])]
    if found["changed"]:
        text = ngettext(
            "%(n)d mentee would have another partner.",
            "%(n)d mentees would have another partner.",
            found["changed"],
        )
        told.append(text % {"n": found["changed"]})
    else:
        told.append(_("The pairs are the same; their scores or reasons are not."))
    return " ".join(told)


def _engine_in_words(engine: str) -> str:
    return {
        "changed": _("Another result than then: the engine has changed since."),
        "unknown": _("Another result than then. With which engine this round ran was not kept."),
        "same": _(
            "Another result than then, though the engine is the same. That should not happen: "
            "show both files to your administrator."
        ),
    }[engine]
