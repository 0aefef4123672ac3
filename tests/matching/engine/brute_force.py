"""The best choice by trying every one there is; for a handful of people."""

from collections.abc import Iterator

from tests.matching.engine.checker import Facts, Json, aims


def best_aims(problem: Json) -> tuple[int, ...]:
    """What an optimal result reaches, as `aims` gives it."""
    return max(
        aims(problem, {"count": len(c), "worst": min(c, default=None), "total": sum(c)})
        for c in _choices(Facts(problem))
    )


def _choices(facts: Facts) -> Iterator[list[int]]:
    """The scores of every choice that the capacities allow."""
    mentors, mentees = facts.room()
    candidates = list(facts.candidates().items())
    chosen: list[int] = []

    def extend(first: int) -> Iterator[list[int]]:
        yield list(chosen)
        for place in range(first, len(candidates)):
            (mentor, mentee), score = candidates[place]
            if mentors[mentor] and mentees[mentee]:
                mentors[mentor] -= 1
                mentees[mentee] -= 1
                chosen.append(score)
                yield from extend(place + 1)
                chosen.pop()
                mentors[mentor] += 1
                mentees[mentee] += 1

    return extend(0)
