"""Problems that are none: every flaw, each with the path of the value and what is wrong."""

import json
from typing import Any

import pytest

from curriculum.engine import (
    Budget,
    Goal,
    MalformedProblemError,
    Outcome,
    PairProblem,
    Problem,
    Track,
    read_problem,
    validate,
)
from tests.curriculum.engine.problems import Json, pair, small_problem, solved, track


def lines_of(text: str | bytes) -> list[str]:
    """What a caller reads; nothing if the problem is sound."""
    try:
        read_problem(text, "problem.json")
    except MalformedProblemError as refused:
        return str(refused).split("\n")
    return []


def lines_about(problem: Any) -> list[str]:
    return lines_of(json.dumps(problem))


def with_track(**facts: Any) -> Json:
    one = {"id": "a", "outcomes": [{"skill": "ai", "from": 0, "to": 2}], "minutes": 60} | facts
    return {"tracks": [one]}


def with_pair(**facts: Any) -> Json:
    return with_track() | {"pairs": [{"id": "p", "budget": {"minutes": 60}} | facts]}


def without(problem: Json, side: str, key: str) -> Json:
    del problem[side][0][key]
    return problem


@pytest.mark.parametrize(
    "problem",
    [
        {},
        {"tracks": [], "pairs": []},
        with_track(),
        with_pair(),
        with_pair(languages=["", " "], completed=[""], interests=["a", "a"], levels={"ai": ""}),
        with_track(languages=["en", "EN"], order=-3, sessions="", minutes=60.0),
        with_pair(minutes_left={"a": 1}, locked=["a"], excluded=["a"], current=["a"]),
        with_pair(budget={"minutes": 0, "sessions": 0}),
        with_pair(goals={"ai": {"target": 1}, "unheard of": {"target": 5, "weight": 3}}),
        with_track(outcomes=[{"skill": "ai", "from": 0, "to": 1}] * 2),
    ],
)
def test_sound_problems(problem: Json) -> None:
    assert lines_about(problem) == []


A_LEVEL = "must be a whole number from 0 to 5, not"


