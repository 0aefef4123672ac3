"""Who has prepared for what, and what is written down of it."""

import pytest

from curriculum.models import PreparationRecord, ProgrammeCurriculum
from curriculum.queries.preparation import may_begin, preparation_of
from curriculum.services.progress import follow_up_person
from matching.models import Pair
from tests.factories.curriculum import ask_to_prepare, learn
from tests.factories.matching import ActivePairFactory
from tests.factories.training import ModuleFactory
from training.models import TrackItem, TrackPage

pytestmark = pytest.mark.django_db


def add_a_module_to(track: TrackPage) -> None:
    track.items.add(TrackItem(page=ModuleFactory(parent=track.get_parent().specific)))
    track.save_revision().publish()


@pytest.mark.parametrize("role", ["mentor", "both"])
def test_a_side_that_is_done_stays_done_whatever_an_editor_adds(role: str) -> None:
    pair: Pair = ActivePairFactory(mentor__role=role)
    as_mentor = ask_to_prepare(pair.programme)
    as_mentee = ask_to_prepare(pair.programme, mentors=False)
    for person, module in ((pair.mentor.person, as_mentor), (pair.mentee.person, as_mentee)):
        learn(person, module)
        follow_up_person(person)
    assert may_begin(pair)
    add_a_module_to(ProgrammeCurriculum.objects.get(programme=pair.programme).mentor_preparation)
    assert may_begin(pair)


def test_the_second_side_is_written_beside_the_first() -> None:
    both = ActivePairFactory(mentor__role="both").mentor
    as_mentor = ask_to_prepare(both.programme)
    as_mentee = ask_to_prepare(both.programme, mentors=False)
    learn(both.person, as_mentor)
    follow_up_person(both.person)
    assert preparation_of(both).recorded == {"mentor"}
    assert not preparation_of(both).is_done
    learn(both.person, as_mentee)
    for _ in range(2):
        follow_up_person(both.person)
    assert preparation_of(both).recorded == {"mentor", "mentee"}
    written = PreparationRecord.objects.get(participant=both).modules
    assert [(row["title"], row["side"]) for row in written] == [
        (as_mentor.title, "mentor"),
        (as_mentee.title, "mentee"),
    ]


def test_a_record_from_before_sides_counts_for_both() -> None:
    pair: Pair = ActivePairFactory()
    ask_to_prepare(pair.programme)
    PreparationRecord.objects.create(
        participant=pair.mentor, modules=[{"key": "k", "title": "Old", "minutes": 5}]
    )
    assert may_begin(pair)
