"""What an editor hears of running plans before a page leaves the shelf."""

import pytest

from curriculum.queries.shelf import plans_that_hold
from matching.enums import PairStage
from tests.factories.curriculum import PlanFactory
from tests.factories.matching import ActivePairFactory
from tests.factories.training import ModuleFactory, TrackFactory
from training.queries.leaving import effects_of_leaving

pytestmark = pytest.mark.django_db


def test_pairs_on_their_way_are_counted_once_each() -> None:
    track = TrackFactory()
    module = track.pages[0]
    for _ in range(2):
        PlanFactory(pair=ActivePairFactory(), tracks=[track])
    (told,) = plans_that_hold({track.pk, module.pk})
    assert told.startswith("2 pairs have this in their plans.")
    assert plans_that_hold({ModuleFactory().pk}) == []


@pytest.mark.parametrize("stage", [PairStage.ENDED, PairStage.COMPLETED, PairStage.FOLLOW_UP_6])
def test_pairs_that_have_gone_their_way_are_not(stage: PairStage) -> None:
    track = TrackFactory()
    PlanFactory(pair=ActivePairFactory(stage=stage), tracks=[track])
    assert plans_that_hold({track.pk}) == []


def test_the_shelf_asks() -> None:
    track = TrackFactory()
    PlanFactory(pair=ActivePairFactory(), tracks=[track])
    assert any("1 pair has this" in told for told in effects_of_leaving([track]))
