"""What is right in a quiz, read from the files of the starter library and not from the portal."""

from typing import Any

import yaml
from playwright.sync_api import Locator, Page

from tests.browser.conftest import ROOT

LIBRARY = ROOT / "training" / "library" / "topics"


def questions_of(slug: str) -> list[dict[str, Any]]:
    [file] = LIBRARY.glob(f"*/modules/{slug}.md")
    front = file.read_text(encoding="utf-8").split("\n---", 1)[0].removeprefix("---")
    questions: list[dict[str, Any]] = yaml.safe_load(front)["quiz"]["questions"]
    return questions


def answer_quiz(page: Page, slug: str, *, right: bool = True) -> None:
    """Fill in the quiz of the module that is open; `right` False leaves each answer out."""
    if not right:
        return
    for number, question in enumerate(questions_of(slug)):
        _answer(page.locator(".quiz > li").nth(number), question)


def _answer(place: Locator, question: dict[str, Any]) -> None:
    if "true_or_false" in question:
        place.get_by_label("True" if question["answer"] else "False", exact=True).check()
    elif "choices" in question:
        for choice, box in zip(
            question["choices"],
            place.locator("input[type=radio], input[type=checkbox]").all(),
            strict=True,
        ):
            if choice.get("right"):
                box.check()
    elif "number" in question:
        place.locator("input[type=text]").fill(str(question["answer"]))
    else:
        place.locator("input[type=text]").fill(question["accepted"][0])
