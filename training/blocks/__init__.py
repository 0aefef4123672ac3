"""The blocks that training is written in."""

from training.blocks.body import BodyBlock
from training.blocks.quiz import QuizBlock
from training.blocks.sessions import AgendaBlock, CommitmentListBlock
from training.blocks.sources import SourceListBlock

__all__ = ["AgendaBlock", "BodyBlock", "CommitmentListBlock", "QuizBlock", "SourceListBlock"]