@pytest.mark.parametrize(
    ("problem", "line"),
    [
        ([], "problem: must be an object, not a list"),
        (None, "problem: must be an object, not null"),
        ({"tracks": {}}, "tracks: must be a list, not an object"),
        ({"pairs": None}, "pairs: must not be null; leave it out instead"),
        ({"paris": []}, "paris: is not known here; known are tracks, pairs"),
        ({"paris": ""}, "paris: is not known here; known are tracks, pairs"),
        ({"tracks": [None]}, "tracks[0]: must not be null; leave it out instead"),
        ({"tracks": [3]}, "tracks[0]: must be an object, not 3"),
        (without(with_track(), "tracks", "id"), "tracks[0].id: is missing"),
        (without(with_track(), "tracks", "outcomes"), "tracks[0].outcomes: is missing"),
        (without(with_track(), "tracks", "minutes"), "tracks[0].minutes: is missing"),
        (with_track(id=""), "tracks[0].id: is missing"),
        (with_track(id=7), "tracks[0].id: must be a text, not 7"),
        (with_track(minutes=0), "tracks[0].minutes: must be a whole number of 1 or more, not 0"),
        (
            with_track(minutes=True),
            "tracks[0].minutes: must be a whole number of 1 or more, not true",
        ),
        (
            with_track(minutes=1.5),
            "tracks[0].minutes: must be a whole number of 1 or more, not 1.5",
        ),
        (
            with_track(minutes="9"),
            'tracks[0].minutes: must be a whole number of 1 or more, not "9"',
        ),
        (
            with_track(sessions=-1),
            "tracks[0].sessions: must be a whole number of 0 or more, not -1",
        ),
        (
            with_track(sessions=False),
            "tracks[0].sessions: must be a whole number of 0 or more, not false",
        ),
        (with_track(order=[]), "tracks[0].order: must be a whole number, not a list"),
        (with_track(order=None), "tracks[0].order: must not be null; leave it out instead"),
        (with_track(self_guided=1), "tracks[0].self_guided: must be true or false, not 1"),
        (with_track(languages="en"), 'tracks[0].languages: must be a list, not "en"'),
        (
            with_track(languages=["en", None]),
            "tracks[0].languages[1]: must not be null; leave it out instead",
        ),
        (with_track(interests=[4]), "tracks[0].interests[0]: must be a text, not 4"),
        (with_track(requires=["b"]), 'tracks[0].requires[0]: no track has the id "b"'),
        (with_track(requires=["a"]), 'tracks[0].requires: goes round in a circle: "a" → "a"'),
        (with_track(outcomes=[]), "tracks[0].outcomes: must name at least one outcome"),
        (with_track(outcomes=[4]), "tracks[0].outcomes[0]: must be an object, not 4"),
        (
            with_track(outcomes=[{"from": 0, "to": 1}]),
            "tracks[0].outcomes[0].skill: is missing",
        ),
        (
            with_track(outcomes=[{"skill": "ai", "to": 1}]),
            "tracks[0].outcomes[0].from: is missing",
        ),
        (
            with_track(outcomes=[{"skill": "ai", "from": 2, "to": 2}]),
            "tracks[0].outcomes[0].to: must be above from (2), not 2",
        ),
        (
            with_track(outcomes=[{"skill": "ai", "from": 5, "to": 5}]),
            "tracks[0].outcomes[0].from: must be a whole number from 0 to 4, not 5",
        ),
        (
            with_track(outcomes=[{"skill": "ai", "from": 0, "to": 6}]),
            "tracks[0].outcomes[0].to: must be a whole number from 1 to 5, not 6",
        ),
        (
            with_track(outcomes=[{"skill": "ai", "from": 0, "to": 1, "x y": 1}]),
            'tracks[0].outcomes[0]["x y"]: is not known here; known are skill, from, to',
        ),
        (without(with_pair(), "pairs", "id"), "pairs[0].id: is missing"),
        (without(with_pair(), "pairs", "budget"), "pairs[0].budget: is missing"),
        (with_pair(budget={}), "pairs[0].budget.minutes: is missing"),
        (
            with_pair(budget={"minutes": -1}),
            "pairs[0].budget.minutes: must be a whole number of 0 or more, not -1",
        ),
        (
            with_pair(budget={"minutes": 1, "sessions": None}),
            "pairs[0].budget.sessions: must not be null; leave it out instead",
        ),
        (with_pair(budget=60), "pairs[0].budget: must be an object, not 60"),
        (with_pair(levels={"ai": 6}), f"pairs[0].levels.ai: {A_LEVEL} 6"),
        (with_pair(levels={"Web apps": -1}), f'pairs[0].levels["Web apps"]: {A_LEVEL} -1'),
        (with_pair(guide={"ai": True}), f"pairs[0].guide.ai: {A_LEVEL} true"),
        (with_pair(guide={"": 1}), 'pairs[0].guide[""]: must have a name'),
        (with_pair(goals={"ai": 3}), "pairs[0].goals.ai: must be an object, not 3"),
        (with_pair(goals={"ai": {}}), "pairs[0].goals.ai.target: is missing"),
        (
            with_pair(goals={"ai": {"target": 0}}),
            "pairs[0].goals.ai.target: must be a whole number from 1 to 5, not 0",
        ),
        (
            with_pair(goals={"ai": {"target": 1, "weight": 4}}),
            "pairs[0].goals.ai.weight: must be a whole number from 1 to 3, not 4",
        ),
        (
            with_pair(minutes_left={"a": 0}),
            "pairs[0].minutes_left.a: must be a whole number of 1 or more, not 0",
        ),
        (with_pair(minutes_left={"b": 9}), 'pairs[0].minutes_left.b: no track has the id "b"'),
        (with_pair(completed=["b"]), 'pairs[0].completed[0]: no track has the id "b"'),
        (with_pair(locked=["b"]), 'pairs[0].locked[0]: no track has the id "b"'),
        (with_pair(excluded=["A"]), 'pairs[0].excluded[0]: no track has the id "A"'),
        (with_pair(current=["a", "a"]), 'pairs[0].current[1]: "a" stands twice in this list'),
        (with_pair(current={"a": 1}), "pairs[0].current: must be a list, not an object"),
        (with_pair(current=[["a"]]), "pairs[0].current[0]: must be a text, not a list"),
    ],
)
def test_one_flaw_one_line(problem: Any, line: str) -> None:
    assert lines_about(problem) == [line]


def test_ids_twice_on_one_side() -> None:
    problem = with_pair()
    problem["tracks"] *= 2
    problem["pairs"] *= 2
    assert lines_about(problem) == [
        'tracks[1].id: "a" is the id of tracks[0] already',
        'pairs[1].id: "p" is the id of pairs[0] already',
    ]


def test_all_flaws_are_told_in_the_order_of_the_file() -> None:
    problem = {
        "tracks": [
            {"id": "a", "outcomes": [{"skill": "", "from": "x", "to": 9}], "minutes": None},
            {"outcomes": 3, "minutes": 1, "colour": "red"},
        ],
        "pairs": [{"id": "p", "budget": {"hours": 2}, "locked": ["z"]}],
    }
    assert [line.split(": ")[0] for line in lines_about(problem)] == [
        "tracks[0].minutes",
        "tracks[0].outcomes[0].skill",
        "tracks[0].outcomes[0].from",
        "tracks[0].outcomes[0].to",
        "tracks[1].colour",
        "tracks[1].id",
        "tracks[1].outcomes",
        "pairs[0].budget.hours",
        "pairs[0].budget.minutes",
        "pairs[0].locked[0]",
    ]


def test_each_knot_of_requirements_is_told_once() -> None:
    def needs(id: str, *others: str) -> Json:
        return track(id, ("ai", 0, 1), requires=list(others))

    tracks = [
        needs("x", "b"),
        needs("a", "b", "x"),
        needs("b", "c"),
        needs("c", "a", "b"),
        needs("d", "e"),
        needs("e", "d"),
        needs("free"),
        needs("leaf", "d", "free"),
    ]
    assert lines_about({"tracks": tracks}) == [
        'tracks[0].requires: goes round in a circle: "x" → "b" → "c" → "a" → "x"',
        'tracks[4].requires: goes round in a circle: "d" → "e" → "d"',
    ]


