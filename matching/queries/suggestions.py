"""Suggestions of the latest round, as a coordinator looks for them."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from matching.enums import SuggestionState
from matching.models import Lock, Participant, Programme, Round, Suggestion
from portal.models import Skill

SORTS = {
    "": ("-score", "pk"),
    "weakest": ("score", "pk"),
    "name": ("mentor__person__name", "mentee__person__name", "pk"),
}
# Bands of a score, in thirds of what a perfect match is given: from, to.
BANDS = {"strong": (2, 4), "middle": (1, 2), "weak": (0, 1)}
DECIDED = (SuggestionState.ACCEPTED, SuggestionState.REFUSED)


def latest_round(programme: Programme) -> Round | None:
    """Without what went in and came out, which is large and of no use on a page."""
    rounds = programme.rounds.select_related("created_by")
    return rounds.defer("problem", "result", "held").first()


def to_decide(programme: Programme) -> QuerySet[Suggestion]:
    """What waits for a coordinator; a match one of whose two has left does not.

    Who has left is asked first, one query: they are few, and joining both people to thousands of
    suggestions took most of the time of a page.
    """
    left = Q(withdrawn_at__isnull=False) | Q(person__is_active=False)
    gone = list(programme.participants.filter(left).order_by().values_list("pk", flat=True))
    found = Suggestion.objects.filter(round__programme=programme, state=SuggestionState.OPEN)
    return found.exclude(Q(mentor__in=gone) | Q(mentee__in=gone)) if gone else found


def find_suggestions(
    programme: Programme,
    *,
    search: str = "",
    department: str = "",
    skill: str = "",
    band: str = "",
    state: str = "",
    sort: str = "",
) -> QuerySet[Suggestion]:
    """Suggestions that fit, in order."""
    if state == "decided":
        found = Suggestion.objects.filter(round=latest_round(programme), state__in=DECIDED)
    else:
        found = to_decide(programme)
    if state == "kept":
        locks = Lock.objects.filter(mentor=OuterRef("mentor"), mentee=OuterRef("mentee"))
        found = found.filter(Exists(locks))
    if department:
        found = found.filter(Q(mentor__department=department) | Q(mentee__department=department))
    if skill:
        found = found.filter(covered=int(skill))
    if band:
        low, high = (third * programme.most_points * 1000 / 3 for third in BANDS[band])
        found = found.filter(score__gte=low, score__lt=high)
    for word in search.split():
        found = found.filter(_names(word))
    return found.order_by(*SORTS[sort])


def _names(word: str) -> Q:
    return (
        Q(mentor__person__name__icontains=word)
        | Q(mentee__person__name__icontains=word)
        | Q(mentor__job_title__icontains=word)
        | Q(mentee__job_title__icontains=word)
    )


def departments_of(programme: Programme) -> list[str]:
    """Departments somebody of the programme is in, by name; one query."""
    people = Participant.objects.filter(programme=programme).exclude(department="")
    return list(people.order_by("department").values_list("department", flat=True).distinct())


def skills_covered(latest: Round | None) -> list[tuple[int, str]]:
    """Skills that a suggestion of the round, or one open beside it, covers, by name; one query."""
    if latest is None:
        return []
    beside = Q(
        suggestion__round__programme=latest.programme_id, suggestion__state=SuggestionState.OPEN
    )
    covered = Suggestion.covered.through.objects
    rows = covered.filter(Q(suggestion__round=latest) | beside)
    skills = Skill.objects.filter(pk__in=rows.values("skill_id"))
    return list(skills.order_by("name").values_list("pk", "name"))


def seen_of(found: QuerySet[Suggestion]) -> str:
    """What stands for exactly these suggestions as they are now: another one, or another
    decision about one of them, makes another text. One query."""
    told: dict[str, Any] = found.order_by().aggregate(
        rows=Count("pk"), keys=Sum("pk"), versions=Sum("version"), rounds=Sum("round_id")
    )
    return "-".join(str(number or 0) for number in told.values())


def letters_for(found: QuerySet[Suggestion]) -> int:
    """How many people would be written to if all of these were accepted; one query."""
    rows = found.order_by().values_list("mentor_id", "mentee_id")
    return len({key for row in rows for key in row})


def in_order(keys: Iterable[int]) -> Iterator[Suggestion]:
    """These suggestions one after the other, each as it is when its turn comes."""
    for key in keys:
        yield from Suggestion.objects.filter(pk=key)
