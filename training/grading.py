"""Grades a quiz. Plain Python: frozen dataclasses in, frozen dataclasses out, never an exception.

Each question is worth one point, all or nothing: of a multiple choice every right answer and no
wrong one has to be chosen. So the pass mark can be said in plain words ("three of four"), and
ticking everything earns nothing. People may try again; what helps them is the feedback.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

Kind = Literal["single_choice", "multiple_choice", "true_false", "number", "short_text"]

#: Longer answers are cut before they are looked at.
LONGEST_ANSWER = 400
MOST_ANSWERS = 50


@dataclass(frozen=True)
class Choice:
    """One answer to choose; `key` is what a form sends."""

    key: str
    text: str
    is_right: bool
    feedback: str = ""


@dataclass(frozen=True)
class Question:
    """A question with its answers: `choices` for the three kinds with choices, else the rest."""

    key: str
    kind: Kind
    text: str
    feedback: str = ""
    choices: tuple[Choice, ...] = ()
    number: Decimal | None = None
    tolerance: Decimal = Decimal(0)
    unit: str = ""
    accepted: tuple[str, ...] = ()


@dataclass(frozen=True)
class Quiz:
    """Questions in order; `pass_mark` in per cent of the points. Never hand this to a template."""

    questions: tuple[Question, ...]
    pass_mark: int = 75

    @property
    def points_needed(self) -> int:
        """The fewest right answers that pass."""
        return -(-self.pass_mark * len(self.questions) // 100)

    def asked(self) -> "AskedQuiz":
        """What may be shown before answering: no right answers, no feedback."""
        questions = tuple(
            AskedQuestion(
                key=question.key,
                kind=question.kind,
                text=question.text,
                unit=question.unit,
                choices=tuple(AskedChoice(c.key, c.text) for c in question.choices),
            )
            for question in self.questions
        )
        return AskedQuiz(questions, self.points_needed)


@dataclass(frozen=True)
class AskedChoice:
    key: str
    text: str


@dataclass(frozen=True)
class AskedQuestion:
    key: str
    kind: Kind
    text: str
    unit: str = ""
    choices: tuple[AskedChoice, ...] = ()


@dataclass(frozen=True)
class AskedQuiz:
    questions: tuple[AskedQuestion, ...]
    points_needed: int

    @property
    def points(self) -> int:
        return len(self.questions)


@dataclass(frozen=True)
class Remark:
    """An answer that was chosen, or should have been, and what there is to say about it."""

    text: str
    is_right: bool
    is_chosen: bool
    feedback: str = ""


@dataclass(frozen=True)
class QuestionResult:
    """`given` is what the person answered, in words; `answer` the right one, in words."""

    key: str
    kind: Kind
    text: str
    is_right: bool
    points: int
    given: tuple[str, ...]
    answer: tuple[str, ...]
    remarks: tuple[Remark, ...]
    feedback: str


@dataclass(frozen=True)
class QuizResult:
    """`per_cent` is rounded down, so that it never shows the pass mark to one who is below it."""

    questions: tuple[QuestionResult, ...]
    points: int
    points_in_all: int
    points_needed: int
    per_cent: int
    is_passed: bool


def grade(quiz: Quiz, answers: Mapping[str, Any]) -> QuizResult:
    """Grades `answers`: {question key: value or values}, as a form or JSON may bring them.

    Anything may be missing, unknown or nonsense; it is then simply not right. A quiz without
    questions is passed.
    """
    results = tuple(_grade_question(q, _read_values(answers, q.key)) for q in quiz.questions)
    points, in_all = sum(result.points for result in results), len(results)
    return QuizResult(
        questions=results,
        points=points,
        points_in_all=in_all,
        points_needed=quiz.points_needed,
        per_cent=points * 100 // in_all if in_all else 100,
        is_passed=points >= quiz.points_needed,
    )


def _read_values(answers: Any, key: str) -> tuple[str, ...]:
    """The values under `key` as texts, from a plain mapping or one with several a key."""
    try:
        found = answers.getlist(key) if hasattr(answers, "getlist") else answers.get(key)
    except (AttributeError, KeyError, TypeError, ValueError):
        return ()
    if found is None:
        return ()
    if isinstance(found, str) or not isinstance(found, Iterable):
        found = [found]
    values = []
    for value in list(found)[:MOST_ANSWERS]:
        if isinstance(value, bool):
            values.append("true" if value else "false")
        elif isinstance(value, str | int | float | Decimal):
            values.append(_plain_text(str(value)[:LONGEST_ANSWER]))
    return tuple(value for value in values if value)


def _grade_question(question: Question, values: tuple[str, ...]) -> QuestionResult:
    if question.choices:
        return _grade_choices(question, values)
    given = values[:1]
    if question.kind == "number":
        is_right = bool(given) and is_near(given[0], question.number, question.tolerance)
        answer: tuple[str, ...] = (_say_number(question.number, question.unit),)
    else:
        accepted = {fold(text) for text in question.accepted} - {""}
        is_right = bool(given) and fold(given[0]) in accepted
        answer = question.accepted
    return _result(question, is_right, given, answer, ())


def _grade_choices(question: Question, values: tuple[str, ...]) -> QuestionResult:
    known = {choice.key for choice in question.choices}
    chosen = {value for value in values if value in known}
    right = {choice.key for choice in question.choices if choice.is_right}
    remarks = tuple(
        Remark(c.text, c.is_right, c.key in chosen, c.feedback if c.key in chosen else "")
        for c in question.choices
        if c.is_right or c.key in chosen
    )
    return _result(
        question,
        bool(right) and chosen == right,
        tuple(c.text for c in question.choices if c.key in chosen),
        tuple(c.text for c in question.choices if c.is_right),
        remarks,
    )


def _result(
    question: Question,
    is_right: bool,
    given: tuple[str, ...],
    answer: tuple[str, ...],
    remarks: tuple[Remark, ...],
) -> QuestionResult:
    return QuestionResult(
        key=question.key,
        kind=question.kind,
        text=question.text,
        is_right=is_right,
        points=int(is_right),
        given=given,
        answer=answer,
        remarks=remarks,
        feedback=question.feedback,
    )


def is_near(text: str, number: Decimal | None, tolerance: Decimal) -> bool:
    """Whether `text` says `number`, give or take `tolerance`."""
    said = read_number(text)
    return said is not None and number is not None and abs(said - number) <= abs(tolerance)


def read_number(text: str) -> Decimal | None:
    """The number that people write as 12, 12.5, 12,5, 1,250, 1.250,5 or 12.5 %; else None.

    One separator before exactly three digits is read as thousands only when a comma does it:
    “1,250” is 1250, “1.250” is 1.25, as in the language of this house.
    """
    found = re.fullmatch(r"([+-]?[0-9][0-9.,\s']*)\D{0,20}", _plain_text(text)[:40])
    if not found:
        return None
    digits = re.sub(r"[\s']", "", found[1]).rstrip(".,")
    if "," in digits and "." in digits:
        thousands, point = (",", ".") if digits.rfind(".") > digits.rfind(",") else (".", ",")
        digits = digits.replace(thousands, "").replace(point, ".")
    elif re.fullmatch(r"[+-]?[0-9]{1,3}(,[0-9]{3})+", digits):
        digits = digits.replace(",", "")
    else:
        digits = digits.replace(",", ".")
    try:
        return Decimal(digits)
    except InvalidOperation:
        return None


def fold(text: str) -> str:
    """`text` without capitals, accents, outer marks and extra blanks, for comparing."""
    plain = _without_accents(_without_accents(_plain_text(text)).casefold())
    plain = plain.replace("’", "'").replace("‘", "'")
    plain = re.sub(r"\s+", " ", plain).strip()
    # An answer may be nothing but marks: which one ends a statement of SQL?
    return plain.strip(" .,;:!?\"'“”()") or plain


def _without_accents(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def _plain_text(text: str) -> str:
    """Without characters that a database or a page cannot hold, and without outer blanks."""
    kept = (c if c.isprintable() else " " for c in text if not 0xD800 <= ord(c) <= 0xDFFF)
    return unicodedata.normalize("NFC", "".join(kept)).replace("−", "-").strip()


def _say_number(number: Decimal | None, unit: str) -> str:
    if number is None:
        return ""
    said = format(number.normalize(), "f")
    return f"{said} {unit}".strip()
