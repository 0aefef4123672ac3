"""What is kept as JSON reads back as it was."""

import json

from matching.engine import doctor, pair_of_two, read_relaxation, read_result, solve
from tests.matching.engine.people import some_problem
from tests.matching.engine.questions.asking import read


def test_results_and_relaxations_read_back_as_they_were() -> None:
    posed = read(some_problem(4, 9, 6))
    result = solve(posed)
    assert read_result(json.loads(json.dumps(result.as_json()))) == result
    found = doctor(posed, result)
    remedies = [remedy.relaxation for one in found.people for remedy in one.remedies]
    assert remedies
    assert [read_relaxation(json.loads(json.dumps(r.as_json()))) for r in remedies] == remedies


def test_two_people_are_described_as_the_match_describes_them() -> None:
    posed = read(some_problem(4, 9, 6))
    for pair in solve(posed).pairs:
        assert pair_of_two(posed, pair.mentor, pair.mentee) == pair
