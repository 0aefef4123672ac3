"""What needs a coordinator, and how far a programme is."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Exists, Max, OuterRef, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from curriculum.enums import ItemKind, SessionState
from curriculum.models import (
    Plan,
    PlanItem,
    PlanStep,
    PreparationWaiver,
    ProgrammeCurriculum,
    Session,
)
from curriculum.queries.preparation import Preparation, preparations, sides_of
from curriculum.registries import DeskCard, coordinator_cards
from matching.enums import PairStage
from matching.models import Pair, Participant, Programme
from matching.moves import RUNNING
from matching.queries.overview import describe_programme
from matching.registries import PairFilter

COFFEE_DAYS = 7
SILENT_DAYS = 45


@dataclass(frozen=True)
class CoordinatorDesk:
    """`needs` and `stages` are rows for components/needs.html and components/flow.html."""

    programme: Programme | None
    programmes: tuple[Programme, ...]
    needs: list[dict[str, Any]]
    stages: list[dict[str, Any]]
    cards: list[DeskCard]


def coordinator_desk(slug: str = "") -> CoordinatorDesk:
    """The programme of this slug, else the newest one that runs; a constant number of queries."""
    programmes = tuple(Programme.objects.order_by("-starts_on", "name"))
    today = timezone.localdate()
    programme = next(
        (p for p in programmes if p.slug == slug),
        next((p for p in programmes if p.starts_on <= today <= p.ends_on), None)
        or next(iter(programmes), None),
    )
    if programme is None:
        return CoordinatorDesk(None, (), [], [], [])
    overview = describe_programme(programme)
    cards = [card for source in coordinator_cards for card in source(programme)]
    swaps = 1 if overview.by_stage.get(PairStage.SWAP_ASKED) else 0
    needs = [
        *overview.needs[:swaps],
        *own_needs(programme),
        *overview.needs[swaps:],
        *(_card_need(card) for card in cards if card.needs_you),
    ]
    stages = [
        *overview.stages,
        *({"label": c.stage, "count": c.count, "url": c.url} for c in cards if c.stage),
    ]
    besides = [card for card in cards if not (card.needs_you or card.stage)]
    return CoordinatorDesk(programme, programmes, needs, stages, besides)


def own_needs(programme: Programme) -> list[dict[str, Any]]:
    """What waits because of plans and sessions, the most pressing first."""
    pairs = f"{reverse('programmes:pairs', args=[programme.slug])}?only="
    assign = reverse("curriculum:programme", args=[programme.slug])
    preparing = reverse("curriculum:preparation", args=[programme.slug])
    found: list[dict[str, Any] | None] = [
        _need(
            silent_pairs(programme).count(),
            lambda n: ngettext("pair is silent", "pairs are silent", n),
            _("No session for %(days)d days and none in the diary. Time is what fails first: ask.")
            % {"days": SILENT_DAYS},
            _("See who"),
            f"{pairs}silent",
        ),
        _need(
            without_plan(programme).count(),
            lambda n: ngettext("pair has no plan", "pairs have no plan", n),
            _("They are active, but no tracks were assigned to them."),
            _("Assign tracks"),
            assign,
        ),
        _need(
            without_steps(programme).count(),
            lambda n: ngettext(
                "pair has no track for its goals", "pairs have no track for their goals", n
            ),
            _("Their plans hold no step. Each says why, goal by goal, and what would change that."),
            _("See which"),
            f"{pairs}without_steps",
        ),
        _need(
            late_coffees(programme).count(),
            lambda n: ngettext("pair waits for a coffee", "pairs wait for a coffee", n),
            _("They have had more than %(days)d days, and not both have answered.")
            % {"days": COFFEE_DAYS},
            _("See them"),
            f"{pairs}late_coffee",
        ),
        _need(
            len(unprepared_pairs(programme)),
            lambda n: ngettext("pair cannot begin yet", "pairs cannot begin yet", n),
            _("One of the two has not prepared. Remind them, or let them begin with a reason."),
            _("See who is missing"),
            preparing,
        ),
        _need(
            _sides_without_preparation(programme),
            lambda n: ngettext("side has nothing to prepare", "sides have nothing to prepare", n),
            _("No preparation is chosen, so session one is open at once."),
            _("Choose it"),
            assign,
        ),
    ]
    return [need for need in found if need]


def _need(count: int, title: Any, reason: str, act: str, href: str) -> dict[str, Any] | None:
    if not count:
        return None
    return {
        "count": count,
        "title": title(count),
        "reason": reason,
        "action_label": act,
        "href": href,
    }


def _card_need(card: DeskCard) -> dict[str, Any]:
    return {
        "count": card.count,
        "title": card.title,
        "reason": card.text,
        "action_label": card.act,
        "href": card.url,
    }


def meeting_pairs(programme: Programme) -> QuerySet[Pair]:
    return Pair.objects.filter(programme=programme, stage__in=RUNNING)


def silent_pairs(programme: Programme) -> QuerySet[Pair]:
    """Pairs that held no session for 45 days (nor began since) and have no date to come."""
    now = timezone.now()
    coming = Session.objects.filter(
        pair=OuterRef("pk"), state=SessionState.PLANNED, scheduled_at__gte=now
    )
    last = Coalesce(Max("guided_sessions__held_at"), "began_at", "stage_since")
    return (
        meeting_pairs(programme)
        .annotate(last_heard=last)
        .filter(~Exists(coming), last_heard__lt=now - timedelta(days=SILENT_DAYS))
    )


def without_plan(programme: Programme) -> QuerySet[Pair]:
    current = Plan.objects.filter(pair=OuterRef("pk"), superseded_at__isnull=True)
    return meeting_pairs(programme).filter(~Exists(current))


def without_steps(programme: Programme) -> QuerySet[Pair]:
    """Pairs whose plan was made and holds nothing, since no track fitted their goals."""
    return _planned(programme).filter(~Exists(_steps()))


def without_sessions(programme: Programme) -> QuerySet[Pair]:
    """Pairs whose plan holds steps, but no session among them."""
    meetings = PlanItem.objects.filter(
        step__plan__pair=OuterRef("pk"),
        step__plan__superseded_at__isnull=True,
        kind=ItemKind.SESSION,
    )
    return _planned(programme).filter(Exists(_steps()), ~Exists(meetings))


def _planned(programme: Programme) -> QuerySet[Pair]:
    current = Plan.objects.filter(pair=OuterRef("pk"), superseded_at__isnull=True)
    return meeting_pairs(programme).filter(Exists(current))


def _steps() -> QuerySet[PlanStep]:
    return PlanStep.objects.filter(plan__pair=OuterRef("pk"), plan__superseded_at__isnull=True)


def late_coffees(programme: Programme) -> QuerySet[Pair]:
    """Pairs asked to meet for coffee more than seven days ago."""
    since = timezone.now() - timedelta(days=COFFEE_DAYS)
    return Pair.objects.filter(programme=programme, stage=PairStage.COFFEE, stage_since__lt=since)


# The same questions, asked of the list of pairs: a need leads to exactly those that it counted.
PAIR_FILTERS = (
    PairFilter("silent", gettext_lazy("silent for 45 days"), silent_pairs),
    PairFilter("late_coffee", gettext_lazy("waiting for a coffee for a week"), late_coffees),
    PairFilter("without_plan", gettext_lazy("meeting without a plan"), without_plan),
    PairFilter("without_steps", gettext_lazy("no track for their goals"), without_steps),
    PairFilter("without_sessions", gettext_lazy("no session in their plan"), without_sessions),
)


@dataclass(frozen=True)
class Unprepared:
    """A pair that may not begin, and who of the two is missing what."""

    pair: Pair
    missing: tuple[Preparation, ...]


def unprepared_pairs(programme: Programme) -> list[Unprepared]:
    """Active pairs that neither prepared nor were let off, and have held nothing yet."""
    waived = PreparationWaiver.objects.filter(pair=OuterRef("pk"))
    held = Session.objects.filter(pair=OuterRef("pk"), state=SessionState.HELD)
    pairs = list(
        meeting_pairs(programme)
        .filter(~Exists(waived), ~Exists(held))
        .select_related("mentor__person", "mentee__person", "programme")
    )
    people: dict[int, Participant] = {p.pk: p for pair in pairs for p in (pair.mentor, pair.mentee)}
    prepared = preparations(people.values())
    found = []
    for pair in pairs:
        missing = tuple(one for one in sides_of(pair, prepared) if not one.is_done)
        if missing:
            found.append(Unprepared(pair, missing))
    return found


def _sides_without_preparation(programme: Programme) -> int:
    """Sides with nothing to do first: none was chosen, or the chosen one is off the shelf."""
    chosen = ProgrammeCurriculum.objects.filter(programme=programme)
    row = chosen.values_list("mentor_preparation__live", "mentee_preparation__live").first()
    return sum(not is_live for is_live in row) if row else 2
