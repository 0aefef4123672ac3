"""Raw values of blocks, with ids that stay the same from one load to the next."""

import uuid
from typing import Any

from training.services.library.reader import Reader

#: Any fixed value would do; changing it would give every block a new id.
_NAMESPACE = uuid.UUID("6f0f9c2e-3a3b-4b55-9d0f-6f4f8f0d7a11")


def with_ids(blocks: list[dict[str, Any]], path: str) -> list[dict[str, Any]]:
    """`blocks` with an id each, made of the file's path and the place in it.

    A learner may have a quiz open while the library is loaded again: its answers carry ids.
    """
    for place, block in enumerate(blocks):
        here = f"{path}/{place}"
        block["id"] = str(uuid.uuid5(_NAMESPACE, here))
        if isinstance(block["value"], dict):
            for name, value in block["value"].items():
                if isinstance(value, list):
                    entries = [{"type": "item", "value": entry} for entry in value]
                    block["value"][name] = with_ids(entries, f"{here}/{name}")
    return blocks


def source_blocks(head: Reader) -> list[dict[str, Any]]:
    """The list of sources under the key `sources`, which may be left out."""
    blocks = []
    for entry in head.mappings("sources", required=False):
        value = {"text": entry.text("text", longest=500), "url": entry.address("url")}
        entry.end()
        blocks.append({"type": "source", "value": value})
    return with_ids(blocks, f"{head.path}/sources")
