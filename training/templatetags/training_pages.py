"""What training's templates ask for: only what the person who asks may see."""

import re
from dataclasses import dataclass
from typing import Any

from django import template
from django.http import HttpRequest
from django.utils.html import format_html_join, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import ngettext
from wagtail.models import Page
from wagtail.rich_text import RichText, expand_db_html

from training.grading import AskedQuiz, Quiz
from training.models import ModulePage, TopicPage, TrackOutcome, TrackPage, TrainingPage
from training.permissions import can_read_guidance, visible_to
from training.queries import TrackFacts, read_quiz, topic_tracks
from training.queries.leaving import effects_of_deleting, effects_of_leaving
from training.queries.quizzes import read_question
from training.registries import page_panels

register = template.Library()
HEADING = re.compile(r"<h2(?P<rest>[^>]*)>(?P<title>.*?)</h2>", re.DOTALL)
CONTENTS_FROM = 4


@dataclass(frozen=True)
class Shelf:
    """What of a topic the person may open; tracks with their addresses."""

    tracks: list[tuple[TrackFacts, str]]
    modules: list[Any]
    sessions: list[Any]


def _user(context: template.Context) -> Any:
    return context["request"].user


@register.simple_tag(takes_context=True)
def training_trail(context: template.Context, page: TrainingPage) -> list[dict[str, str]]:
    """The way back: those of the pages above that the person may open, then this one."""
    trail: list[dict[str, str]] = []
    if page.path:
        above = visible_to(_user(context)).ancestor_of(page).order_by("path")
        trail = [{"label": p.title, "url": p.get_url(context["request"])} for p in above]
    return [*trail, {"label": page.title, "url": ""}]


@register.simple_tag(takes_context=True)
def training_panels(context: template.Context, page: TrainingPage) -> SafeString:
    """What the rooms above put below the page; nothing in a preview, which nobody works in."""
    request: HttpRequest = context["request"]
    if getattr(request, "is_preview", False):
        return mark_safe("")
    return format_html_join("", "{}", ((panel(request, page),) for panel in page_panels))


@register.simple_tag(takes_context=True)
def is_without_guidance(context: template.Context, page: TrainingPage) -> bool:
    """Whether what is written for the mentor has to be left out for the person who reads."""
    return not can_read_guidance(_user(context), page)


@register.simple_tag(takes_context=True)
def topics_for(context: template.Context, root: TrainingPage) -> list[dict[str, Any]]:
    """Topics the person may open, each with the titles of its tracks that they may open."""
    seen = visible_to(_user(context))
    topics = TopicPage.objects.filter(pk__in=seen.child_of(root).values("pk")).order_by("path")
    tracks = list(
        TrackPage.objects.filter(pk__in=seen.values("pk")).only("title", "path").order_by("path")
    )
    return [
        {"page": topic, "tracks": [t.title for t in tracks if t.path.startswith(topic.path)]}
        for topic in topics
    ]


@register.simple_tag(takes_context=True)
def shelf_for(context: template.Context, topic: TopicPage) -> Shelf:
    """The topic's tracks, modules and session plans that the person may open."""
    if not topic.path:
        return Shelf([], [], [])
    pages = list(visible_to(_user(context)).child_of(topic).specific().order_by("title"))
    urls = {page.pk: page.get_url(context["request"]) for page in pages}
    tracks = [facts for facts in topic_tracks(topic) if facts.page_id in urls]
    return Shelf(
        tracks=[(facts, urls[facts.page_id]) for facts in tracks],
        modules=[page for page in pages if isinstance(page, ModulePage)],
        sessions=[page for page in pages if not isinstance(page, ModulePage | TrackPage)],
    )


@register.simple_tag(takes_context=True)
def items_for(context: template.Context, track: TrackPage) -> list[dict[str, Any]]:
    """The track's live items in order; an address only where the person may open the page."""
    ids = [page.pk for page in track.pages]
    opened = set(visible_to(_user(context)).filter(pk__in=ids).values_list("pk", flat=True))
    return [
        {
            "page": page,
            "is_module": isinstance(page, ModulePage),
            "url": page.get_url(context["request"]) if page.pk in opened else "",
        }
        for page in track.pages
    ]


@register.simple_tag
def outcomes_of(track: TrackPage) -> list[TrackOutcome]:
    """The track's outcomes with their skills, in the editors' order; of a draft too."""
    return list(track.outcomes.all().select_related("skill"))


@register.simple_tag
def tracks_before(track: TrackPage) -> list[TrackPage]:
    """The live tracks that this one comes after: one that was taken down is not asked for."""
    rows = track.prerequisites.all().select_related("requires")
    return [row.requires for row in rows if row.requires.live]


@register.simple_tag
def asked_quiz(page: ModulePage) -> AskedQuiz:
    """The page's quiz without its answers, all that a template may know of it."""
    return read_quiz(page).asked()


@register.simple_tag
def asked_question(kind: str, value: Any) -> AskedQuiz:
    """A quiz of this one question, for an editor's preview of its block."""
    return Quiz((read_question(kind, value, "preview"),)).asked()


@register.simple_tag
def contents_of(page: ModulePage) -> list[dict[str, str]]:
    """The headings of a long text; an empty list for a short one."""
    found = [
        strip_tags(match["title"])
        for block in page.body
        if block.block_type == "text"
        for match in HEADING.finditer(block.value.source)
    ]
    if len(found) < CONTENTS_FROM:
        return []
    return [{"label": title, "anchor": slugify(title)} for title in found]


@register.simple_tag
def leaving_effects_of(page: Page) -> list[str]:
    """What an editor should know before this page is unpublished."""
    return effects_of_leaving([page], with_descendants=False)


@register.simple_tag
def deleting_effects_of(page: Page) -> list[str]:
    """What an editor should know before this page is deleted."""
    return effects_of_deleting([page])


@register.simple_tag
def deleting_effects_of_several(items: list[dict[str, Any]]) -> list[str]:
    """The same of the pages that a bulk action lists."""
    return effects_of_deleting([item["item"] for item in items])


@register.simple_tag
def topics_to_empty(items: list[dict[str, Any]]) -> list[str]:
    """Why an editor, who may delete pages one by one, may not delete these topics."""
    pages: list[Page] = [item["item"] for item in items]
    topics = [page for page in pages if page.specific_class is TopicPage and not page.is_leaf()]
    return [
        ngettext(
            "“%(topic)s” has %(count)d page. Empty it first.",
            "“%(topic)s” has %(count)d pages. Empty it first.",
            count := topic.get_descendant_count(),
        )
        % {"topic": topic.title, "count": count}
        for topic in topics
    ]


@register.filter
def with_anchors(text: RichText) -> SafeString:
    """Rich text whose headings can be linked to."""

    def anchored(match: re.Match[str]) -> str:
        anchor = slugify(strip_tags(match["title"]))
        return f'<h2 id="{anchor}">{match["title"]}</h2>'

    # The editor's own HTML, cleaned when it was saved, as Wagtail's richtext filter gives it.
    return mark_safe(HEADING.sub(anchored, expand_db_html(text.source)))  # noqa: S308
