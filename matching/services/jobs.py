"""Long work of matching, handed to the background worker; nobody starts the same thing twice."""

import json
from hashlib import sha256

from django.utils.translation import gettext as _

from matching.enums import SuggestionState
from matching.models import Programme, Suggestion
from matching.queries.people import to_invite
from matching.queries.questions import JOB_KIND, Question
from matching.services.rounds import RoundRefused, nobody_to_match
from portal.models import Job, User
from portal.services.jobs import start_job


def start_round(programme: Programme, *, by: User) -> Job:
    """Raises `RoundRefused` at once where the worker could only do so later."""
    if not programme.participants.filter(
        withdrawn_at__isnull=True, person__is_active=True
    ).exists():
        raise RoundRefused(nobody_to_match())
    return start_job(
        kind="matching.round",
        title=_("Matching the people of %(programme)s") % {"programme": programme},
        task="matching.tasks.run_round_job",
        arguments={"programme_id": programme.pk},
        key=f"matching.round:{programme.pk}",
        total=2,
        by=by,
    )


def start_invitations(programme: Programme, *, by: User) -> Job:
    return start_job(
        kind="matching.invitations",
        title=_("Inviting the people of %(programme)s") % {"programme": programme},
        task="matching.tasks.invite_participants_job",
        arguments={"programme_id": programme.pk},
        key=f"matching.invitations:{programme.pk}",
        total=to_invite(programme).count(),
        by=by,
    )


def start_accepting_all(programme: Programme, *, by: User) -> Job:
    open_ones = Suggestion.objects.filter(round__programme=programme, state=SuggestionState.OPEN)
    return start_job(
        kind="matching.accept",
        title=_("Accepting the suggestions of %(programme)s") % {"programme": programme},
        task="matching.tasks.accept_suggestions_job",
        arguments={"programme_id": programme.pk},
        key=f"matching.accept:{programme.pk}",
        total=open_ones.count(),
        by=by,
    )


def start_question(programme: Programme, question: Question, *, page: str, by: User) -> Job:
    """A question to a match of many people; its answer is kept with the job for its `page`."""
    asked = sha256(json.dumps(question, sort_keys=True).encode()).hexdigest()[:32]
    return start_job(
        kind=JOB_KIND,
        title=_("A question to the match of %(programme)s") % {"programme": programme},
        task="matching.tasks.answer_question_job",
        arguments={"programme_id": programme.pk, "question": question, "page": page},
        key=f"{JOB_KIND}:{programme.pk}:{asked}",
        total=1,
        by=by,
    )
