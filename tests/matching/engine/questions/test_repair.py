"""New partners for the two of a pair that came apart, with the fewest standing pairs changed."""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from random import Random
from time import perf_counter

import pytest

from matching.engine import Choice, Step, repair, repaired, solve
from tests.matching.engine.checker import Facts
from tests.matching.engine.people import by_table, some_problem
from tests.matching.engine.questions.asking import Entry, Json, read

Pairs = tuple[tuple[str, str], ...]


def asked_after(table: dict[str, str], standing: Json, broken: list[str], **rest: object) -> Json:
    """A problem in which `standing` pairs are locked, and the broken one is barred."""
    learners = [f"n{k}" for k in range(len(next(iter(table.values()))))]
    capacity = rest.pop("capacity", {})
    asked = by_table(
        table,
        {id: capacity.get(id, 1) for id in table},
        {id: capacity.get(id, 1) for id in learners},
        **rest,
    )
    return asked | {"locked": standing, "forbidden": [*asked["forbidden"], broken]}


def steps_of(asked: Json, freed: list[str | None]) -> tuple[Step, ...]:
    return repair(read(asked), (freed[0], freed[1]))


def shown(choice: Choice) -> tuple[Pairs, Pairs]:
    return tuple((x.mentor, x.mentee) for x in choice.broken), tuple(
        (x.mentor, x.mentee) for x in choice.made
    )


def test_whoever_is_free_is_found_without_touching_a_pair() -> None:
    asked = asked_after({"m0": "48", "m1": "67"}, [], ["m0", "n0"])
    (step,) = steps_of(asked, ["m0", "n0"])
    assert (step.changes, step.choices[0].outcome.count) == (0, 2)
    assert shown(step.choices[0]) == ((), (("m0", "n1"), ("m1", "n0")))


def test_two_pairs_change_places() -> None:
    """M0 and N0 came apart and nobody is free; M1 and N1 are as happy with them."""
    asked = asked_after({"m0": "48", "m1": "78"}, [["m1", "n1"]], ["m0", "n0"])
    (step,) = steps_of(asked, ["m0", "n0"])
    (choice,) = step.choices
    assert step.changes == 1
    assert shown(choice) == ((("m1", "n1"),), (("m0", "n1"), ("m1", "n0")))
    assert (choice.outcome.count, choice.outcome.worst, choice.outcome.total) == (1, 7000, 7000)
    (m0, m1, n0, n1) = choice.people
    assert (m0.before, [tie.partner for tie in m0.after]) == ((), ["n1"])
    assert [(t.partner, t.score) for t in (*m1.before, *m1.after)] == [("n1", 8000), ("n0", 7000)]
    assert [(t.partner, t.score) for t in (*n1.before, *n1.after)] == [("m1", 8000), ("m0", 8000)]
    assert (n0.id, n0.side) == ("n0", "mentee")


def test_three_pairs_change_places_where_two_cannot() -> None:
    table = {"m0": ".5.", "m1": ".55", "m2": "5.5"}
    asked = asked_after(table, [["m1", "n1"], ["m2", "n2"]], ["m0", "n0"])
    (step,) = steps_of(asked, ["m0", "n0"])
    assert step.changes == 2
    assert shown(step.choices[0]) == (
        (("m1", "n1"), ("m2", "n2")),
        (("m0", "n1"), ("m1", "n2"), ("m2", "n0")),
    )


def test_a_step_that_gains_nothing_is_not_offered() -> None:
    table = {"m0": "599", "m1": "955", "m2": "555"}
    asked = asked_after(table, [["m2", "n2"]], ["m0", "n0"])
    assert [step.changes for step in steps_of(asked, ["m0", "n0"])] == [0]


def test_whoever_is_freed_alone_finds_a_partner_too() -> None:
    """N0 can have M1 once somebody else takes N1 on."""
    table = {"m1": "77", "m2": ".6"}
    asked = asked_after(table, [["m1", "n1"]], ["m2", "n0"])
    (step,) = steps_of(asked, [None, "n0"])
    assert shown(step.choices[0]) == ((("m1", "n1"),), (("m1", "n0"), ("m2", "n1")))
    alone = asked | {"mentors": asked["mentors"][:1], "forbidden": []}
    assert steps_of(alone, [None, "n0"]) == ()


def test_only_pairs_that_may_be_broken_are() -> None:
    asked = read(asked_after({"m0": "48", "m1": "78"}, [["m1", "n1"]], ["m0", "n0"]))
    assert repair(asked, ("m0", "n0"), breakable=[]) == ()


@pytest.mark.parametrize("objective", ["fair", "total"])
@pytest.mark.parametrize("cells", ["123456789", "1119....", "55....", "345......"])
def test_no_choice_of_a_handful_is_better(objective: str, cells: str) -> None:
    draw = Random(f"{objective} {cells}")
    for _ in range(60):
        asked, freed = _some_broken(draw, cells, objective)
        posed, best = read(asked), (0, 0, 0)
        expected = _best_by_changes(asked, freed)
        offered = {step.changes: step for step in repair(posed, (freed[0], freed[1]))}
        for changes in range(3):
            reached = expected.get(changes)
            gains = reached is not None and _aims(reached, objective) > _aims(best, objective)
            assert (changes in offered) == gains, (asked, freed, changes)
            if reached is None or not gains:
                continue
            step = offered[changes]
            assert (step.before.count, step.before.worst or 0, step.before.total) == best
            for choice in step.choices:
                broken, made = shown(choice)
                found = _outcome(Facts(asked), broken, made)
                assert (choice.outcome.count, choice.outcome.worst, choice.outcome.total) == found
                assert _is_a_choice(asked, freed, broken, made)
                assert _aims(found, objective) > _aims(best, objective)
                solve(repaired(posed, choice))
            first = step.choices[0].outcome
            assert _aims((first.count, first.worst or 0, first.total), objective) == _aims(
                reached, objective
            )
            best = reached


