"""A module's quiz, read from its blocks into plain values."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from training.grading import Choice, Kind, Question, Quiz
from training.models import ModulePage


def read_quiz(page: ModulePage) -> Quiz:
    """The quiz of a live page or a draft, with its answers: for grading, not for templates.

    Keys are the ids of the blocks, so that they stay while an editor changes the order.
    """
    questions = tuple(
        read_question(child.block_type, child.value, child.id or f"question-{place}")
        for place, child in enumerate(page.quiz)
    )
    return Quiz(questions, page.pass_mark or 0)


def read_question(kind: Kind, value: Any, key: str) -> Question:
    """One question from the value of its block; an unfinished one simply has no right answer."""
    number = value.get("answer") if kind == "number" else None
    return Question(
        key=key,
        kind=kind,
        text=value.get("question") or "",
        feedback=value.get("feedback") or "",
        choices=_read_choices(kind, value),
        number=None if number is None else Decimal(str(number)),
        tolerance=Decimal(str(value.get("tolerance") or 0)),
        unit=value.get("unit") or "",
        accepted=tuple(text for text in value.get("accepted") or () if text),
    )


def _read_choices(kind: Kind, value: Any) -> tuple[Choice, ...]:
    if kind == "true_false":
        words = {"true": _("True"), "false": _("False")}
        return tuple(
            Choice(key, word, is_right=value.get("answer") == key) for key, word in words.items()
        )
    if kind not in ("single_choice", "multiple_choice"):
        return ()
    return tuple(
        Choice(
            child.id or f"choice-{place}",
            child.value.get("text") or "",
            bool(child.value.get("is_right")),
            child.value.get("feedback") or "",
        )
        for place, child in enumerate(value["choices"].bound_blocks)
    )
