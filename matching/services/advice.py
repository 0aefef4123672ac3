"""What would help those whom a round left over, found out once and kept with it."""

import logging
from collections.abc import Callable

from matching.engine import doctor
from matching.models import Round
from matching.queries.questions import MOST_TRIED_BY_A_JOB, is_large, liftable_bars, problem_of

Progress = Callable[[int], None]
logger = logging.getLogger(__name__)


def advise_round(kept: Round, *, progress: Progress = lambda solves: None) -> Round:
    """Keep advice for everybody left over. Large programmes are asked person by person.

    The round is of use without it: a fault here is reported and spoils nothing.
    """
    if is_large(kept.programme):
        return kept
    try:
        found = doctor(
            *problem_of(kept),
            most_solves=MOST_TRIED_BY_A_JOB,
            liftable=liftable_bars(kept.programme),
            progress=progress,
        )
    except Exception:
        logger.exception("No advice for round %s", kept.pk)
        return kept
    kept.advice = found.as_json()
    kept.save(update_fields=["advice"])
    return kept
