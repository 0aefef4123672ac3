"""What each pair is to learn, the sessions they hold, and how far each person is."""

from curriculum.models.plans import Plan, PlanItem, PlanStep, UnmetGoal
from curriculum.models.programmes import ProgrammeCurriculum
from curriculum.models.progress import ModuleProgress, PreparationRecord, QuizAttempt
from curriculum.models.sessions import (
    Commitment,
    PreparationWaiver,
    Session,
    SessionNote,
    SessionRating,
)

__all__ = [
    "Commitment",
    "ModuleProgress",
    "Plan",
    "PlanItem",
    "PlanStep",
    "PreparationRecord",
    "PreparationWaiver",
    "ProgrammeCurriculum",
    "QuizAttempt",
    "Session",
    "SessionNote",
    "SessionRating",
    "UnmetGoal",
]
