"""A page that is new comes to stand live, with its first revision, in one write."""

from typing import Any

from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page, Revision
from wagtail.signals import page_published, published

from training.models import TrainingPage


def publish_new_page(page: TrainingPage, parent: Page) -> None:
    """Adds `page`, whole and unsaved, as the last below `parent`.

    What stands afterwards is what adding, saving a revision and publishing it would leave, which
    write and index each page three times: for a library that is most of a minute. Raises
    ValidationError if the page has something that keeps it from being taught.
    """
    now = timezone.now()
    page.live, page.has_unpublished_changes = True, False
    page.first_published_at = page.last_published_at = page.latest_revision_created_at = now
    parent.add_child(instance=page)
    revision = Revision.objects.create(
        content_object=page,
        base_content_type=page.get_base_content_type(),
        content=page.serializable_data(),
        created_at=now,
        object_str=str(page),
    )
    page.live_revision = page.latest_revision = revision
    # Past save(): the page has just been checked and indexed as it stands.
    Page.objects.filter(pk=page.pk).update(live_revision=revision, latest_revision=revision)
    told: dict[str, Any] = {"sender": type(page), "instance": page, "revision": revision}
    page_published.send(**told)
    published.send(**told)
    log(instance=page, action="wagtail.publish", revision=revision, content_changed=True)
