"""What the engine answers to questions about a match, in plain words."""

from collections.abc import Mapping
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

Names = Mapping[str, str]


def points(score: int | None) -> str:
    """Thousandths of a point as points: 61, or 61.5 where it is not whole."""
    if score is None:
        return "–"
    value = round(score / 1000, 1)
    number = number_format(value, 0 if value == int(value) else 1, force_grouping=True)
    return ngettext("%(n)s point", "%(n)s points", int(value == 1) or 2) % {"n": number}


def rule_between_in_words(code: str, mentor: str, mentee: str, rules: Mapping[str, Any]) -> str:
    """One rule that keeps two people apart; `rules` as in the problem."""
    texts = {
        "same_person": _("They are the same person."),
        "forbidden": _("They are barred from each other, or were a pair before."),
        "reporting_line": _("They stand in one reporting line."),
        "not_junior": _("%(mentor)s has as many years in the job as %(mentee)s, or more."),
        "no_language": _("They share no language."),
        "no_hours": ngettext(
            "They share less than %(hours)s hour of the working day.",
            "They share fewer than %(hours)s hours of the working day.",
            int(rules.get("working_hours_overlap", 1)),
        ),
        "teaches_nothing": _(
            "%(mentor)s knows no more than %(mentee)s of what %(mentee)s wants to learn."
        ),
        "below_minimum": _("Together they stay below the %(minimum)s points a match needs."),
    }
    values = {
        "mentor": mentor,
        "mentee": mentee,
        "hours": rules.get("working_hours_overlap", 1),
        "minimum": rules.get("minimum_score", 20),
    }
    return texts[code] % values


def cost_in_words(before: Mapping[str, Any], after: Mapping[str, Any], order: int) -> str:
    """What a change does to the whole match, most important first."""
    if order == 0:
        return _("It costs nothing: the match as a whole would be as good.")
    pairs = after["count"] - before["count"]
    said = []
    if pairs:
        more = ngettext("%(n)d pair more", "%(n)d pairs more", pairs)
        fewer = ngettext("%(n)d pair fewer", "%(n)d pairs fewer", -pairs)
        said.append((more if pairs > 0 else fewer) % {"n": abs(pairs)})
    if after["worst"] != before["worst"] and None not in (after["worst"], before["worst"]):
        worst = {"before": points(before["worst"]), "after": points(after["worst"])}
        said.append(_("the weakest match at %(after)s instead of %(before)s") % worst)
    if total := after["total"] - before["total"]:
        text = _("%(points)s more in all") if total > 0 else _("%(points)s fewer in all")
        said.append(text % {"points": points(abs(total))})
    listed = "; ".join(said)
    if order > 0:
        return _("It would be better: %(what)s.") % {"what": listed}
    return _("It would cost: %(what)s.") % {"what": listed}


def relaxation_in_words(relaxation: Mapping[str, Any], names: Names) -> str:
    """The change as a condition: “If Amira took on 2”."""
    kind, value = relaxation["kind"], relaxation.get("value")
    who = names.get(relaxation.get("person", ""), "")
    pair = relaxation.get("pair") or ("", "")
    texts = {
        "capacity": _("If %(who)s took on one pair more"),
        "level": _("If %(who)s knew %(skill)s at level %(value)s"),
        "bar": _("If %(mentor)s and %(mentee)s were no longer barred from each other"),
        "hours": ngettext(
            "If %(value)s hour of the working day in common were enough",
            "If %(value)s hours of the working day in common were enough",
            value or 0,
        ),
        "minimum": _("If a match needed only %(value)s points"),
        "junior": _("If the mentor did not have to be the junior"),
        "language": _("If the two did not have to share a language"),
        "style": _("If ways of talking did not count"),
    }
    return texts[kind] % {
        "who": who,
        "skill": relaxation.get("skill", ""),
        "value": value,
        "mentor": names.get(pair[0], ""),
        "mentee": names.get(pair[1], ""),
    }


def remedy_in_words(remedy: Mapping[str, Any], person: str, names: Names) -> str:
    """“If Amira took on one pair more, Ben would have Amira as a partner, at 61 points.”"""
    tie = remedy["ties"][0]
    partner = names.get(tie["partner"], "")
    values = {
        "if": relaxation_in_words(remedy["relaxation"], names),
        "who": person,
        "partner": partner,
        "points": points(tie["score"]),
    }
    if remedy["relaxation"].get("person") == tie["partner"]:
        return _("%(if)s, %(who)s would have a partner in them, at %(points)s.") % values
    return _("%(if)s, %(who)s would have %(partner)s as a partner, at %(points)s.") % values


