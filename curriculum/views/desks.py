"""The desk: the first page after signing in, different for each kind of user."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from curriculum.queries.coordination import coordinator_desk
from curriculum.queries.desks import cards_for, choose_desk, own_sides, shown_tabs, tabs_of
from curriculum.queries.own_desk import places_of
from portal.permissions import is_editor, is_signed_in, only_for


@require_safe
@only_for(is_signed_in)
def show_desk(request: HttpRequest) -> HttpResponse:
    """For everybody who is signed in: their own desk, and nobody else's."""
    places, wanted = places_of(request.user), request.GET.get("as", "")
    tabs = tabs_of(request.user, places)
    sides = own_sides(places, tabs, wanted)
    side = choose_desk(tabs, wanted, sides)
    frame = {"tabs": shown_tabs(tabs, side, sides)}
    if side == "coordinator":
        desk = coordinator_desk(request.GET.get("programme", ""))
        return render(request, "curriculum/desk_coordinator.html", {"desk": desk, **frame})
    if not side:
        return redirect("wagtailadmin_home") if is_editor(request.user) else _nothing(request)
    own = sides[side]
    context = {"desk": own.desk, "next": own.next, "cards": cards_for(own.desk), **frame}
    return render(request, f"curriculum/desk_{side}.html", context)


def _nothing(request: HttpRequest) -> HttpResponse:
    return render(request, "curriculum/desk_empty.html")
