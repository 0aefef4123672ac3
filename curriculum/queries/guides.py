"""What a session plan gives to those who meet, as it was when they began."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page

from curriculum.enums import SessionState
from curriculum.models import Session
from training.models import SessionPlanPage


@dataclass(frozen=True)
class Part:
    """One part of a meeting; `begins` is how many minutes into the meeting it starts."""

    number: int
    title: str
    minutes: int
    begins: int
    say: str
    prompts: tuple[str, ...]
    guidance: Any


@dataclass(frozen=True)
class Guide:
    """A meeting's objective, what to do before it, its parts, and commitments to choose from."""

    objective: str
    prework_mentor: str
    prework_mentee: str
    notes: str
    parts: tuple[Part, ...]
    commitments: tuple[str, ...]
    is_general: bool = False

    @property
    def minutes(self) -> int:
        return sum(part.minutes for part in self.parts)

    def part(self, number: int) -> Part:
        """The part of this number, from 1; the nearest one there is."""
        return self.parts[min(max(number, 1), len(self.parts)) - 1]


def guide_of(session: Session) -> Guide:
    """The session plan as it was when the session began, as it is now before that.

    Where an editor took the page away and no revision is left, a general hour in five parts:
    the two still meet.
    """
    if session.state != SessionState.PLANNED and session.revision is not None:
        return read_guide(session.revision.as_object())
    page = SessionPlanPage.objects.filter(pk=session.page_id).first()
    return read_guide(page) if page is not None and page.live else general_guide()


def guides_of_pages(page_ids: set[int]) -> dict[int, Guide]:
    """Page id → the guide of each live session plan; one query."""
    pages = SessionPlanPage.objects.live().filter(pk__in=page_ids)
    return {page.pk: read_guide(page) for page in pages}


def read_guide(page: Page) -> Guide:
    parts, begins = [], 0
    for number, part in enumerate(page.parts, start=1):
        minutes = int(part["minutes"] or 0)
        parts.append(
            Part(
                number,
                part["title"],
                minutes,
                begins,
                part["say"] or "",
                tuple(part["prompts"] or ()),
                part["guidance"] or "",
            )
        )
        begins += minutes
    if not parts:
        return general_guide()
    return Guide(
        objective=page.objective,
        prework_mentor=page.prework_mentor,
        prework_mentee=page.prework_mentee,
        notes=page.notes,
        parts=tuple(parts),
        commitments=tuple(child.value for child in page.commitments),
    )


def general_guide() -> Guide:
    """An hour in five parts that fits any subject."""
    outline = (
        (_("Check-in"), 5, _("What has your week been asking of you?")),
        (_("Last commitment"), 10, _("What became of what you set out to do?")),
        (_("Practice together"), 25, _("What would you like to try while I watch?")),
        (_("Apply it to your work"), 10, _("Where would this have helped you last week?")),
        (_("Commitment and next date"), 10, _("What will you do before we meet again?")),
    )
    parts, begins = [], 0
    for number, (title, minutes, say) in enumerate(outline, start=1):
        parts.append(Part(number, title, minutes, begins, say, (), ""))
        begins += minutes
    return Guide("", "", "", "", tuple(parts), (), is_general=True)
