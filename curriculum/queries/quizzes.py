"""A person's answers to the quiz of a module."""

from dataclasses import dataclass

from training.queries import content_hash

from curriculum.models import QuizAttempt
from portal.models import User
from training.models import ModulePage

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
