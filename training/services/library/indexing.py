"""What search and the list of references know of the pages, brought up to date once at the end."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import Any

from django.db.models.signals import post_save
from modelsearch.backends import get_search_backends
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.models import ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from training.models import PAGE_TYPES


@contextmanager
def indexed_at_the_end() -> Iterator[list[Any]]:
    """Indexes the pages that the block puts into the list, instead of each one at every save.

    A quarter of the time of a load. Search is quietened for the whole process: this is for
    commands and the worker, which do one thing at a time, not for a request beside others.
    """
    written: list[Any] = []
    for model in PAGE_TYPES:
        post_save.disconnect(post_save_signal_handler, sender=model)
    try:
        with disable_reference_index_auto_update():
            yield written
    finally:
        for model in PAGE_TYPES:
            post_save.connect(post_save_signal_handler, sender=model)
    for model, pages in groupby(sorted(written, key=_label), key=type):
        found = list(pages)
        for backend in get_search_backends(with_auto_update=True):
            backend.add_bulk(model, found)
        for page in found:
            ReferenceIndex.create_or_update_for_object(page)


def _label(page: Any) -> str:
    return str(page._meta.label)
