"""Who may open which training."""

import operator
from functools import reduce
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.documents.models import AbstractDocument
from wagtail.models import Page, PageQuerySet, ReferenceIndex

from portal.permissions import Person, is_coordinator, is_editor, is_signed_in
from training.models import PAGE_TYPES
from training.registries import access_rules, guidance_rules


def visible_to(user: Person) -> PageQuerySet[Any]:
    """Live training pages that `user` may open: for serving, search, lists and feeds alike.

    Editors, coordinators and administrators open all of it; everybody else what the registered
    rules name for them; a visitor nothing. Takes no query until it is read.
    """
    if not is_signed_in(user):
        return Page.objects.none()
    types = ContentType.objects.get_for_models(*PAGE_TYPES).values()
    pages = Page.objects.live().filter(content_type__in=types)
    if is_editor(user) or is_coordinator(user):
        return pages
    # pk__in=[] stands for “nothing”, so that no rule at all opens no page at all.
    opened = reduce(operator.or_, (rule(user) for rule in access_rules), Q(pk__in=[]))
    return pages.filter(opened)


def can_open(user: Person, page: Page) -> bool:
    """Whether `user` may be served this live page."""
    return bool(visible_to(user).filter(pk=page.pk).exists())


def can_read_guidance(user: Person, page: Page) -> bool:
    """Whether `user` may read a session plan's notes and guidance to the mentor."""
    if is_editor(user) or is_coordinator(user):
        return True
    return is_signed_in(user) and any(rule(user, page) for rule in guidance_rules)


def can_download(user: Person, document: AbstractDocument) -> bool:
    """Whether `user` may have this file.

    It is as open as the most open of the live pages that use it: of training those that the
    person may open, of the rest those that are public. One that no live page uses is shut.
    """
    if not is_signed_in(user):
        return False
    if is_editor(user) or is_coordinator(user):
        return True
    uses = ReferenceIndex.get_references_to(document).filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    pages = [int(found) for found in uses.values_list("object_id", flat=True)]
    training = ContentType.objects.get_for_models(*PAGE_TYPES).values()
    elsewhere = Page.objects.live().public().exclude(content_type__in=training)
    return bool(
        visible_to(user).filter(pk__in=pages).exists() or elsewhere.filter(pk__in=pages).exists()
    )
