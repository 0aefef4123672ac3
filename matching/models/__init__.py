"""Programmes, the people in them, and the pairs they make."""

from matching.models.decisions import Decision
from matching.models.pairs import Pair, PairAnswer, PairMove
from matching.models.participants import Expertise, Goal, Participant
from matching.models.programmes import Programme
from matching.models.rounds import Bar, LeftOver, Lock, Round, Suggestion
from matching.models.simulations import Simulation

__all__ = [
    "Bar",
    "Decision",
    "Expertise",
    "Goal",
    "LeftOver",
    "Lock",
    "Pair",
    "PairAnswer",
    "PairMove",
    "Participant",
    "Programme",
    "Round",
    "Simulation",
    "Suggestion",
]
