"""How far programmes are."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matching.enums import PairStage, Role
from matching.models import Programme
from matching.moves import FINISHED, RUNNING
from matching.queries.standing import OVER, counts_by_stage, left_over
from matching.queries.suggestions import to_decide
from matching.queries.waitlist import waitlist_names
from matching.wording import waiting_in_words


@dataclass(frozen=True)
class Overview:
    """`stages` for components/flow.html, `needs` for components/needs.html."""

    people: int
    mentors: int
    mentees: int
    invited: int
    joined: int
    left_over: int
    open_suggestions: int
    by_stage: dict[str, int]
    stages: list[dict[str, Any]]
    needs: list[dict[str, Any]]


def programmes_with_counts() -> QuerySet[Programme]:
    """All programmes, newest first, with `people` and `standing` pairs; one query."""
    return Programme.objects.annotate(
        people=Count("participants", Q(participants__withdrawn_at__isnull=True), distinct=True),
        standing=Count("pairs", ~Q(pairs__stage__in=OVER), distinct=True),
    )


def describe_programme(programme: Programme) -> Overview:
    """Eight queries, however many people."""
    counts = programme.participants.filter(withdrawn_at__isnull=True).aggregate(
        people=Count("pk"),
        mentors=Count("pk", Q(role__in=[Role.MENTOR, Role.BOTH])),
        mentees=Count("pk", Q(role__in=[Role.MENTEE, Role.BOTH])),
        invited=Count("pk", Q(invited_at__isnull=False)),
        joined=Count("pk", Q(joined_at__isnull=False)),
    )
    open_ones = to_decide(programme).count()
    by_stage = counts_by_stage(programme)
    alone = left_over(programme).count()
    # Before the first round everyone waits, and the board says so.
    has_round = programme.rounds.exists()
    waiting = waitlist_names(programme) if has_round else ([], 0)
    return Overview(
        **counts,
        left_over=alone,
        open_suggestions=open_ones,
        by_stage=by_stage,
        stages=_stages(programme, counts, open_ones, by_stage),
        needs=_needs(programme, counts, open_ones, by_stage, 0 if has_round else alone, waiting),
    )


def _stages(
    programme: Programme, counts: dict[str, int], open_ones: int, by_stage: dict[str, int]
) -> list[dict[str, Any]]:
    people = reverse("programmes:people", args=[programme.slug])
    pairs = reverse("programmes:pairs", args=[programme.slug])
    board = reverse("programmes:board", args=[programme.slug])
    running = sum(by_stage.get(stage, 0) for stage in RUNNING)
    finished = sum(by_stage.get(stage, 0) for stage in FINISHED)
    stopped = by_stage.get(PairStage.PAUSED, 0) + by_stage.get(PairStage.SWAP_ASKED, 0)
    return [
        {"label": _("People"), "count": counts["people"], "url": people},
        {"label": _("Invited"), "count": counts["invited"], "url": f"{people}?place=invited"},
        {"label": _("Signed in"), "count": counts["joined"], "url": f"{people}?place=joined"},
        {"label": _("Suggested"), "count": open_ones, "url": board, "waiting": open_ones > 0},
        {
            "label": _("Coffee chat"),
            "count": by_stage.get(PairStage.COFFEE, 0),
            "url": f"{pairs}?stage=coffee",
        },
        {
            "label": _("Agreement"),
            "count": by_stage.get(PairStage.AGREEMENT, 0),
            "url": f"{pairs}?stage=agreement",
        },
        {
            "label": _("Meeting"),
            "count": running,
            "url": f"{pairs}?stage=running",
            "note": ngettext("%(pairs)d stands still", "%(pairs)d stand still", stopped)
            % {"pairs": stopped}
            if stopped
            else "",
            "waiting": stopped > 0,
        },
        {"label": _("Completed"), "count": finished, "url": f"{pairs}?stage=finished"},
    ]


def _needs(
    programme: Programme,
    counts: dict[str, int],
    open_ones: int,
    by_stage: dict[str, int],
    alone: int,
    waitlist: tuple[list[str], int],
) -> list[dict[str, Any]]:
    """What waits for a coordinator, most pressing first; an empty programme asks for people."""

    def need(name: str, title: str, reason: str, act: str, count: int, query: str = "") -> Any:
        href = reverse(f"programmes:{name}", args=[programme.slug]) + query
        return {"title": title, "reason": reason, "action_label": act, "href": href, "count": count}

    if not counts["people"]:
        return [
            need(
                "import",
                _("people so far"),
                _("Everything begins with a list: who takes part, what they know, what they want."),
                _("Bring in people"),
                0,
            )
        ]
    found = []
    if swaps := by_stage.get(PairStage.SWAP_ASKED, 0):
        reason = _("They would like another partner. Early swaps save programmes.")
        found.append(
            need("pairs", _("asked for a swap"), reason, _("See them"), swaps, "?stage=swap_asked")
        )
    if open_ones:
        reason = _("The engine’s suggestions wait for your yes or no.")
        found.append(
            need("board", _("suggestions to decide on"), reason, _("Go to the board"), open_ones)
        )
    if waiting := counts["people"] - counts["invited"]:
        reason = _("They do not know of the programme yet.")
        found.append(
            need(
                "people",
                _("not invited yet"),
                reason,
                _("See and invite them"),
                waiting,
                "?place=not_invited",
            )
        )
    names, there = waitlist
    if there:
        reason = waiting_in_words(names, there - len(names))
        found.append(need("waitlist", _("on the waitlist"), reason, _("See who waits"), there))
    if alone and not open_ones:
        reason = _("Nobody stands beside them. Run a round, or read on the board why not.")
        found.append(need("board", _("without a partner"), reason, _("Go to the board"), alone))
    return found
