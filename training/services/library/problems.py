"""What is wrong with a library, in words for whoever writes it."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class LibraryProblem:
    """One thing to mend: the file, where in it (a line or a key, may be empty), what to do."""

    path: str
    where: str
    message: str

    def __str__(self) -> str:
        place = f"{self.path}, {self.where}" if self.where else self.path
        return f"{place}: {self.message}"


class LibraryRefused(Exception):
    """Nothing was changed. Holds every problem that was found, not only the first."""

    def __init__(self, problems: list[LibraryProblem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems
