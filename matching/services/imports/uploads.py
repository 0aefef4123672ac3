"""A file between its dry run and its application: kept apart for whoever brought it.

Nothing in it is trusted later: applying reads and checks it again from the first byte.
"""

import json
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.core.files.storage import storages

from matching.models import Programme
from matching.services.imports.applying import import_participants
from matching.services.imports.planning import ImportPlan
from portal.models import User


@dataclass(frozen=True)
class Upload:
    content: bytes
    name: str
    may_create_skills: bool

    def plan(self, programme: Programme) -> ImportPlan:
        return import_participants(
            self.content, programme.slug, may_create_skills=self.may_create_skills
        )


def _path(programme: Programme, person: User) -> str:
    """One waiting file for each person and programme; its name is made of numbers alone."""
    return f"imports/{programme.pk}-{person.pk}.upload"


def keep_upload(programme: Programme, person: User, upload: Upload) -> None:
    """Keep it in place of one that waited before."""
    drop_upload(programme, person)
    head = {"name": upload.name[:200], "may_create_skills": upload.may_create_skills}
    content = json.dumps(head).encode() + b"\n" + upload.content
    storages["private"].save(_path(programme, person), ContentFile(content))


def find_upload(programme: Programme, person: User) -> Upload | None:
    try:
        with storages["private"].open(_path(programme, person)) as file:
            head, content = file.read().split(b"\n", 1)
    except FileNotFoundError:
        return None
    known = json.loads(head)
    return Upload(content, known["name"], known["may_create_skills"])


def drop_upload(programme: Programme, person: User) -> None:
    storages["private"].delete(_path(programme, person))


def apply_upload(programme: Programme, person: User) -> ImportPlan | None:
    """Import the waiting file, whole or not at all; None if none waits (it was applied already)."""
    upload = find_upload(programme, person)
    if upload is None:
        return None
    plan = import_participants(
        upload.content, programme.slug, may_create_skills=upload.may_create_skills, apply=True
    )
    if plan.is_clean:
        drop_upload(programme, person)
    return plan
