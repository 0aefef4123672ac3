"""The common words of who may do what; each room adds its own to these."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache

from portal.models import Job, User

EDITORS = "Content editors"
COORDINATORS = "Coordinators"

Person = User | AnonymousUser
View = Callable[..., HttpResponseBase]


def _is_in_group(person: Person, name: str) -> bool:
    """Whether an active person is in the group; asked once a request, whoever asks."""
    if not (person.is_authenticated and person.is_active):
        return False
    if person.is_superuser:
        return True
    known: Any = person
    if not hasattr(known, "_group_names"):
        known._group_names = set(known.groups.values_list("name", flat=True))
    return name in known._group_names


def is_editor(person: Person) -> bool:
    """Whether they write training: the group of content editors, or an administrator."""
    return _is_in_group(person, EDITORS)


def is_coordinator(person: Person) -> bool:
    """Whether they run programmes: the group of coordinators, or an administrator."""
    return _is_in_group(person, COORDINATORS)


def is_signed_in(person: Person) -> bool:
    """Whether somebody with a live account asks."""
    return bool(person.is_authenticated and person.is_active)


def can_enter_admin(person: Person) -> bool:
    """Whether Wagtail's admin is open to them: editors, coordinators and administrators."""
    return is_signed_in(person) and person.has_perm("wagtailadmin.access_admin")


def only_for(may: Callable[[Any], bool]) -> Callable[[View], View]:
    """Names who may see a view. A visitor is asked to sign in; everyone else gets 404.

    404, not 403: the answer must not tell that there is something to see.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not may(request.user):
                raise Http404
            return view(request, *args, **kwargs)

        guarded.only_for = may  # type: ignore[attr-defined]
        return guarded

    return decorate


def only_for_the_admin(view: View) -> View:
    """Stands before every view of Wagtail's admin.

    Wagtail itself sends whoever lacks access to sign in, with a message; somebody who is signed in
    already is sent back from there, for ever.
    """
    guarded = only_for(can_enter_admin)(view)

    @never_cache
    @wraps(guarded)
    def at_the_door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        is_script = request.headers.get("x-requested-with") == "XMLHttpRequest"
        if is_script and not request.user.is_authenticated:
            # To the admin's scripts a 403 is the end of the session; a login page they cannot read.
            raise PermissionDenied
        return guarded(request, *args, **kwargs)

    return at_the_door


def can_see_job(person: Person, job: Job) -> bool:
    """Whoever started a job, and coordinators."""
    return is_coordinator(person) or (
        job.created_by_id is not None and job.created_by_id == person.pk
    )