def _some_broken(draw: Random, cells: str, objective: str) -> tuple[Json, list[str | None]]:
    mentors, mentees = draw.randint(1, 4), draw.randint(1, 4)
    table = {f"m{k}": "".join(draw.choice(cells) for _ in range(mentees)) for k in range(mentors)}
    capacity = {
        f"{side}{k}": draw.choice([1, 1, 1, 2])
        for side, people in (("m", mentors), ("n", mentees))
        for k in range(people)
    }
    freed: list[str | None] = ["m0", "n0"]
    room = Counter(capacity)
    room.subtract(freed)
    pairs = [(m, f"n{k}") for m, row in table.items() for k, cell in enumerate(row) if cell != "."]
    standing = []
    for m, n in draw.sample(pairs, min(len(pairs), draw.randint(1, 4))):
        if room[m] and room[n] and (m, n) != ("m0", "n0"):
            standing.append([m, n])
            room.subtract([m, n])
    if draw.random() < 0.2:
        freed[draw.randint(0, 1)] = None
    asked = asked_after(table, standing, ["m0", "n0"], capacity=capacity, objective=objective)
    return asked, freed


def _aims(reached: tuple[int, int, int], objective: str) -> tuple[int, ...]:
    return reached if objective == "fair" else (reached[0], reached[2])


def _outcome(facts: Facts, broken: Pairs, made: Pairs) -> tuple[int, int, int]:
    scores = [facts.score(*pair) for pair in made]
    return (
        len(made) - len(broken),
        min(scores),
        sum(scores) - sum(facts.score(*pair) for pair in broken),
    )


def _best_by_changes(asked: Json, freed: list[str | None]) -> dict[int, tuple[int, int, int]]:
    """By trying every set of pairs to break and every set of pairs to make."""
    facts, best = Facts(asked), {}
    candidates = sorted(facts.candidates())
    for changes in range(3):
        for broken in combinations(facts.locked, changes):
            touched = {*freed, *(id for pair in broken for id in pair)}
            near = [pair for pair in candidates if touched & set(pair)]
            for size in range(1, changes + 3):
                for made in combinations(near, size):
                    if _is_a_choice(asked, freed, broken, made):
                        found = _outcome(facts, broken, made)
                        key = _aims(found, asked["objective"])
                        if changes not in best or key > _aims(best[changes], asked["objective"]):
                            best[changes] = found
    return best


def _is_a_choice(asked: Json, freed: list[str | None], broken: Pairs, made: Pairs) -> bool:
    """Whether the new pairs fall into chains, every broken pair in one that begins at the freed
    mentor or ends at the freed mentee."""
    facts = Facts(asked)
    return any(
        _has_room(facts, freed, ends) for ends in _chains(freed, list(broken), list(made), [])
    )


def _chains(
    freed: list[str | None], broken: list[Entry], made: list[Entry], ends: list[str]
) -> Iterator[list[str]]:
    """Every way to take the new pairs apart into such chains: who stands at the ends of them."""
    if not made:
        if not broken:
            yield ends
        return
    for first in made:
        begin = "a" if first[0] == freed[0] else f"x {first[0]}"
        rest = [pair for pair in made if pair != first]
        for last, left, kept in _walks(first[1], broken, rest):
            end = "b" if last == freed[1] else f"y {last}"
            is_one = (begin == "a" or end == "b") and not {"a", "b"} & {begin, end} & set(ends)
            if is_one:
                yield from _chains(freed, left, kept, [*ends, begin, end])


def _walks(
    mentee: str, broken: list[Entry], made: list[Entry]
) -> Iterator[tuple[str, list[Entry], list[Entry]]]:
    """Where a chain that has come to this mentee can end, and what it leaves."""
    yield mentee, broken, made
    for pair in broken:
        for following in made:
            if pair[1] == mentee and following[0] == pair[0]:
                left = [other for other in broken if other != pair]
                kept = [other for other in made if other != following]
                yield from _walks(following[1], left, kept)


def _has_room(facts: Facts, freed: list[str | None], ends: list[str]) -> bool:
    """Whether chains begin and end at people with a free place, besides the freed two."""
    mentors, mentees = facts.room()
    for end in ends:
        if end[0] == "x":
            mentors[end[2:]] -= 1
        if end[0] == "y":
            mentees[end[2:]] -= 1
    if freed[0] in mentors:
        mentors[freed[0]] -= 1
    if freed[1] in mentees:
        mentees[freed[1]] -= 1
    return min(*mentors.values(), *mentees.values()) >= 0


def test_five_hundred_standing_pairs_take_a_second() -> None:
    people = some_problem(3, 520, 520, rules={"minimum_score": 5})
    for side in ("mentors", "mentees"):
        for person in people[side]:
            person["capacity"] = 1
    made = [[p.mentor, p.mentee] for p in solve(read(people)).pairs][:501]
    ended = made.pop()
    asked = people | {"locked": made, "forbidden": [ended]}
    posed = read(asked)
    started = perf_counter()
    steps = repair(posed, (ended[0], ended[1]))
    assert perf_counter() - started < 5
    assert steps
