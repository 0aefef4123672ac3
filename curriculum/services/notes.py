"""The notes of a session: saved as they are typed, by one window or by two, and never lost."""

import hashlib

from django.db import transaction
from django.utils.translation import gettext as _

from curriculum.models import Session, SessionNote
from portal.models import User


def version_of(text: str) -> str:
    """What a window says it has read, so that saving notices what was written meanwhile."""
    return hashlib.sha256(_plain(text).encode()).hexdigest()[:16]


def keep_notes(session: Session, text: str, *, by: User, seen: str | None = None) -> SessionNote:
    """Save the pair's notes, also of a session that is over: they are theirs.

    `seen` is the version that the writer began with; None overwrites. If the notes were changed
    in another window since, both texts are kept. Read what was kept from the answer.
    """
    text = _plain(text)
    with transaction.atomic():
        note, is_new = SessionNote.objects.select_for_update(no_key=True).get_or_create(
            session=session, defaults={"text": text, "written_by": by}
        )
        if is_new:
            return note
        kept = text if seen is None else merge_notes(_plain(note.text), text, seen=seen)
        if kept != note.text:
            note.text, note.written_by = kept, by
            note.save()
    return note


def merge_notes(stored: str, sent: str, *, seen: str) -> str:
    """The text to keep: the one sent, unless that would lose lines it has never seen."""
    if version_of(stored) == seen or stored.strip() in sent:
        return sent
    if version_of(sent) == seen:
        return stored
    known = {line.strip() for line in stored.splitlines()}
    added = [line for line in sent.splitlines() if line.strip() and line.strip() not in known]
    if not added:
        return stored
    mark = _("— written in another window —")
    return "\n".join([stored.rstrip(), "", mark, *added])


def _plain(text: str) -> str:
    """Browsers send the ends of lines in two ways."""
    return text.replace("\r\n", "\n")
