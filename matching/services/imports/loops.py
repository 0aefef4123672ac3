"""Managers that go round in a circle: each manages the next, and the last the first."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from matching.services.imports.columns import PersonRow

MOST_NAMED = 4


def manager_loops(
    people: Iterable[PersonRow], managers: Mapping[str, str]
) -> tuple[tuple[str, ...], ...]:
    """The circles that a file would leave, as addresses; each begins at its first row.

    `managers` is who manages whom before, by address; a row says it anew if it has the column.
    Everyone has one manager, so that a walk meets each circle once.
    """
    managed_by = dict(managers)
    rows = list(people)
    for person in rows:
        if "manager_email" in person.given:
            managed_by[person.email] = person.manager_email
    seen: set[str] = set()
    found = []
    for person in rows:
        path: dict[str, int] = {}
        email = person.email
        while email and email not in seen:
            seen.add(email)
            path[email] = len(path)
            email = managed_by.get(email, "").lower()
        if email in path:
            found.append(tuple(path)[path[email] :])
    return tuple(found)


def loop_in_words(loop: tuple[str, ...], names: Mapping[str, str]) -> str:
    """Who is meant, and what follows."""
    named = [names.get(email, email) for email in loop]
    if len(named) == 2:
        return _(
            "%(first)s and %(second)s are each other’s manager. They are never suggested to each "
            "other. Mend manager_email if that is a slip."
        ) % {"first": named[0], "second": named[1]}
    line = " → ".join(named[:MOST_NAMED]) + (" → …" if len(named) > MOST_NAMED else "")
    return _(
        "%(people)d managers go round in a circle: %(names)s. Who stands close in it is never "
        "suggested to each other. Mend manager_email if that is a slip."
    ) % {"people": len(named), "names": line}
