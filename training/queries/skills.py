"""Where a skill is used, whichever room uses it."""

from typing import Any

from django.db.models import PROTECT, RESTRICT
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from portal.models import Skill
from training.models import TrackOutcome, TrackPage


def uses_of_skill(skill: Skill) -> str:
    """What keeps the skill from being deleted, in words: tracks by name, the rest by count.

    It asks the tables that the database protects: an import writes past Wagtail's own list of
    references, and rooms above may point at skills without this room knowing of them.
    """
    tracks = TrackPage.objects.filter(outcomes__skill=skill).order_by("path").distinct()
    uses = [
        _("the track “%(title)s”") % {"title": title}
        for title in tracks.values_list("title", flat=True)
    ]
    relations: Any = Skill._meta.get_fields(include_hidden=True)
    for relation in relations:
        model = relation.related_model
        if model is TrackOutcome or getattr(relation, "on_delete", None) not in (PROTECT, RESTRICT):
            continue
        if count := model._base_manager.filter(**{relation.field.name: skill}).count():
            uses.append(f"{model._meta.verbose_name_plural} ({count})")
    return get_text_list(uses, _("and"))
