"""What the background worker does for the curriculum; each hands over to one service."""

from curriculum.services.plans import plan_pair
from matching.models import Pair


def assign_pair_tracks(pair_id: int) -> None:
    """Plan a pair that has begun; running twice changes nothing."""
    pair = Pair.objects.select_related("programme", "mentor", "mentee").filter(pk=pair_id).first()
    if pair is not None:
        plan_pair(pair)
