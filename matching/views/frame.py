"""What every page of one programme has around it."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matching.models import Programme
from matching.registries import programme_links
from portal.permissions import is_coordinator, only_for

coordinators_only = only_for(is_coordinator)

# The pages of the board, by the name of their address: those of every day, and those asked for
# now and then, which stand behind one word.
BOARD_PLACES = (
    ("board", gettext_lazy("Suggestions")),
    ("left_over", gettext_lazy("Left over")),
    ("waitlist", gettext_lazy("Waitlist")),
    ("kept", gettext_lazy("Kept together, kept apart")),
    ("decisions", gettext_lazy("Latest decisions")),
)
MORE_OF_THE_BOARD = (
    ("why", gettext_lazy("Why not these two?")),
    ("fairness", gettext_lazy("Fairness")),
    ("rounds", gettext_lazy("Rounds")),
    ("try", gettext_lazy("Try other rules")),
    ("simulate", gettext_lazy("Try a spreadsheet")),
)


def find_programme(slug: str) -> Programme:
    return get_object_or_404(Programme, slug=slug)


def frame(
    request: HttpRequest, programme: Programme, place: str, *, below: str = ""
) -> dict[str, Any]:
    """Context of a programme's page: `place` names the tab, `below` a page under it."""
    tabs = [
        ("show", _("Overview")),
        ("people", _("People")),
        ("board", _("Board")),
        ("pairs", _("Pairs")),
        ("edit", _("Rules")),
    ]
    links = [(reverse(f"programmes:{name}", args=[programme.slug]), label) for name, label in tabs]
    here = reverse(f"programmes:{place}", args=[programme.slug])
    links += [(url, label) for more in programme_links for label, url in more(request, programme)]
    label = next((label for url, label in links if url == here), "")
    trail = [
        {"label": _("Programmes"), "url": reverse("programmes:list")},
        {"label": str(programme), "url": reverse("programmes:show", args=[programme.slug])},
        {"label": label, "url": here},
        {"label": below},
    ]
    return {
        "programme": programme,
        "tabs": [{"label": label, "url": url, "current": url == here} for url, label in links],
        "trail": trail if below else [*trail[:1], {"label": str(programme)}],
    }


def board_frame(
    request: HttpRequest, programme: Programme, place: str, *, below: str = ""
) -> dict[str, Any]:
    """Context of a page of the board: `place` is one of its places, `below` a page under it."""
    daily, more = (
        [
            {
                "label": label,
                "url": reverse(f"programmes:{name}", args=[programme.slug]),
                "current": name == place,
            }
            for name, label in places
        ]
        for places in (BOARD_PLACES, MORE_OF_THE_BOARD)
    )
    here = next(one for one in (*daily, *more) if one["current"])
    label = "" if place == "board" else str(here["label"])
    around = frame(request, programme, "board", below=below or label)
    if label and below:
        around["trail"].insert(-1, here)
    around |= {"board_places": daily, "board_more": more}
    return around | {"board_is_further": here in more}


def next_or(request: HttpRequest, otherwise: str) -> str:
    """The page of ours that a form names as `next`, or another."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours else otherwise
