"""What editors set to happen at a time: pages that go live, pages that leave the shelf."""

import logging
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page, Revision

logger = logging.getLogger(__name__)

#: The page's history shows it; its words stand in wagtail_hooks.
REFUSED = "training.publish.refused"


@dataclass(frozen=True)
class DueResult:
    """How many pages went live, how many left the shelf, how many could not go live."""

    published: int
    unpublished: int
    refused: int


def publish_due(now: datetime | None = None) -> DueResult:
    """Does what was set for a time that has come, page by page; may run at any time, and twice.

    A page that cannot be taught any more stays as it is: its date is taken off, its history and
    the log say why, and the others go on.
    """
    now = now or timezone.now()
    expired = list(Page.objects.filter(live=True, expire_at__lt=now).order_by("expire_at"))
    for page in expired:
        page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    due = Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at")
    waiting, problems = list(due), {}
    published = 0
    # A track may be due before a module of it: as long as anything went live, ask once more.
    while waiting:
        problems = {r.pk: found for r in waiting if (found := _publish(r)) is not None}
        published += len(waiting) - len(problems)
        if len(problems) == len(waiting):
            break
        waiting = [revision for revision in waiting if revision.pk in problems]
    for revision in waiting:
        _take_off(revision, problems[revision.pk])
    return DueResult(published, len(expired), len(waiting))


def _publish(revision: Revision) -> list[str] | None:
    """What keeps this revision from going live, or None once it is."""
    try:
        with transaction.atomic():
            revision.publish(log_action="wagtail.publish.scheduled")
    except ValidationError as refused:
        return list(refused.messages)
    return None


@transaction.atomic
def _take_off(revision: Revision, problems: list[str]) -> None:
    # Past save(), which would tell the history that an editor cancelled it.
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
    page = revision.as_object()
    log(instance=page, action=REFUSED, data={"problems": problems}, revision=revision)
    logger.warning(
        "“%s” was due to go live and stays a draft: %s Mend it in the admin and publish it.",
        page,
        " ".join(problems),
    )
