"""A session plan's file → the field values of its page."""

from typing import Any

from training.services.library.blocks import source_blocks, with_ids
from training.services.library.files import SourceFile
from training.services.library.markdown import to_html
from training.services.library.reader import Reader


def session_values(head: Reader, file: SourceFile) -> dict[str, Any]:
    parts = [_read_part(entry) for entry in head.mappings("agenda")]
    commitments = [
        {"type": "commitment", "value": text}
        for text in head.texts("commitments", longest=300, required=False)
    ]
    return {
        "objective": to_html(head.text("objective")),
        "prework_mentor": to_html(head.text("prework_mentor", required=False)),
        "prework_mentee": to_html(head.text("prework_mentee", required=False)),
        "agenda": with_ids(parts, f"{file.path}/agenda"),
        "commitments": with_ids(commitments, f"{file.path}/commitments"),
        "notes": to_html(file.body),
        "sources": source_blocks(head),
    }


def _read_part(entry: Reader) -> dict[str, Any]:
    value = {
        "title": entry.text("title", longest=200),
        "minutes": entry.number("minutes", 1, 180),
        "say": " ".join(entry.text("say", required=False).split()),
        "prompts": entry.texts("prompts", longest=500, required=False),
        "guidance": to_html(entry.text("guidance", required=False)),
    }
    entry.end()
    return {"type": "part", "value": value}
