"""What a person does with a module: begin it, answer its quiz, complete it."""

from collections.abc import Mapping
from dataclasses import asdict

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from curriculum.models import ModuleProgress, QuizAttempt
from curriculum.queries.quizzes import has_passed
from curriculum.services.progress import follow_up_person
from portal.models import User
from training.grading import grade
from training.models import ModulePage
from training.queries import content_hash, read_quiz


class NotYet(Exception):
    """The module cannot be completed yet; the message says what is missing."""


def start_module(person: User, module: ModulePage) -> ModuleProgress:
    """Note that the person opened the module; opening it again changes nothing."""
    progress, _is_new = ModuleProgress.objects.get_or_create(
        person=person,
        module_key=module.translation_key,
        defaults={"page": module, "title": module.title, "minutes": module.minutes},
    )
    return progress


def answer_quiz(person: User, module: ModulePage, answers: Mapping[str, list[str]]) -> QuizAttempt:
    """Grade the answers on the server and keep them with the quiz as it was asked.

    The same answers to the same quiz, sent again, are the same attempt: a double click, or two
    requests at once, leave one.
    """
    quiz, page_hash = read_quiz(module), content_hash(module)
    given = {question.key: list(answers.get(question.key, ())) for question in quiz.questions}
    result = grade(quiz, given)
    with transaction.atomic():
        started = start_module(person, module)
        ModuleProgress.objects.select_for_update(no_key=True).get(pk=started.pk)
        last = QuizAttempt.objects.filter(person=person, module_key=module.translation_key).first()
        if last is not None and last.answers == given and last.content_hash == page_hash:
            return last
        return QuizAttempt.objects.create(
            person=person,
            module_key=module.translation_key,
            page=module,
            revision=module.live_revision,
            title=module.title,
            content_hash=page_hash,
            answers=given,
            result=asdict(result),
            points=result.points,
            points_in_all=result.points_in_all,
            is_passed=result.is_passed,
        )


def complete_module(person: User, module: ModulePage) -> ModuleProgress:
    """Mark the module done, with a frozen copy of what it was; done is done.

    Raises NotYet when it has a quiz that the person has not passed.
    """
    if module.quiz and not has_passed(person, module):
        raise NotYet(_("Pass the quiz first; you may try as often as you like."))
    with transaction.atomic():
        started = start_module(person, module)
        progress = ModuleProgress.objects.select_for_update(no_key=True).get(pk=started.pk)
        if progress.completed_at is None:
            progress.page = module
            progress.revision = module.live_revision
            progress.title = module.title
            progress.minutes = module.minutes
            progress.content_hash = content_hash(module)
            progress.completed_at = timezone.now()
            progress.save()
        follow_up_person(person)
    return progress
