"""What editors write, as Wagtail pages below one training root."""

from training.models.base import TrainingPage, TrainingRootPage
from training.models.modules import ModulePage
from training.models.session_plans import SessionPlanPage
from training.models.sources import LibrarySkill, LibrarySource
from training.models.topics import TopicPage
from training.models.tracks import TrackItem, TrackOutcome, TrackPage, TrackPrerequisite

PAGE_TYPES: tuple[type[TrainingPage], ...] = (
    TrainingRootPage,
    TopicPage,
    TrackPage,
    ModulePage,
    SessionPlanPage,
)

__all__ = [
    "PAGE_TYPES",
    "LibrarySkill",
    "LibrarySource",
    "ModulePage",
    "SessionPlanPage",
    "TopicPage",
    "TrackItem",
    "TrackOutcome",
    "TrackPage",
    "TrackPrerequisite",
    "TrainingPage",
    "TrainingRootPage",
]
