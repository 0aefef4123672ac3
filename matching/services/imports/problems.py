"""What is wrong with a participants file, and where."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """`row` as a spreadsheet numbers it, the header being 1; `column` is empty for a whole row."""

    row: int
    column: str
    problem: str


@dataclass(frozen=True, slots=True)
class Offer:
    """Another way to read the file, and what the cell that cannot be read would say then."""

    encoding: str
    sample: str


class FileRefused(Exception):
    """A file that is no list of people at all; carries its problems, and columns that it lacks."""

    def __init__(
        self, *problems: Problem, lacks: tuple[str, ...] = (), offer: Offer | None = None
    ) -> None:
        self.problems = problems
        self.lacks = lacks
        self.offer = offer
        super().__init__("; ".join(problem.problem for problem in problems))
