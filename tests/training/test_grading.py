"""Grading, without a database, and that answers stay on the server."""

import dataclasses
import json
from decimal import Decimal
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.http import QueryDict
from django.template.loader import render_to_string
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.training import QUIZ, RIGHT_ANSWERS, WRONG_ANSWERS, ModuleFactory
from training.grading import Choice, Question, Quiz, fold, grade, read_number
from training.queries import read_quiz

SINGLE = Question(
    "one",
    "single_choice",
    "Which?",
    choices=(Choice("a", "A", False, "No."), Choice("b", "B", True)),
)
MULTIPLE = Question(
    "many",
    "multiple_choice",
    "Which ones?",
    feedback="Both.",
    choices=(Choice("a", "A", True), Choice("b", "B", True), Choice("c", "C", False, "Not C.")),
)
TRUE = Question(
    "so",
    "true_false",
    "So?",
    choices=(Choice("true", "True", True), Choice("false", "False", False)),
)
NUMBER = Question("n", "number", "How many?", number=Decimal("12.5"), tolerance=Decimal("0.5"))
SHORT = Question("w", "short_text", "One word?", accepted=("Café crème", "a join"))
ALL = Quiz((SINGLE, MULTIPLE, TRUE, NUMBER, SHORT), pass_mark=75)


@pytest.mark.parametrize(
    ("question", "answer", "is_right"),
    [
        (SINGLE, "b", True),
        (SINGLE, ["b"], True),
        (SINGLE, "a", False),
        (SINGLE, ["a", "b"], False),
        (SINGLE, "B", False),
        (SINGLE, "", False),
        (MULTIPLE, ["a", "b"], True),
        (MULTIPLE, ["b", "a", "a"], True),
        (MULTIPLE, ["a", "b", "unknown"], True),
        (MULTIPLE, ["a"], False),
        (MULTIPLE, ["a", "b", "c"], False),
        (MULTIPLE, [], False),
        (TRUE, "true", True),
        (TRUE, True, True),
        (TRUE, "false", False),
        (TRUE, "True", False),
        (NUMBER, "12.5", True),
        (NUMBER, " 12,5 ", True),
        (NUMBER, "12", True),
        (NUMBER, "13", True),
        (NUMBER, "13.01", False),
        (NUMBER, "12.5 minutes", True),
        (NUMBER, 12.5, True),
        (NUMBER, "twelve", False),
        (NUMBER, "12.5.1", False),
        (NUMBER, "NaN", False),
        (NUMBER, "1e1", False),
        (SHORT, "cafe CREME", True),
        (SHORT, "  Café   crème. ", True),
        (SHORT, "“a join”", True),
        (SHORT, "join", False),
        (SHORT, ".", False),
        (SHORT, "a join" * 1000, False),
    ],
)
def test_one_question(question: Question, answer: Any, is_right: bool) -> None:
    result = grade(Quiz((question,)), {question.key: answer}).questions[0]
    assert result.is_right is is_right
    assert result.points == int(is_right)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,250", "1250"),
        ("1.250", "1.25"),
        ("1.250,5", "1250.5"),
        ("1,250.5", "1250.5"),
        ("1 250", "1250"),
        ("1'250", "1250"),
        ("−3", "-3"),
        ("+3", "3"),
        ("15 %", "15"),
        ("£15", None),
        ("3 or 4", None),
        ("", None),
    ],
)
def test_numbers_as_people_write_them(text: str, number: str | None) -> None:
    assert read_number(text) == (None if number is None else Decimal(number))


@pytest.mark.parametrize(
    ("right", "pass_mark", "is_passed", "per_cent"),
    [
        (3, 75, True, 75),
        (2, 75, False, 50),
        (0, 0, True, 0),
        (3, 76, False, 75),
        (4, 100, True, 100),
    ],
)
def test_the_pass_mark(right: int, pass_mark: int, is_passed: bool, per_cent: int) -> None:
    questions = tuple(dataclasses.replace(TRUE, key=str(n)) for n in range(4))
    result = grade(Quiz(questions, pass_mark), {str(n): "true" for n in range(right)})
    assert (result.is_passed, result.per_cent) == (is_passed, per_cent)
    assert (result.points, result.points_in_all) == (right, 4)


def test_a_quiz_without_questions_is_passed() -> None:
    assert grade(Quiz((), 75), {}).is_passed


def test_feedback_speaks_of_what_was_chosen() -> None:
    result = grade(ALL, {"many": ["a", "c"]}).questions[1]
    assert result.feedback == "Both."
    assert [(r.text, r.is_chosen, r.feedback) for r in result.remarks] == [
        ("A", True, ""),
        ("B", False, ""),
        ("C", True, "Not C."),
    ]


ATOMS = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(max_size=9)
JUNK = ATOMS | st.lists(ATOMS, max_size=4) | st.dictionaries(st.text(), ATOMS, max_size=3)
# The two cores of a small machine are often busy: how long it takes is not what is tested here.
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@PATIENT
@given(st.dictionaries(st.sampled_from(["one", "many", "so", "n", "w", "else"]), JUNK) | JUNK)
def test_nothing_that_is_sent_makes_it_raise(answers: Any) -> None:
    result = grade(ALL, answers)
    assert 0 <= result.points <= result.points_in_all == 5
    json.dumps(dataclasses.asdict(result))


@PATIENT
@given(st.text())
def test_comparing_words_settles_at_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("accepted", "given", "is_right"),
    [(";", ";", True), (";", " ; ", True), (";", ".", False), (";", "", False), ("a;", "A", True)],
)
def test_an_answer_may_be_nothing_but_marks(accepted: str, given: str, is_right: bool) -> None:
    question = Question("w", "short_text", "What ends a statement?", accepted=(accepted,))
    assert grade(Quiz((question,)), {"w": given}).is_passed is is_right


@pytest.mark.django_db
def test_a_page_quiz_is_read_and_graded() -> None:
    quiz = read_quiz(ModuleFactory())
    assert grade(quiz, RIGHT_ANSWERS).is_passed
    assert not grade(quiz, WRONG_ANSWERS).is_passed
    form = QueryDict("&".join(f"{key}={value}" for key, value in RIGHT_ANSWERS.items()))
    assert grade(quiz, form).points == 2


@pytest.mark.django_db
def test_what_a_browser_gets_before_answering_holds_no_answers() -> None:
    quiz = read_quiz(ModuleFactory()).asked()
    page = render_to_string("training/_quiz_questions.html", {"quiz": quiz})
    fields = BeautifulSoup(page, "html.parser").select("input")
    assert [field["value"] for field in fields] == [
        *(choice["id"] for choice in QUIZ[0]["value"]["choices"]),
        "true",
        "false",
    ]
    for secret in ("Not quite.", "Yes.", "Ask what one row is.", "It moves them.", "right"):
        assert secret not in page
    assert "is_right" not in json.dumps(dataclasses.asdict(quiz))
    assert not any(field.has_attr("checked") for field in fields)


@pytest.mark.django_db
def test_the_right_answers_are_told_once_the_quiz_is_passed() -> None:
    quiz = read_quiz(ModuleFactory(pass_mark=50))
    half = {**WRONG_ANSWERS, QUIZ[1]["id"]: "false"}
    failed = grade(dataclasses.replace(quiz, pass_mark=75), half)
    told = "A product in an order"
    assert told not in render_to_string("training/_quiz_result.html", {"result": failed})
    passed = grade(quiz, half)
    assert told in render_to_string("training/_quiz_result.html", {"result": passed})
