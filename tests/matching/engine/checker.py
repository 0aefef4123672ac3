"""Reads a problem and a result as JSON values and holds the one against the other.

Written from the contract alone, person by person with fractions; it imports nothing of the engine.
"""

from collections import Counter
from fractions import Fraction
from math import floor
from typing import Any

Json = dict[str, Any]
STANDARD = {
    "skill_gap": 40,
    "interests": 20,
    "wishes": 15,
    "distance": 15,
    "way_of_working": 10,
}
RULES = {
    "mentor_is_junior": True,
    "shared_language": True,
    "working_hours_overlap": 1,
    "minimum_score": 20,
    "style": "similar",
}
FORGIVEN_IF_LOCKED = ("teaches_nothing", "below_minimum")


class Facts:
    """What the contract says about any two people of a problem."""

    def __init__(self, problem: Json) -> None:
        self.problem = problem
        self.mentors = {person["id"]: person for person in problem["mentors"]}
        self.mentees = {person["id"]: person for person in problem["mentees"]}
        self.rules = RULES | problem.get("rules", {})
        given = problem.get("weights")
        self.weights = (
            STANDARD if given is None else {name: given.get(name, 0) for name in STANDARD}
        )
        self.locked = [tuple(pair) for pair in problem.get("locked", [])]
        self.barred = {tuple(pair) for pair in problem.get("forbidden", [])}
        self.manager = {
            person["id"]: person.get("manager") or None
            for person in problem["mentors"] + problem["mentees"]
        }

    def verdict(self, mentor: str, mentee: str) -> str | None:
        """The first failing code."""
        m, n = self.mentors[mentor], self.mentees[mentee]
        hours = shared_hours(m, n)
        older = (
            "seniority" in m
            and "seniority" in n
            and Fraction(m["seniority"]) >= Fraction(n["seniority"])
        )
        speak = names(m, "languages"), names(n, "languages")
        goals = n.get("goals", {})
        failing = {
            "same_person": mentor == mentee,
            "forbidden": (mentor, mentee) in self.barred,
            "reporting_line": self.in_line(mentor, mentee) or self.in_line(mentee, mentor),
            "not_junior": self.rules["mentor_is_junior"] and older,
            "no_language": self.rules["shared_language"] and all(speak) and not speak[0] & speak[1],
            "no_hours": hours is not None and floor(hours) < self.rules["working_hours_overlap"],
            "teaches_nothing": goals and not any(level(m, s) > level(n, s) for s in goals),
            "below_minimum": Fraction(self.score(mentor, mentee), 1000)
            < Fraction(self.rules["minimum_score"]),
        }
        return next((code for code, fails in failing.items() if fails), None)

    def in_line(self, above: str, below: str) -> bool:
        manager = self.manager.get(below)
        return above in (manager, manager and self.manager.get(manager))

    def parts(self, mentor: str, mentee: str) -> dict[str, int]:
        m, n = self.mentors[mentor], self.mentees[mentee]
        fits = {
            "skill_gap": skill_gap(m, n),
            "interests": Fraction(min(len(names(m, "interests") & names(n, "interests")), 3), 3),
            "wishes": Fraction(
                (mentee in m.get("wishes", [])) + (mentor in n.get("wishes", [])), 2
            ),
            "distance": Fraction(differ(m, n, "department") + differ(m, n, "location"), 2),
            "way_of_working": way_of_working(m, n, self.rules["style"]),
        }
        return {
            name: floor(self.weights[name] * fit * 1000 + Fraction(1, 2))
            for name, fit in fits.items()
        }

    def score(self, mentor: str, mentee: str) -> int:
        return sum(self.parts(mentor, mentee).values())

    def covers(self, mentor: str, mentee: str) -> list[Json]:
        m, n = self.mentors[mentor], self.mentees[mentee]
        found = []
        for skill in sorted(n.get("goals", {})):
            target = n["goals"][skill]["target"]
            reached = min(level(m, skill), target)
            if reached > level(n, skill):
                cover = {"skill": skill, "from": level(n, skill), "to": reached, "target": target}
                found.append(cover)
        return found

    def candidates(self) -> dict[tuple[str, str], int]:
        """Every pair that may be chosen, with its score."""
        return {
            (m, n): self.score(m, n)
            for m in self.mentors
            for n in self.mentees
            if (m, n) not in self.locked and self.verdict(m, n) is None
        }

    def room(self) -> tuple[Counter[str], Counter[str]]:
        """Places that locked pairs leave, by mentor and by mentee."""
        mentors = Counter({id: person.get("capacity", 1) for id, person in self.mentors.items()})
        mentees = Counter({id: person.get("capacity", 1) for id, person in self.mentees.items()})
        mentors.subtract(m for m, _ in self.locked)
        mentees.subtract(n for _, n in self.locked)
        return mentors, mentees


