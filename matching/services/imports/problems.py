"""What is wrong with a participants file, and where."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """`row` as a spreadsheet numbers it, the header being 1; `column` is empty for a whole row."""

    row: int
    column: str
    problem: str


class FileRefused(Exception):
    """A file that is no list of people at all; carries its problems, and columns that it lacks."""

    def __init__(self, *problems: Problem, lacks: tuple[str, ...] = ()) -> None:
        self.problems = problems
        self.lacks = lacks
        super().__init__("; ".join(problem.problem for problem in problems))
