"""What editors write, as Wagtail pages below one training root."""

from training.models.base import TrainingPage, TrainingRootPage
from training.models.modules import ModulePage
from training.models.session_plans import SessionPlanPage
from training.models.sources import LibrarySource
from training.models.topics import TopicPage
from training.models.tracks import TrackItem, TrackOutcome, TrackPage, TrackPrerequisite

__all__ = [
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
