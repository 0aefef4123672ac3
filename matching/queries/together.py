"""Whether two people can be kept together, and why not; the rules are the engine's."""

from collections.abc import Iterable

from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from matching.engine import assess, read_problem
from matching.enums import PairStage
from matching.models import Bar, Lock, Pair, Participant, Programme
from matching.queries.problem import gather_problem
from matching.queries.standing import OVER, has_room
from matching.wording import lock_refused_in_words

# What the engine forgives a locked pair: it stands however poor it is.
FORGIVEN = frozenset({"teaches_nothing", "below_minimum"})


def why_not_together(mentor: Participant, mentee: Participant) -> str:
    """The first thing in words that speaks against keeping these two together, or ""."""
    both = Pair.objects.filter(mentor=mentor, mentee=mentee)
    if both.exclude(stage=PairStage.ENDED).exists():
        return _("These two are a pair already.")
    for person, side in ((mentor, "mentor"), (mentee, "mentee")):
        if told := _why_not(person, side):
            return told
    if bar := Bar.objects.filter(mentor=mentor, mentee=mentee).select_related("created_by").first():
        return barred_by(bar)
    if both.exists():
        return _("These two were a pair before and parted.")
    if told := _no_place(mentor, mentee):
        return told
    return rules_against(mentor.programme, [(mentor, mentee)]).get((mentor.pk, mentee.pk), "")


def barred_by(bar: Bar) -> str:
    who = bar.created_by or _("Somebody")
    return _("%(who)s keeps these two apart. Lift that first.") % {"who": who}


def _why_not(person: Participant, side: str) -> str:
    name = {"name": person}
    if person.withdrawn_at is not None:
        return _("%(name)s has left the programme.") % name
    if not person.person.is_active:
        return _("The account of %(name)s is closed.") % name
    if not (person.is_mentor if side == "mentor" else person.is_mentee):
        told = {
            "mentor": _("%(name)s is no mentor in this programme."),
            "mentee": _("%(name)s is no mentee in this programme."),
        }
        return told[side] % name
    if not has_room(person, side):
        return _("%(name)s has no place for another pair.") % name
    return ""


def _no_place(mentor: Participant, mentee: Participant) -> str:
    """Places are shared between the pairs that stand and the others they are kept together with."""
    for person, side in ((mentor, "mentor"), (mentee, "mentee")):
        others = Lock.objects.filter(**{side: person}).exclude(mentor=mentor, mentee=mentee)
        freed = OVER if side == "mentor" else (PairStage.ENDED,)
        held = Pair.objects.filter(**{side: person}).exclude(stage__in=freed)
        pairs = set(held.values_list("mentor_id", "mentee_id"))
        pairs |= set(others.values_list("mentor_id", "mentee_id"))
        if len(pairs) >= person.capacity:
            return _("%(name)s is kept together with others already, and has no place more.") % {
                "name": person
            }
    return ""


def rules_against(
    programme: Programme, pairs: Iterable[tuple[Participant, Participant]]
) -> dict[tuple[int, int], str]:
    """Which of these pairs break a rule of the programme, each with the reason in words.

    The engine is asked about these people alone, with those that its reporting lines run over.
    """
    asked = list(pairs)
    keys = {one.pk for pair in asked for one in pair}
    addresses = {one.manager_email.lower() for pair in asked for one in pair} - {""}
    people = programme.participants.annotate(address=Lower("person__email"))
    keys |= set(people.filter(address__in=addresses).values_list("pk", flat=True))
    problem = gather_problem(programme, among=keys).problem()
    problem |= {"locked": [], "forbidden": []}
    there = [{person["id"] for person in problem[side]} for side in ("mentors", "mentees")]
    assessment = assess(read_problem(problem))
    found = {}
    for mentor, mentee in asked:
        ids = (str(mentor.pk), str(mentee.pk))
        if ids[0] in there[0] and ids[1] in there[1]:
            code = assessment.why_not(*ids)
            if code and code not in FORGIVEN:
                found[mentor.pk, mentee.pk] = lock_refused_in_words(code, mentor, mentee)
    return found
