"""What an editor should know of running plans before a page leaves the shelf."""

from collections.abc import Collection

from django.db.models import Q
from django.utils.translation import ngettext

from curriculum.models import Plan
from matching.enums import PairStage

#: Pairs in these stages have gone their way: nothing is waiting for them.
PAST = (
    PairStage.COMPLETED,
    PairStage.FOLLOW_UP_6,
    PairStage.FOLLOW_UP_12,
    PairStage.ENDED,
)


def plans_that_hold(page_ids: Collection[int]) -> list[str]:
    """How many pairs still on their way have one of these pages in their plan, in a sentence."""
    held = Q(steps__track__in=page_ids) | Q(steps__items__page__in=page_ids)
    current = Plan.objects.filter(held, superseded_at__isnull=True)
    count = current.exclude(pair__stage__in=PAST).distinct().count()
    if not count:
        return []
    told = ngettext(
        "%(count)d pair has this in its plan. What was done stays done; nobody waits for the rest.",
        "%(count)d pairs have this in their plans. What was done stays done; nobody waits for the"
        " rest.",
        count,
    )
    return [told % {"count": count}]
