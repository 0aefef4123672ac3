"""One round of the package mentor-match, with each kind of rule it brings. Runs in an environment
of its own, because the package is imported as `matching`."""

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

RULES = [
    rule.Disqualify(lambda match: match.mentor.organisation == match.mentee.organisation),
    rule.Grade(2, operator.gt, {True: 12, False: 0}),
    rule.Equivalent("profession", {True: 4, False: 0}),
    rule.Generic({True: 3, False: 0}, lambda match: match.mentor.role != match.mentee.role),
    rule.UnmatchedBonus(50),
]


def persons(kind, side, draw):
    return [
        kind(
            **{
                "grade": draw.randint(1, 10),
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
    mentors, mentees = persons(Mentor, side, draw), persons(Mentee, side, draw)
    started = perf_counter()
    process_data(mentors, mentees, [RULES])
    seconds = [perf_counter() - started]
    paired = sum(bool(mentee.mentors) for mentee in mentees)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(json.dumps({"seconds": seconds, "peak_mb": peak, "figures": [paired]}))


if __name__ == "__main__":
    main(int(sys.argv[2]))