def test_a_long_chain_of_requirements_is_no_circle() -> None:
    tracks = [
        track(f"t{n}", ("ai", 0, 1), requires=[f"t{n - 1}"] if n else []) for n in range(3000)
    ]
    assert lines_about({"tracks": tracks}) == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", "problem.json: is not JSON: Expecting value at line 1, column 1"),
        (
            '{"tracks": [}',
            "problem.json: is not JSON: Expecting value at line 1, column 13",
        ),
        (b"\xff{}", "problem.json: is not JSON: it is not text in UTF-8"),
        ("[" * 100_000, "problem.json: is nested too deeply to be read"),
        ('{"pairs": [], "pairs": []}', "pairs: stands more than once in this object"),
        (
            '{"tracks": [{"id": "a", "minutes": 1, "minutes": 2,'
            ' "outcomes": [{"skill": "s", "from": 0, "to": 1}]}]}',
            "tracks[0].minutes: stands more than once in this object",
        ),
        (
            '{"pairs": [{"id": "p", "budget": {"minutes": NaN}}]}',
            "pairs[0].budget.minutes: must be a whole number of 0 or more, not NaN",
        ),
        (
            '{"pairs": [{"id": "p", "budget": {"minutes": 1e999}}]}',
            "pairs[0].budget.minutes: must be a whole number of 0 or more, not Infinity",
        ),
        (
            '{"pairs": [{"id": "p", "budget": {"minutes": %s}}]}' % ("9" * 5000),
            "pairs[0].budget.minutes: must be a whole number of 0 or more, not Infinity",
        ),
        (
            '{"a\\nb": 1}',
            '["a\\nb"]: is not known here; known are tracks, pairs',
        ),
    ],
)
def test_files_that_are_no_problem(text: str | bytes, line: str) -> None:
    assert lines_of(text) == [line]


def test_a_sound_problem_built_in_python() -> None:
    problem = Problem(
        (Track("a", (Outcome("ai", 0, 2),), 60, requires=()),),
        (PairProblem("p", Budget(60), goals={"ai": Goal(2)}, locked=("a",)),),
    )
    assert validate(problem) == ()


def test_a_problem_built_in_python_is_held_to_the_same_rules() -> None:
    problem = Problem(
        (Track("a", (Outcome("ai", 2, 2),), 0, requires=("b",)),),
        (PairProblem("", Budget(-1, 2), levels={"ai": 7}),),
    )
    assert [flaw.path for flaw in validate(problem)] == [
        "tracks[0].outcomes[0].to",
        "tracks[0].minutes",
        "tracks[0].requires[0]",
        "pairs[0].id",
        "pairs[0].budget.minutes",
        "pairs[0].levels.ai",
    ]


def test_what_is_left_out_takes_the_value_the_contract_shows() -> None:
    bare = {
        "tracks": [{"id": "a", "outcomes": [{"skill": "ai", "from": 0, "to": 2}], "minutes": 5}],
        "pairs": [{"id": "p", "budget": {"minutes": 9}, "goals": {"ai": {"target": 2}}}],
    }
    full = {
        "tracks": [
            bare["tracks"][0]
            | {"sessions": 0, "requires": [], "languages": [], "self_guided": False}
            | {"interests": [], "order": 0}
        ],
        "pairs": [
            bare["pairs"][0]
            | {"levels": {"ai": 0}, "guide": {"ai": 0}, "languages": [], "interests": []}
            | {"goals": {"ai": {"target": 2, "weight": 1}}, "minutes_left": {}}
            | {"completed": [], "locked": [], "excluded": [], "current": []}
        ],
    }
    assert solved(bare) == solved(full)
    assert solved(bare)["plans"][0]["unmet"][0]["cause"] == "guide_level"


@pytest.mark.parametrize("seed", range(20))
def test_no_wrong_value_goes_unnoticed(seed: int) -> None:
    """Each value of a sound problem in turn becomes null, and is found there and nowhere else."""
    problem = small_problem(seed)
    for path, holder, key in list(_values(problem, "")):
        kept, holder[key] = holder[key], None
        assert f"{path}: must not be null; leave it out instead" in lines_about(problem)
        holder[key] = kept
    assert lines_about(problem) == []


def _values(value: Any, path: str) -> Any:
    """Each value of a problem with its path, and the container and key to change it by."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in items:
        if isinstance(key, int):
            here = f"{path}[{key}]"
        elif " " in key:
            here = f'{path}["{key}"]'
        else:
            here = f"{path}.{key}" if path else key
        yield here, value, key
        if isinstance(inner, dict | list):
            yield from _values(inner, here)


def test_pairs_share_nothing_that_one_of_them_could_spoil() -> None:
    problem = with_track() | {"pairs": [pair(), pair(id="q", locked=["gone"])]}
    assert lines_about(problem) == ['pairs[1].locked[0]: no track has the id "gone"']
