"""Keeping what the engine answered: the round, its suggestions, and whom it leaves over."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from matching.enums import SuggestionState
from matching.models import Goal, LeftOver, Programme, Round, Suggestion
from matching.queries.places import Places, open_places
from matching.queries.problem import Ids
from matching.queries.waitlist import free_places
from matching.services.solving import RoundRefused

BATCH = 500


@transaction.atomic
def keep_round(
    kept: Round, *, kept_together: Collection[Ids] = (), after: int | None = None
) -> Round:
    """Write down a round that is not saved yet; those `kept_together` are suggested again.

    What nobody decided on in earlier rounds is overtaken, unless this one is to stand beside what
    was open `after` another: then that has to be the latest still, or `RoundRefused`.

    The engine may have run for minutes: a match whose people have since left, been kept apart or
    found another is kept as lapsed.
    """
    # Two rounds at once take turns, so that the later one overtakes what the earlier suggested.
    Programme.objects.select_for_update(no_key=True).get(pk=kept.programme_id)
    if after is None:
        Suggestion.objects.filter(
            round__programme=kept.programme_id, state=SuggestionState.OPEN
        ).update(state=SuggestionState.OVERTAKEN)
    elif kept.programme.rounds.values_list("pk", flat=True).first() != after:
        raise RoundRefused(_("Another round was run at the same moment. Look at the board."))
    kept.save()
    places = open_places(kept.programme)
    suggestions = _suggestions(kept, kept_together, places)
    Suggestion.objects.bulk_create(suggestions, batch_size=BATCH)
    kept.lapsed = sum(one.state == SuggestionState.LAPSED for one in suggestions)
    kept.free_places = free_places(kept.programme).mentors
    kept.save(update_fields=["lapsed", "free_places"])
    keep_covered(kept.programme_id, suggestions)
    _keep_left_over(kept, places)
    return kept


def _suggestions(kept: Round, kept_together: Collection[Ids], places: Places) -> list[Suggestion]:
    found = []
    # Those kept together come first to the places there are.
    for pair in sorted(kept.result["pairs"], key=lambda pair: not pair["locked"]):
        mentor, mentee = int(pair["mentor"]), int(pair["mentee"])
        stands = pair["locked"] and (pair["mentor"], pair["mentee"]) not in kept_together
        if stands or not {mentor, mentee} <= places.known:
            continue
        is_open = places.take(mentor, mentee)
        found.append(
            Suggestion(
                round=kept,
                mentor_id=mentor,
                mentee_id=mentee,
                score=pair["score"],
                parts=pair["parts"],
                covers=pair["covers"],
                state=SuggestionState.OPEN if is_open else SuggestionState.LAPSED,
            )
        )
    return found


def keep_covered(programme: int, suggestions: list[Suggestion]) -> None:
    """As rows, for looking up who covers a skill."""
    goals = Goal.objects.filter(participant__programme=programme).order_by()
    skills = dict(goals.values_list("skill__name", "skill_id").distinct())
    covered = Suggestion.covered.through
    covered.objects.filter(suggestion__in=[one.pk for one in suggestions if one.version]).delete()
    covered.objects.bulk_create(
        [
            covered(suggestion_id=one.pk, skill_id=skills[cover["skill"]])
            for one in suggestions
            for cover in one.covers
            if cover["skill"] in skills
        ],
        batch_size=BATCH,
    )


def _keep_left_over(kept: Round, places: Places) -> None:
    """One row a person; of somebody of both parts, what they want to learn counts."""
    told = {int(row["id"]): row for row in kept.result["unmatched"] if row["id"] not in kept.held}
    LeftOver.objects.bulk_create(
        [
            LeftOver(
                round=kept,
                participant_id=key,
                side=row["side"],
                cause=row["cause"],
                detail=row["detail"],
            )
            for key, row in told.items()
            if key in places.known
        ],
        batch_size=BATCH,
    )
