"""On whom the history of others hangs."""

from collections.abc import Collection

from django.db.models import Q
from django.utils.translation import gettext as _

from matching.models import Pair
from portal.models import User


def reasons_to_keep(people: Collection[int]) -> list[str]:
    """A sentence for each of these people who is or was in a pair."""
    sides = Pair.objects.filter(Q(mentor__person__in=people) | Q(mentee__person__in=people))
    met = {one for pair in sides.values_list("mentor__person", "mentee__person") for one in pair}
    told = _(
        "%(person)s is or was in a pair, and deleting them would delete what their partner did."
        " Take them out of the programme, then close the account: take away “active”."
    )
    return [told % {"person": person} for person in User.objects.filter(pk__in=met & set(people))]
