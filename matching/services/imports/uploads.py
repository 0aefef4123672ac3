"""A file between its dry run and its application: kept apart for whoever brought it.

Nothing in it is trusted later: applying reads and checks it again from the first byte.
"""

import json
import secrets
from dataclasses import dataclass
from typing import IO, Any

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils.translation import gettext as _

from matching.models import Programme
from matching.services.imports.applying import Progress, import_participants
from matching.services.imports.planning import ImportPlan
from matching.services.imports.problems import Problem
from matching.services.imports.review import Review, review_as_lines, review_from, review_plan
from portal.models import User

# So small a file is looked at and applied while a person waits; a larger one is a job.
AT_ONCE = 256 * 1024


@dataclass(frozen=True)
class Upload:
    """A waiting file; `encoding` is the one it was offered to be read in, if a person chose it.

    `token` is its own: what was said of one file is never taken for what is said of another.
    """

    content: bytes
    name: str
    may_create_skills: bool
    encoding: str = ""
    token: str = ""

    @property
    def is_small(self) -> bool:
        return len(self.content) <= AT_ONCE

    def plan(
        self, programme: Programme, *, apply: bool = False, progress: Progress | None = None
    ) -> ImportPlan:
        return import_participants(
            self.content,
            programme.slug,
            may_create_skills=self.may_create_skills,
            encoding=self.encoding,
            apply=apply,
            progress=progress,
        )


def _path(programme: Programme, person: User, kind: str = "upload") -> str:
    """One waiting file for each person and programme; its name is made of numbers alone."""
    return f"imports/{programme.pk}-{person.pk}.{kind}"


def _open(path: str) -> IO[bytes]:
    file: IO[bytes] = storages["private"].open(path)
    return file


def keep_upload(programme: Programme, person: User, upload: Upload) -> None:
    """Keep it in place of one that waited before."""
    drop_upload(programme, person)
    head: dict[str, Any] = {"name": upload.name[:200], "encoding": upload.encoding}
    head |= {"may_create_skills": upload.may_create_skills, "token": secrets.token_hex(8)}
    content = json.dumps(head).encode() + b"\n" + upload.content
    storages["private"].save(_path(programme, person), ContentFile(content))


def find_upload(programme: Programme, person: User) -> Upload | None:
    try:
        with _open(_path(programme, person)) as file:
            head, content = file.read().split(b"\n", 1)
    except FileNotFoundError:
        return None
    return Upload(content, **json.loads(head))


def drop_upload(programme: Programme, person: User) -> None:
    for kind in ("upload", "review"):
        storages["private"].delete(_path(programme, person, kind))


def reread_upload(programme: Programme, person: User, encoding: str) -> None:
    """The same file, to be read in the encoding that was offered; its dry run is made anew."""
    if upload := find_upload(programme, person):
        again = Upload(upload.content, upload.name, upload.may_create_skills, encoding)
        keep_upload(programme, person, again)


def make_review(programme: Programme, person: User, upload: Upload) -> Review:
    """The dry run; that of a large file is kept, so that its pages need not make it again."""
    review = review_plan(upload.plan(programme))
    if not upload.is_small:
        path = _path(programme, person, "review")
        storages["private"].delete(path)
        storages["private"].save(path, ContentFile(review_as_lines(review, upload.token)))
    return review


def find_review(programme: Programme, person: User, upload: Upload) -> Review | None:
    """What the waiting file would change: of a small one as of now, of a large one as kept."""
    if upload.is_small:
        return make_review(programme, person, upload)
    path = _path(programme, person, "review")
    try:
        with _open(path) as file:
            head = file.readline()
    except FileNotFoundError:
        return None
    return review_from(head, upload.token, lambda: _open(path))


def forget_review(programme: Programme, person: User) -> None:
    storages["private"].delete(_path(programme, person, "review"))


def apply_upload(
    programme: Programme, person: User, *, token: str = "", progress: Progress | None = None
) -> ImportPlan | None:
    """Import the waiting file, whole or not at all; None if none waits (it was applied already).

    With a `token` that one file alone: another may have taken its place since it was looked at.
    """
    upload = find_upload(programme, person)
    if upload is None:
        return None
    if token and token != upload.token:
        problem = _("Another file was brought since this one was looked at. Look again.")
        return ImportPlan(problems=(Problem(1, "", problem),))
    plan = upload.plan(programme, apply=True, progress=progress)
    if plan.is_clean:
        drop_upload(programme, person)
    else:
        forget_review(programme, person)
    return plan
