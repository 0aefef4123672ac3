"""A module's file → the field values of its page."""

from typing import Any

from training.blocks.quiz import MOST_QUESTIONS
from training.enums import Audience
from training.services.library.blocks import source_blocks, with_ids
from training.services.library.files import SourceFile
from training.services.library.markdown import to_blocks
from training.services.library.reader import Reader

QUESTION_KINDS = ("single", "multiple", "true_or_false", "number", "short_text")


def module_values(head: Reader, file: SourceFile) -> dict[str, Any]:
    quiz = head.mapping("quiz")
    questions = [_read_question(entry) for entry in quiz.mappings("questions", required=False)]
    values = {
        "minutes": head.number("minutes", 1, 240),
        "audience": head.choice("audience", Audience.values, Audience.BOTH),
        "body": with_ids(to_blocks(file.body), f"{file.path}/body"),
        "quiz": with_ids(questions, f"{file.path}/quiz"),
        "pass_mark": quiz.number("pass_mark", 0, 100, 75),
        "sources": source_blocks(head),
    }
    if len(questions) > MOST_QUESTIONS:
        quiz.tell("questions", f"are {len(questions)}; at most {MOST_QUESTIONS} fit.")
    quiz.end()
    return values


def _read_question(entry: Reader) -> dict[str, Any]:
    kinds = [kind for kind in QUESTION_KINDS if kind in entry.data]
    if len(kinds) != 1:
        entry.asked.update(entry.data)
        entry.tell("", f"needs one of {', '.join(QUESTION_KINDS)} with the question.")
        return {"type": "short_text", "value": {}}
    (kind,) = kinds
    value: dict[str, Any] = {
        "question": entry.text(kind).strip(),
        "feedback": entry.text("feedback", required=False).strip(),
    }
    if kind in ("single", "multiple"):
        value["choices"] = _read_choices(entry, kind)
        kind = f"{kind}_choice"
    elif kind == "true_or_false":
        kind, value["answer"] = "true_false", "true" if entry.flag("answer") else "false"
    elif kind == "number":
        value["answer"] = _as_text(entry.decimal("answer"))
        tolerance = entry.decimal("tolerance", 0) or 0
        if tolerance < 0:
            entry.tell("tolerance", "has to be 0 or more.")
        value["tolerance"] = _as_text(tolerance)
        value["unit"] = entry.text("unit", longest=30, required=False)
    else:
        value["accepted"] = entry.texts("accepted", longest=100)
    entry.end()
    return {"type": kind, "value": value}


def _read_choices(entry: Reader, kind: str) -> list[dict[str, Any]]:
    choices: list[dict[str, Any]] = []
    for choice in entry.mappings("choices"):
        choices.append(
            {
                "text": choice.text("text", longest=400),
                "is_right": choice.flag("right", False),
                "feedback": choice.text("feedback", longest=500, required=False),
            }
        )
        choice.end()
    right = sum(bool(choice["is_right"]) for choice in choices)
    if len(choices) < 2:
        entry.tell("choices", "needs at least two answers to choose from.")
    elif kind == "single" and right != 1:
        entry.tell("choices", f"has {right} answers with “right: true”; a single choice needs one.")
    elif right == 0:
        entry.tell("choices", "has no answer with “right: true”.")
    return choices


def _as_text(number: float | int | None) -> str:
    return "0" if number is None else str(number)
