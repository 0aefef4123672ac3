"""One round of the package mentor-match. Runs in an environment of its own, because the package is
imported as `matching`."""

import json
import operator
import resource
import sys
from random import Random
from time import perf_counter

from matching.mentee import Mentee
from matching.mentor import Mentor
from matching.process import process_data

from matching.rules import rule

# The first of the three rounds that the package's authors run in their own service, by its rules
# there: another organisation, one or two grades above, then points for each.
RULES = [
    rule.Disqualify(lambda match: match.mentee.organisation == match.mentor.organisation),
    rule.Disqualify(rule.Grade(target_diff=2, logical_operator=operator.gt).evaluate),
    rule.Disqualify(rule.Grade(target_diff=0, logical_operator=operator.le).evaluate),
    rule.Grade(1, operator.eq, {True: 10, False: 0}),
    rule.Grade(2, operator.eq, {True: 7, False: 0}),
    rule.Equivalent("profession", {True: 8, False: 0}),
    rule.Equivalent("role", {True: 4, False: 0}),
    rule.UnmatchedBonus(1),
]


def persons(kind, side, grades, draw):
    return [
        kind(
            **{
                "grade": draw.randint(*grades),
                "organisation": f"Organisation {draw.randrange(12)}",
                "profession": f"Profession {draw.randrange(20)}",
                "role": f"Role {draw.randrange(6)}",
                "email": f"{kind.__name__}{number}@example.org",
                "first name": "First",
                "last name": "Last",
            }
        )
        for number in range(side)
    ]


def main(side):
    draw = Random(side)
    # Of its eleven grades, from AA (0) to SCS4.
    mentors = persons(Mentor, side, (2, 10), draw)
    mentees = persons(Mentee, side, (0, 8), draw)
    started = perf_counter()
    process_data(mentors, mentees, [RULES])
    seconds = [perf_counter() - started]
    paired = sum(bool(mentee.mentors) for mentee in mentees)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(json.dumps({"seconds": seconds, "peak_mb": peak, "figures": [paired]}))


if __name__ == "__main__":
    main(int(sys.argv[2]))
