"""A person's answers to the quiz of a module."""

from dataclasses import dataclass
from typing import Any

from curriculum.models import QuizAttempt
from portal.models import User
from training.models import ModulePage
from training.queries import content_hash, read_quiz

# From this attempt on a person is told the right answers: a quiz is there to learn by.
ATTEMPTS_BEFORE_THE_ANSWERS = 3


@dataclass(frozen=True)
class QuizStanding:
    """How a person stands with a module's quiz: the last answering of the quiz as it is now."""

    last: QuizAttempt | None
    attempts: int
    is_passed: bool

    @property
    def tells_answers(self) -> bool:
        """Whether the right answers may be shown. Before grading and after a first failure: no.

        Who has passed, or has failed three times, learns more from the answer than from guessing.
        """
        if self.last is None:
            return False
        return self.last.is_passed or self.attempts >= ATTEMPTS_BEFORE_THE_ANSWERS


def quiz_standing(person: User, module: ModulePage) -> QuizStanding:
    """One query; an attempt at an older text of the quiz counts as passed, but is not shown."""
    attempts = list(
        QuizAttempt.objects.filter(person=person, module_key=module.translation_key)[:50]
    )
    current = content_hash(module)
    shown = [attempt for attempt in attempts if attempt.content_hash == current]
    return QuizStanding(
        last=shown[0] if shown else None,
        attempts=len(shown),
        is_passed=any(attempt.is_passed for attempt in attempts),
    )


def has_passed(person: User, module: ModulePage) -> bool:
    """Whether any attempt at this module's quiz was passed, in whatever revision."""
    return QuizAttempt.objects.filter(
        person=person, module_key=module.translation_key, is_passed=True
    ).exists()


@dataclass(frozen=True)
class AskedChoice:
    """An answer to tick; `told` is what there is to say to somebody who chose it."""

    key: str
    text: str
    is_chosen: bool
    told: str = ""


@dataclass(frozen=True)
class AskedQuestion:
    """A question as it may be shown: never an answer that has not been earned.

    `verdict` is "" before grading, then "right", "wrong" or "blank"; `typed` what was written last.
    """

    number: int
    key: str
    kind: str
    text: str
    unit: str
    choices: tuple[AskedChoice, ...]
    typed: str
    verdict: str
    feedback: str
    answer: tuple[str, ...]


def asked_questions(module: ModulePage, standing: QuizStanding) -> list[AskedQuestion]:
    """The questions, with what may be said about the last answers.

    Of a wrong answer one hears what was said to the choice one made, not the solution: that
    comes with a pass, or with the third attempt.
    """
    last = standing.last
    graded = {row["key"]: row for row in last.result["questions"]} if last else {}
    given = last.answers if last else {}
    return [
        _asked(number, question, graded.get(question.key), given.get(question.key, []), standing)
        for number, question in enumerate(read_quiz(module).asked().questions, start=1)
    ]


def _verdict(is_right: bool, given: list[str]) -> str:
    if is_right:
        return "right"
    return "wrong" if any(answer.strip() for answer in given) else "blank"


def _asked(
    number: int,
    question: Any,
    graded: Any,
    given: list[str],
    standing: QuizStanding,
) -> AskedQuestion:
    is_right = bool(graded and graded["is_right"])
    may_tell = graded is not None and (is_right or standing.tells_answers)
    told = {r["text"]: r["feedback"] for r in graded["remarks"] if r["is_chosen"]} if graded else {}
    return AskedQuestion(
        number=number,
        key=question.key,
        kind=question.kind,
        text=question.text,
        unit=question.unit,
        choices=tuple(
            AskedChoice(c.key, c.text, c.key in given, told.get(c.text, ""))
            for c in question.choices
        ),
        typed=given[0] if given and not question.choices else "",
        verdict=_verdict(is_right, given) if graded is not None else "",
        feedback=graded["feedback"] if may_tell else "",
        answer=tuple(graded["answer"]) if may_tell and not is_right else (),
    )
