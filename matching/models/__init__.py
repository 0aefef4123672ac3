"""Programmes, the people in them, and the pairs they make."""

from matching.models.pairs import Pair, PairAnswer, PairMove
from matching.models.participants import Expertise, Goal, Participant
from matching.models.programmes import Programme
from matching.models.rounds import Bar, Round, Suggestion
from matching.models.simulations import Simulation

__all__ = [
    "Bar",
    "Expertise",
    "Goal",
    "Pair",
    "PairAnswer",
    "PairMove",
    "Participant",
    "Programme",
    "Round",
    "Simulation",
    "Suggestion",
]
