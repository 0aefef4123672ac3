"""Keeping two people together, or apart, in every round to come."""

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from matching.enums import DecisionKind, PairStage, SuggestionState
from matching.models import Bar, Decision, Lock, Pair, Participant, Suggestion
from matching.queries.together import why_not_together
from matching.services.pairs import bar_pair
from matching.services.suggestions import DecisionRefused, refuse_suggestion
from matching.services.undoing import undo_decision
from portal.models import User


def _hold(mentor: Participant, mentee: Participant) -> None:
    """Two coordinators who decide about the same people at once take turns.

    Suggestions first, then people, as accepting does: else the two could wait for each other.
    """
    list(_open_ones(mentor, mentee).select_for_update(no_key=True).order_by("pk").values_list("pk"))
    rows = Participant.objects.select_for_update(of=("self",), no_key=True)
    list(rows.filter(pk__in=[mentor.pk, mentee.pk]).order_by("pk").values_list("pk"))


@transaction.atomic
def keep_together(
    mentor: Participant, mentee: Participant, *, by: User | None, reason: str = ""
) -> Decision:
    """Every round suggests these two until they are a pair. Sent twice it is one lock.

    Raises `DecisionRefused` when a rule of the programme, a place or a bar speaks against it.
    """
    _hold(mentor, mentee)
    standing = Lock.objects.filter(mentor=mentor, mentee=mentee).first()
    if standing is not None and (noted := standing.decisions.first()):
        return noted
    if told := why_not_together(mentor, mentee):
        raise DecisionRefused(told)
    lock, _made = Lock.objects.get_or_create(
        mentor=mentor,
        mentee=mentee,
        defaults={"programme_id": mentor.programme_id, "created_by": by, "reason": reason},
    )
    _open_ones(mentor, mentee).update(version=F("version") + 1)
    return _note(DecisionKind.LOCK, mentor, mentee, by=by, lock=lock)


@transaction.atomic
def keep_apart(
    mentor: Participant, mentee: Participant, *, by: User | None, reason: str = ""
) -> Decision:
    """Never suggest these two; a suggestion of them that is open is refused.

    Sent twice it is one bar. Raises `DecisionRefused` for a pair, and for two who are kept
    together.
    """
    _hold(mentor, mentee)
    lock = Lock.objects.filter(mentor=mentor, mentee=mentee).select_related("created_by").first()
    if lock is not None:
        who = lock.created_by or _("Somebody")
        raise DecisionRefused(
            _("%(who)s keeps these two together. Let them go first.") % {"who": who}
        )
    standing = Pair.objects.filter(mentor=mentor, mentee=mentee).exclude(stage=PairStage.ENDED)
    if standing.exists():
        raise DecisionRefused(_("These two are a pair. End it on its page to part them."))
    if suggestion := _open_ones(mentor, mentee).first():
        refuse_suggestion(suggestion, by=by, reason=reason)
        return suggestion.decisions.latest("pk")
    pair = Pair(programme_id=mentor.programme_id, mentor=mentor, mentee=mentee)
    bar, is_new = bar_pair(pair, by=by, reason=reason)
    if not is_new and (noted := bar.decisions.first()):
        return noted
    return _note(DecisionKind.BAR, mentor, mentee, by=by, bar=bar)


def let_go(lock: Lock, *, by: User | None) -> None:
    """They are matched like everybody else again."""
    if decision := lock.decisions.filter(undone_at__isnull=True).first():
        undo_decision(decision, by=by)
    else:
        lock.delete()


def lift_bar(bar: Bar, *, by: User | None) -> None:
    """They may be suggested to each other again; a refused suggestion of them opens again."""
    if decision := bar.decisions.filter(undone_at__isnull=True).first():
        undo_decision(decision, by=by)
    else:
        bar.delete()


def _open_ones(mentor: Participant, mentee: Participant) -> QuerySet[Suggestion]:
    return Suggestion.objects.filter(mentor=mentor, mentee=mentee, state=SuggestionState.OPEN)


def _note(
    kind: DecisionKind,
    mentor: Participant,
    mentee: Participant,
    *,
    by: User | None,
    lock: Lock | None = None,
    bar: Bar | None = None,
) -> Decision:
    return Decision.objects.create(
        programme_id=mentor.programme_id,
        kind=kind,
        mentor=mentor,
        mentee=mentee,
        lock=lock,
        bar=bar,
        by=by,
    )
