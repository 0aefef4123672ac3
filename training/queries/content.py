"""A short name for what a page says, so that a record can tell which text it was earned with."""

import hashlib
import json
from typing import Any

from wagtail.fields import StreamField
from wagtail.models import Page

from training.models import ModulePage, SessionPlanPage, TopicPage, TrackPage, TrainingPage

#: The fields of each type that a reader can tell apart.
CONTENT: dict[type[TrainingPage], tuple[str, ...]] = {
    TopicPage: ("introduction",),
    ModulePage: ("minutes", "audience", "body", "quiz", "pass_mark", "sources"),
    SessionPlanPage: (
        "objective",
        "prework_mentor",
        "prework_mentee",
        "agenda",
        "commitments",
        "notes",
        "sources",
    ),
    TrackPage: ("introduction", "purpose", "audience", "is_self_guided", "interests"),
}


def content_hash(page: Page) -> str:
    """64 hex digits of what the page says; the same for the same words, whatever the row.

    Ids, dates, owner and place in the tree do not count. Of a track its outcomes, items and
    prerequisites count, by the keys that are the same in every language.
    """
    page = page.specific
    said: dict[str, Any] = {"title": page.title, "summary": getattr(page, "summary", "")}
    for name in CONTENT.get(type(page), ()):
        value = getattr(page, name)
        is_stream = isinstance(page._meta.get_field(name), StreamField)
        said[name] = _without_ids(value.get_prep_value()) if is_stream else value
    if isinstance(page, TrackPage):
        said["outcomes"] = [(o.skill.name, o.from_level, o.to_level) for o in page.outcomes.all()]
        said["items"] = [str(item.page.translation_key) for item in page.items.all()]
        said["requires"] = sorted(
            str(row.requires.translation_key) for row in page.prerequisites.all()
        )
    return hash_of(said)


def hash_of(said: Any) -> str:
    """64 hex digits of plain values, whatever the order of their keys."""
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _without_ids(value: Any) -> Any:
    """A stream's JSON without its blocks' ids, which copies and editors may renew."""
    if isinstance(value, list):
        return [_without_ids(entry) for entry in value]
    if isinstance(value, dict):
        is_block = value.keys() >= {"type", "value"}
        return {k: _without_ids(v) for k, v in value.items() if not (is_block and k == "id")}
    return value