def level(person: Json, skill: str) -> int:
    return int(person.get("levels", {}).get(skill, 0))


def names(person: Json, key: str) -> set[str]:
    return {name.strip().casefold() for name in person.get(key, [])} - {""}


def differ(m: Json, n: Json, key: str) -> bool:
    return bool(m.get(key)) and bool(n.get(key)) and m[key] != n[key]


def shared_hours(m: Json, n: Json) -> Fraction | None:
    if "utc_offset" not in m or "utc_offset" not in n:
        return None
    best = Fraction(0)
    start = 9 - Fraction(str(m["utc_offset"]))
    for day in range(-3, 4):
        other = 9 - Fraction(str(n["utc_offset"])) + 24 * day
        best = max(best, min(start, other) + 8 - max(start, other))
    return best


def skill_gap(m: Json, n: Json) -> Fraction:
    gained, whole = Fraction(0), 0
    for skill, goal in n.get("goals", {}).items():
        now, target, weight = level(n, skill), goal["target"], goal.get("weight", 1)
        if target > now:
            whole += weight
            gained += weight * Fraction(max(0, min(level(m, skill), target) - now), target - now)
    return gained / whole if whole else Fraction(0)


def way_of_working(m: Json, n: Json, rule: str) -> Fraction:
    meets = {m.get("meets") or "either", n.get("meets") or "either"}
    styles = [(person.get("style") or "either").strip().casefold() for person in (m, n)]
    hours = shared_hours(m, n)
    fitting = (
        len(meets) == 1 or "either" in meets,
        hours is None or hours >= 4,
        rule == "ignore" or "either" in styles or (styles[0] == styles[1]) == (rule == "similar"),
    )
    return Fraction(sum(fitting), 3)


def aims(problem: Json, result: Json) -> tuple[int, ...]:
    """What the objective asks for, most important first; the higher the better."""
    count, worst, total = result["count"], result["worst"] or 0, result["total"]
    fair = problem.get("objective", "fair") == "fair"
    return (count, worst, total) if fair else (count, total)


def complaints(problem: Json, result: Json) -> list[str]:
    """Everything in which the result is not what the problem asks for, but for how good it is."""
    facts = Facts(problem)
    found = []
    keys = ["pairs", "unmatched", "count", "worst", "total", "bound", "optimal"]
    if list(result) != keys:
        found.append(f"keys of the result: {list(result)}")
    pairs = [(pair["mentor"], pair["mentee"]) for pair in result["pairs"]]
    if pairs != sorted(set(pairs)):
        found.append("pairs are not in order, or one stands twice")
    if not set(facts.locked) <= set(pairs):
        found.append("a locked pair is missing")
    for pair in result["pairs"]:
        found += _of_a_pair(facts, pair)
    for key, side in (("mentor", facts.mentors), ("mentee", facts.mentees)):
        for id, times in Counter(pair[key] for pair in result["pairs"]).items():
            if times > side[id].get("capacity", 1):
                found.append(f"{id} stands in {times} pairs")
    if result["unmatched"] != _left_over(facts, pairs):
        found.append(f"unmatched should be {_left_over(facts, pairs)}")
    scores = [pair["score"] for pair in result["pairs"] if not pair["locked"]]
    figures = (result["count"], result["worst"], result["total"])
    if figures != (len(scores), min(scores, default=None), sum(scores)):
        found.append(f"count, worst and total do not belong to the pairs: {figures}")
    if result["bound"] < result["total"] or result["optimal"] != (
        result["bound"] == result["total"]
    ):
        found.append("the bound and what is called optimal do not agree")
    return found


