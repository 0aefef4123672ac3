"""What the rooms above ask training for."""

from training.queries.content import content_hash
from training.queries.quizzes import read_quiz
from training.queries.tracks import ItemFacts, TrackFacts, live_tracks, topic_tracks, track_facts

__all__ = [
    "ItemFacts",
    "TrackFacts",
    "content_hash",
    "live_tracks",
    "read_quiz",
    "topic_tracks",
    "track_facts",
]
