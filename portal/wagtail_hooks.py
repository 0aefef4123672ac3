"""What the ground floor adds to Wagtail's admin."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from portal.models import User
from portal.registries import keeping_reasons


@hooks.register("insert_global_admin_css")
def wear_the_house_colours() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("portal/css/admin.css"))


@hooks.register("before_delete_user")
def keep_whoever_others_need(request: HttpRequest, person: User) -> HttpResponse | None:
    return _refuse(request, [person])


@hooks.register("before_bulk_action")
def keep_all_whom_others_need(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    if action_type != "delete" or not all(isinstance(chosen, User) for chosen in objects):
        return None
    return _refuse(request, objects)


def _refuse(request: HttpRequest, people: list[User]) -> HttpResponse | None:
    ids = [person.pk for person in people]
    reasons = [reason for ask in keeping_reasons for reason in ask(ids)]
    for reason in reasons:
        messages.error(request, reason)
    return redirect("wagtailusers_users:index") if reasons else None
