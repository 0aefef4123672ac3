"""What is wrong with a participants file, and where."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """`row` as a spreadsheet numbers it, the header being 1; `column` is empty for a whole row."""

    row: int
    column: str
    problem: str


class FileRefused(Exception):
    """A file that cannot be read as a table at all; carries its problems."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("; ".join(problem.problem for problem in problems))
