"""Every view of the rooms names who may see it, and what changes something is never a link."""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

ROOMS = ("matching.", "curriculum.")
# Whoever holds a certificate's code may check it, signed in or not.
PUBLIC = {"verify:enter", "verify:award", "verify:"}

# What each room changes by a button alone. A link, a prefetch or a crawler must not do it.
ACTS = {
    "programmes:invite",
    "programmes:import_apply",
    "programmes:place",
    "programmes:run",
    "programmes:accept_all",
    "programmes:lock",
    "programmes:unlock",
    "programmes:bar",
    "programmes:lift_bar",
    "programmes:undo",
    "programmes:decide",
    "programmes:run_again",
    "programmes:try_many",
    "programmes:use_rules",
    "programmes:drop_simulation",
    "programmes:move_pair",
    "programmes:carry_out",
    "programmes:ask",
    "programmes:choose",
    "matching:answer_coffee",
    "matching:sign_agreement",
    "matching:move_own_pair",
    "curriculum:complete_module",
    "curriculum:open_session",
    "curriculum:session_date",
    "curriculum:confirm_session",
    "curriculum:cancel_session",
    "curriculum:session_notes",
    "curriculum:take_back_start",
    "curriculum:settle",
    "curriculum:assign",
    "curriculum:waive",
    "certificates:issue",
    "certificates:reprint",
    "programmes:import_again",
    "programmes:match_late",
}


def views(
    patterns: list[URLPattern | URLResolver], room: str = ""
) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Each view below these addresses, as room:name."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns, pattern.namespace or room)
        else:
            yield f"{room}:{pattern.name or ''}", pattern.callback


OURS = [
    (name, view)
    for name, view in views(get_resolver().url_patterns)
    # The admin of Wagtail asks its own permission policies.
    if view.__module__.startswith(ROOMS) and not view.__module__.endswith(".viewsets")
]


def test_the_walk_finds_the_rooms() -> None:
    names = {name for name, _view in OURS}
    assert {"programmes:list", "matching:pair", "curriculum:desk", "certificates:mine"} <= names
    assert names >= ACTS | PUBLIC


@pytest.mark.parametrize(("name", "view"), OURS, ids=[name for name, _view in OURS])
def test_each_view_names_who_may_see_it(name: str, view: Callable[..., Any]) -> None:
    assert hasattr(view, "only_for") is (name not in PUBLIC)


def test_what_changes_something_is_no_link_and_all_else_can_be_looked_at(
    rf: RequestFactory,
) -> None:
    """A new act that is not named above is found too: it answers a GET with 405."""

    def answers_405(view: Callable[..., Any]) -> bool:
        request = rf.get("/")
        request.user = AnonymousUser()
        return bool(view(request).status_code == 405)

    assert {name for name, view in OURS if name not in PUBLIC and answers_405(view)} == ACTS


@pytest.mark.parametrize(("name", "view"), OURS, ids=[name for name, _view in OURS])
def test_a_view_is_short_enough_to_be_seen_at_once(name: str, view: Callable[..., Any]) -> None:
    """Permission, form, one service, response: fifteen lines below the signature and docstring."""
    function = ast.parse(textwrap.dedent(inspect.getsource(inspect.unwrap(view)))).body[0]
    assert isinstance(function, ast.FunctionDef)
    body = function.body[1:] if ast.get_docstring(function) else function.body
    assert (body[-1].end_lineno or 0) - body[0].lineno + 1 <= 15
