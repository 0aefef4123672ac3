"""Names for the numbers by which a round knows people."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from matching.models import Participant, Programme


class Names(dict[str, str]):
    """Names by id; who is gone is called by their number."""

    def __missing__(self, key: str) -> str:
        return _("Number %(number)s, no longer here") % {"number": key}


def names_of(programme: Programme, ids: Iterable[str]) -> Names:
    """One query."""
    people = Participant.objects.filter(programme=programme, pk__in={int(key) for key in ids})
    rows = people.values_list("pk", "person__name", "person__email")
    return Names({str(key): name or email for key, name, email in rows})


def ids_found(programme: Programme, search: str) -> set[str]:
    """Whose name or address holds every word of the search; one query."""
    people = programme.participants.all()
    for word in search.split():
        people = people.filter(person__name__icontains=word) | people.filter(
            person__email__icontains=word
        )
    return {str(key) for key in people.order_by().values_list("pk", flat=True)}