def _of_a_pair(facts: Facts, pair: Json) -> list[str]:
    mentor, mentee = pair["mentor"], pair["mentee"]
    expected = {
        "mentor": mentor,
        "mentee": mentee,
        "score": facts.score(mentor, mentee),
        "parts": facts.parts(mentor, mentee),
        "covers": facts.covers(mentor, mentee),
        "locked": (mentor, mentee) in facts.locked,
    }
    found = [] if pair == expected else [f"{pair} should be {expected}"]
    code = facts.verdict(mentor, mentee)
    if code and not (pair["locked"] and code in FORGIVEN_IF_LOCKED):
        found.append(f"{mentor} and {mentee} are barred: {code}")
    return found


def _left_over(facts: Facts, pairs: list[tuple[str, str]]) -> list[Json]:
    found = []
    for place, (side, mine, others) in enumerate(
        (("mentor", facts.mentors, facts.mentees), ("mentee", facts.mentees, facts.mentors))
    ):
        for id in sorted(set(mine) - {pair[place] for pair in pairs}):
            verdicts = [facts.verdict(*((id, o) if place == 0 else (o, id))) for o in others]
            alone = None not in verdicts
            cause = "no_allowed_partner" if alone else "others_fit_better"
            detail = dict(Counter(verdicts)) if alone else {}
            found.append({"id": id, "side": side, "cause": cause, "detail": detail})
    return found


def proof_complaints(problem: Json, result: Json, proof: Json) -> list[str]:
    """Everything that the prices written by `--prices` fail to prove."""
    count, worst = result["count"], result["worst"] or 0
    fair = problem.get("objective", "fair") == "fair"
    found = []
    total = proof["total"]
    if total["least"] != (worst if fair else 0) or not total["with_score"]:
        found.append("the prices are for other pairs")
    if total["pair"] <= count * max(Facts(problem).candidates().values(), default=0):
        found.append("a pair less could be made good by higher scores")
    if _bound(problem, total) != total["pair"] * count + result["total"]:
        found.append("the prices allow a higher total")
    if not fair:
        return found if proof["count"] is proof["worst"] is None else [*found, "too many parts"]
    if _bound(problem, proof["count"]) != count or proof["count"]["least"] != 0:
        found.append("the prices allow more pairs")
    if count and (_bound(problem, proof["worst"]) >= count or proof["worst"]["least"] != worst + 1):
        found.append("the prices allow a higher worst score")
    return found


def _bound(problem: Json, part: Json) -> int:
    """What pairs can be worth together at most, by these prices."""
    facts = Facts(problem)
    mentors, mentees = facts.room()
    prices = part["mentors"], part["mentees"]
    if min([0, *prices[0].values(), *prices[1].values()]) < 0:
        raise ValueError("a price below zero proves nothing")
    places = sum(
        prices[side][id] * min(room, others)
        for side, rooms, others in (
            (0, mentors, len(facts.mentees)),
            (1, mentees, len(facts.mentors)),
        )
        for id, room in rooms.items()
    )
    return places + sum(
        max(0, part["pair"] + score * part["with_score"] - prices[0][m] - prices[1][n])
        for (m, n), score in facts.candidates().items()
        if score >= part["least"]
    )