def no_remedy_in_words(advice: Mapping[str, Any], person: str) -> str:
    """Why no single change gives somebody a partner, and what to do; "" where one does."""
    reason = advice["reason"]
    if reason == "nobody_there":
        return _("There is nobody on the other side yet. Bring in people first.")
    if reason == "no_place":
        if advice["side"] == "mentor":
            text = ngettext(
                "No single change is enough: every place of those who would fit is taken, and a "
                "place more goes to someone who fits it better. For everybody who waits there "
                "would have to be at least %(n)d mentee more.",
                "No single change is enough: every place of those who would fit is taken, and a "
                "place more goes to someone who fits it better. For everybody who waits there "
                "would have to be at least %(n)d mentees more.",
                advice["missing"],
            )
        else:
            text = ngettext(
                "No single change is enough: every place of those who would fit is taken, and a "
                "place more goes to someone who fits it better. For everybody who waits there "
                "would have to be at least %(n)d mentor more.",
                "No single change is enough: every place of those who would fit is taken, and a "
                "place more goes to someone who fits it better. For everybody who waits there "
                "would have to be at least %(n)d mentors more.",
                advice["missing"],
            )
        return text % {"n": advice["missing"]}
    if reason == "no_single_change":
        return _(
            "No single change is enough, neither one place nor one level nor one rule. "
            "Ask what else %(who)s knows or wants, or bring in others."
        ) % {"who": person}
    return ""


def act_in_words(relaxation: Mapping[str, Any], names: Names) -> str:
    """The change as a button says it."""
    who = names.get(relaxation.get("person", ""), "")
    texts = {
        "capacity": _("Let %(who)s take on one pair more"),
        "level": _("Set %(skill)s of %(who)s to level %(value)s"),
        "bar": _("Lift the bar between the two"),
        "hours": ngettext(
            "Ask for %(value)s hour in common",
            "Ask for %(value)s hours in common",
            relaxation.get("value") or 0,
        ),
        "minimum": _("Ask for %(value)s points"),
        "junior": _("Give up that the mentor is the junior"),
        "language": _("Give up the shared language"),
        "style": _("Let ways of talking count for nothing"),
    }
    return texts[relaxation["kind"]] % {
        "who": who,
        "skill": relaxation.get("skill", ""),
        "value": relaxation.get("value"),
    }


def stranding_in_words(code: str, alone: int) -> str:
    """How many people one rule alone keeps away."""
    rule = {
        "forbidden": _("bars and past pairs"),
        "reporting_line": _("the reporting line"),
        "not_junior": _("that the mentor is the junior"),
        "no_language": _("the shared language"),
        "no_hours": _("the hours in common"),
        "teaches_nothing": _("what there is to teach"),
        "below_minimum": _("the lowest score"),
        "same_person": _("being the same person"),
    }[code]
    text = ngettext(
        "Only %(rule)s keeps %(n)d person away.", "Only %(rule)s keeps %(n)d people away.", alone
    )
    return text % {"rule": rule, "n": alone}


def gain_in_words(step: Mapping[str, Any], choice: Mapping[str, Any]) -> str:
    """What a choice of other matches gains over what fewer changed pairs give."""
    before, after = step["before"], choice["outcome"]
    if step["changes"] == 0:
        text = ngettext("%(n)d new pair", "%(n)d new pairs", after["count"])
        return text % {"n": after["count"]}
    pairs = after["count"] - before["count"]
    said = []
    if pairs:
        said.append(ngettext("%(n)d pair more", "%(n)d pairs more", pairs) % {"n": pairs})
    if before["worst"] is not None and after["worst"] != before["worst"]:
        worst = {"before": points(before["worst"]), "after": points(after["worst"])}
        said.append(_("the weakest new match at %(after)s instead of %(before)s") % worst)
    if total := after["total"] - before["total"]:
        text = _("%(points)s more in all") if total > 0 else _("%(points)s fewer in all")
        said.append(text % {"points": points(abs(total))})
    return "; ".join(said)
