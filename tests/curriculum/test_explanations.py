"""What people read where the engine gave a code."""

import pytest

from curriculum.enums import UnmetCause
from curriculum.explanations import (
    duration,
    goal_shortfall,
    join_words,
    language_name,
    step_reason,
    step_sentence,
)
from curriculum.models import PlanStep, UnmetGoal

CASES = [
    (
        UnmetCause.GUIDE_LEVEL,
        {"guide": 4},
        "The next track for this leads to level 4, and Amira is at 2. You asked for 4.",
        "Someone at level 4 could go on from there.",
    ),
    (
        UnmetCause.GUIDE_LEVEL,
        {"guide": 2},
        "When the plan was made, Amira did not hold all that the next track for this teaches."
        " You asked for 4.",
        "Someone at level 2 could go on from there.",
    ),
    (
        UnmetCause.GUIDE_LEVEL,
        {},
        "Amira does not hold the level this is taught at. You asked for 4.",
        "A second mentor who is further on.",
    ),
    (
        UnmetCause.NO_TIME,
        {"minutes": 80, "sessions": 0},
        "The plan ends at level 3. You asked for 4. It would take 80 minutes more.",
        "Ask your coordinator whether there is room for it.",
    ),
    (
        UnmetCause.NO_TIME,
        {"minutes": 60, "sessions": 1},
        "The plan ends at level 3. You asked for 4."
        " It would take 60 minutes more and 1 session more.",
        "Ask your coordinator whether there is room for it.",
    ),
    (
        UnmetCause.NO_TIME,
        {},
        "The plan ends at level 3. You asked for 4."
        " It would take more than twice the time there is.",
        "A longer programme, or a smaller goal.",
    ),
    (
        UnmetCause.OUTWEIGHED,
        {},
        "The plan ends at level 3. You asked for 4. In the same time other goals gain more.",
        "More time, or giving this goal more weight than the others.",
    ),
    (
        UnmetCause.EXCLUDED,
        {"tracks": ["t1", "gone"]},
        "The track that leads further was ruled out for this pair. You asked for 4.",
        "Taking “Ask your data” back in.",
    ),
    (
        UnmetCause.LANGUAGE,
        {"languages": ["fr", "de"]},
        "No track in a shared language leads past level 3. You asked for 4.",
        "There is one in French or German.",
    ),
    (
        UnmetCause.NO_TRACK,
        {},
        "There is no track past level 3 yet. You asked for 4.",
        "A track on it; the editors see that it is missing. Until then, talk about it when you"
        " meet.",
    ),
]


@pytest.mark.parametrize(("cause", "detail", "reason", "change"), CASES)
def test_a_goal_that_is_missed_says_why_and_what_would_change_that(
    cause: UnmetCause, detail: dict[str, object], reason: str, change: str
) -> None:
    goal = UnmetGoal(skill="Databases", reached=3, target=4, cause=cause, detail=detail)

    told = goal_shortfall(goal, "Amira", {"t1": "Ask your data"}, held={"Databases": 2})

    assert (told.reason, told.change) == (reason, change)


def test_every_cause_of_the_engine_has_its_words() -> None:
    assert {case[0] for case in CASES} == set(UnmetCause)


def test_a_coordinator_reads_of_the_mentee_by_name() -> None:
    goal = UnmetGoal(skill="Databases", reached=0, target=4, cause="guide_level", detail={})

    told = goal_shortfall(goal, "Amira", {}, learner="Basil")

    assert told.reason == ("Amira does not hold the level this is taught at. Basil asked for 4.")


def test_a_goal_that_nobody_began_is_begun_by_someone_else() -> None:
    goal = UnmetGoal(
        skill="Databases", reached=0, target=4, cause="guide_level", detail={"guide": 2}
    )

    told = goal_shortfall(goal, "Amira", {}, held={"Reports": 5})

    assert told.reason == (
        "The next track for this leads to level 2, and Amira is at 0. You asked for 4."
    )
    assert told.change == "Someone at level 2 could begin it."


def test_a_step_says_which_goal_it_lifts_and_why_it_stands_there() -> None:
    gains = [
        {"skill": "Databases", "from": 1, "to": 3},
        {"skill": "Programming", "from": 0, "to": 1},
    ]
    step = PlanStep(gains=gains, serves=["Databases"], supports=["Questions to figures"])

    told = step_sentence(step, "", {"Databases": 3})
    assert told == "Lifts Databases from level 1 to 3, as you asked for."
    reason = step_reason(step, 1)
    assert "comes before “Questions to figures”" in reason
    assert "also lifts Programming" in reason


def test_a_step_that_serves_no_goal_opens_the_way() -> None:
    step = PlanStep(gains=[{"skill": "Programming", "from": 0, "to": 1}], serves=[], supports=[])

    assert "opens the way" in step_sentence(step, "Basil", {})


def test_a_step_that_ends_elsewhere_than_the_goal_says_what_was_asked_for() -> None:
    gains = [{"skill": "Databases", "from": 1, "to": 3}, {"skill": "Reports", "from": 0, "to": 2}]
    one = PlanStep(gains=gains[:1], serves=["Databases"], supports=[])
    both = PlanStep(gains=gains, serves=["Databases", "Reports"], supports=[])
    targets = {"Databases": 2, "Reports": 2}

    assert step_sentence(one, "", targets) == (
        "Lifts Databases from level 1 to 3; you asked for 2."
    )
    assert step_sentence(one, "Basil", {"Databases": 4}) == (
        "Lifts Databases from level 1 to 3; Basil asked for 4."
    )
    assert step_sentence(both, "Basil", targets) == (
        "Lifts Databases from level 1 to 3 (Basil asked for 2) and Reports from level 0 to 2."
    )


def test_a_step_on_the_way_says_where_the_way_leads() -> None:
    gains = [{"skill": "Databases", "from": 0, "to": 2}, {"skill": "Reports", "from": 0, "to": 2}]
    one = PlanStep(gains=gains[:1], serves=["Databases"], supports=[])
    both = PlanStep(gains=gains, serves=["Databases", "Reports"], supports=[])
    targets = {"Databases": 4, "Reports": 2}

    assert step_sentence(one, "", targets, {"Databases"}) == (
        "Lifts Databases from level 0 to 2, on the way to the 4 you asked for."
    )
    assert step_sentence(one, "Basil", targets, {"Databases"}) == (
        "Lifts Databases from level 0 to 2, on the way to the 4 that Basil asked for."
    )
    assert step_sentence(both, "", targets, {"Databases"}) == (
        "Lifts Databases from level 0 to 2 (on the way to the 4 you asked for)"
        " and Reports from level 0 to 2."
    )
    # A later step goes on, but this one is past what was asked for.
    assert step_sentence(one, "", {"Databases": 1}, {"Databases"}) == (
        "Lifts Databases from level 0 to 2; you asked for 1."
    )


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(1, "1 minute"), (45, "45 minutes"), (60, "1 hour"), (120, "2 hours"), (200, "3 h 20 min")],
)
def test_time_is_said_as_people_say_it(minutes: int, words: str) -> None:
    assert duration(minutes) == words


def test_words_are_joined_as_in_a_sentence() -> None:
    assert join_words([]) == ""
    assert join_words(["a", "b", "c"]) == "a, b and c"
    assert language_name("xx-nowhere") == "xx-nowhere"
