"""Who decided what, when, and whether it can still be taken back."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matching.enums import DecisionKind, PairStage, SuggestionState
from matching.models import Decision, PairAnswer, Programme, Suggestion
from matching.queries.suggestions import to_decide

Kind = DecisionKind
# A pair can go back as long as it waits for coffee and neither of the two has answered.
UNANSWERED = Q(pair__stage=PairStage.COFFEE) & ~Exists(
    PairAnswer.objects.filter(pair=OuterRef("pair"))
)


def when_in_words(moment: Any) -> str:
    return date_format(localtime(moment), "j M, H:i")


def latest_decisions(programme: Programme) -> QuerySet[Decision]:
    """Newest first; what was decided together is one."""
    return (
        programme.decisions.filter(part_of__isnull=True)
        .select_related(
            "mentor__person", "mentee__person", "suggestion", "bar", "by", "undone_by", "job"
        )
        .annotate(
            is_unanswered=Exists(still_unanswered().filter(pk=OuterRef("pk"))),
            has_unanswered=Exists(still_unanswered().filter(part_of=OuterRef("pk"))),
        )
    )


def still_unanswered() -> QuerySet[Decision]:
    """Acceptances that can be taken back."""
    return Decision.objects.filter(UNANSWERED, undone_at__isnull=True)


def undoable_of(suggestion: Any) -> QuerySet[Decision]:
    """The decision about a suggestion that stands and can be taken back, if there is one."""
    return Decision.objects.filter(
        Q(kind=Kind.REFUSE) | UNANSWERED, suggestion=suggestion, undone_at__isnull=True
    )


def can_undo(decision: Any) -> bool:
    """For a row of `latest_decisions`."""
    if decision.kind == Kind.ACCEPT_MANY:
        return bool(decision.has_unanswered and (decision.job is None or decision.job.is_finished))
    if decision.undone_at is not None:
        return False
    return {
        Kind.ACCEPT: bool(decision.is_unanswered),
        Kind.REFUSE: bool(
            decision.suggestion and decision.suggestion.state == SuggestionState.REFUSED
        ),
        Kind.LOCK: decision.lock_id is not None,
        Kind.BAR: decision.bar_id is not None,
    }[Kind(decision.kind)]


def describe_decisions(decisions: Iterable[Any]) -> list[dict[str, Any]]:
    """Rows for the list, each with its sentence; one query, for those about many."""
    rows = list(decisions)
    counts = _counts_of_parts(rows)
    return [
        {
            "decision": one,
            "title": _what(one, counts.get(one.pk, (0, 0))[0]),
            "by": who_and_when(one.by, one.at),
            "note": one.bar.reason if one.bar else "",
            "undone": _undone(one, counts.get(one.pk, (0, 0))[1]),
            "can_undo": can_undo(one),
        }
        for one in rows
    ]


def _counts_of_parts(decisions: list[Any]) -> dict[int, tuple[int, int]]:
    """How many suggestions each of these was about, and how many of them are taken back."""
    parts = Decision.objects.filter(part_of__in=[one.pk for one in decisions]).order_by()
    rows = parts.values_list("part_of").annotate(
        many=Count("pk"), undone=Count("pk", Q(undone_at__isnull=False))
    )
    return {key: (many, undone) for key, many, undone in rows}


def who_and_when(who: Any, moment: Any) -> str:
    if who is None:
        return _("on %(when)s") % {"when": when_in_words(moment)}
    return _("by %(who)s on %(when)s") % {"who": who, "when": when_in_words(moment)}


def _what(decision: Any, many: int) -> str:
    if decision.kind == Kind.ACCEPT_MANY:
        text = ngettext(
            "%(many)d suggestion accepted together",
            "%(many)d suggestions accepted together",
            many,
        )
        return text % {"many": many}
    texts = {
        Kind.ACCEPT: _("%(mentor)s and %(mentee)s: accepted"),
        Kind.REFUSE: _("%(mentor)s and %(mentee)s: refused"),
        Kind.LOCK: _("%(mentor)s and %(mentee)s: kept together"),
        Kind.BAR: _("%(mentor)s and %(mentee)s: kept apart"),
    }
    both = {"mentor": decision.mentor, "mentee": decision.mentee}
    return texts[Kind(decision.kind)] % both


def _undone(decision: Any, many: int) -> str:
    if decision.kind == Kind.ACCEPT_MANY and many:
        text = ngettext("%(many)d of them taken back", "%(many)d of them taken back", many)
        return text % {"many": many}
    if decision.undone_at is None:
        return ""
    return _("Taken back %(by)s") % {"by": who_and_when(decision.undone_by, decision.undone_at)}


def what_stands(suggestion: Suggestion) -> str:
    """Who did what with a suggestion, when, and what stands now; for a decision that came late."""
    latest = suggestion.decisions.select_related("by", "undone_by").first()
    if suggestion.state == SuggestionState.OVERTAKEN:
        newer = suggestion.round.programme.rounds.select_related("created_by")
        last = newer.defer("problem", "result").first()
        by = who_and_when(last.created_by, last.created_at) if last else ""
        return _("A newer round was run %(by)s. Look at what it suggests.") % {"by": by}
    if suggestion.state == SuggestionState.OPEN and latest and latest.undone_at:
        by = who_and_when(latest.undone_by, latest.undone_at)
        return _("A decision about these two was taken back %(by)s: they are open again.") % {
            "by": by
        }
    texts = {
        SuggestionState.ACCEPTED: _("These two were accepted %(by)s: they are a pair now."),
        SuggestionState.REFUSED: _("These two were refused %(by)s: they stay apart."),
        SuggestionState.LAPSED: _("One of these two left, or found a partner, during the round."),
        SuggestionState.OPEN: _("Somebody changed something about these two. They are still open."),
    }
    text = texts[SuggestionState(suggestion.state)]
    by = who_and_when(suggestion.decided_by, suggestion.decided_at) if suggestion.decided_at else ""
    return " ".join((text % {"by": by}).split())


def changed_meanwhile(programme: Programme) -> str:
    """What was done last on the board, for whoever decides on an old look of it."""
    last = next(iter(describe_decisions(latest_decisions(programme)[:1])), None)
    latest = programme.rounds.select_related("created_by").defer("problem", "result").first()
    told = _("Nothing was done, for the board has changed since you looked.")
    if latest and (last is None or latest.created_at > last["decision"].at):
        by = who_and_when(latest.created_by, latest.created_at)
        told += " " + _("A newer round was run %(by)s.") % {"by": by}
    elif last:
        told += f" {last['title']}, {last['undone'] or last['by']}."
    now = to_decide(programme).count()
    waiting = ngettext("%(n)d suggestion is open now.", "%(n)d suggestions are open now.", now)
    return f"{told} {waiting % {'n': now}}"
