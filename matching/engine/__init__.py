"""Who is matched with whom, and why: plain Python, the same answer on every machine.

    result = solve(Problem(mentors=[Person(id="ada")], mentees=[Person(id="bo")]))

`validate` says what is wrong with a problem, `read_problem` builds one from JSON, `assess` answers
for any two people whether and why not, `solve_with_evidence` adds the prices that prove a match.
"""

from matching.engine.assessment import Assessment, assess
from matching.engine.constraints import CODES
from matching.engine.evidence import Bound, Evidence
from matching.engine.faults import Fault, MalformedProblemError
from matching.engine.pairing import solve, solve_valid, solve_with_evidence
from matching.engine.problem import (
    MEETS,
    OBJECTIVES,
    STANDARD_WEIGHTS,
    STYLE_RULES,
    STYLES,
    Goal,
    Person,
    Problem,
    Rules,
    Weights,
)
from matching.engine.questions.advice import Advice, Diagnosis, Remedy
from matching.engine.questions.changes import Comparison, Entry, Moved, Outcome, Tie, compare
from matching.engine.questions.doctor import diagnose, doctor
from matching.engine.questions.kept import read_result
from matching.engine.questions.price import price
from matching.engine.questions.relaxations import Relaxation, read_relaxation, relaxed
from matching.engine.questions.repair import Choice, Link, Step, repair, repaired
from matching.engine.questions.why_not import WhyNot, between, pair_of_two, why_not
from matching.engine.reading import read_problem
from matching.engine.result import (
    NO_ALLOWED_PARTNER,
    OTHERS_FIT_BETTER,
    Cover,
    Pair,
    Result,
    Unmatched,
)
from matching.engine.scoring import CRITERIA
from matching.engine.validation import validate

__all__ = [
    "CODES",
    "CRITERIA",
    "MEETS",
    "NO_ALLOWED_PARTNER",
    "OBJECTIVES",
    "OTHERS_FIT_BETTER",
    "STANDARD_WEIGHTS",
    "STYLES",
    "STYLE_RULES",
    "Advice",
    "Assessment",
    "Bound",
    "Choice",
    "Comparison",
    "Cover",
    "Diagnosis",
    "Entry",
    "Evidence",
    "Fault",
    "Goal",
    "Link",
    "MalformedProblemError",
    "Moved",
    "Outcome",
    "Pair",
    "Person",
    "Problem",
    "Relaxation",
    "Remedy",
    "Result",
    "Rules",
    "Step",
    "Tie",
    "Unmatched",
    "Weights",
    "WhyNot",
    "assess",
    "between",
    "compare",
    "diagnose",
    "doctor",
    "pair_of_two",
    "price",
    "read_problem",
    "read_relaxation",
    "read_result",
    "relaxed",
    "repair",
    "repaired",
    "solve",
    "solve_valid",
    "solve_with_evidence",
    "validate",
    "why_not",
]
