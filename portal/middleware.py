"""What every answer passes through."""

import logging
from collections.abc import Callable
from functools import partial

from csp.middleware import CSPMiddleware, PolicyParts
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import timezone

from portal.zones import find_zone

Answer = Callable[[HttpRequest], HttpResponse]

logger = logging.getLogger(__name__)


def do_afterwards(request: HttpRequest, act: Callable[[], None]) -> None:
    """Act once the answer to this request is out; an error is logged and told to nobody.

    For what must not show in how long an answer takes. It is lost with the process: work that has
    to be done is a job.
    """
    request.__dict__.setdefault("afterwards", []).append(act)


class AfterwardsMiddleware:
    """Does what was put off until the answer is out. Stands outermost, to hold the last answer."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for act in getattr(request, "afterwards", ()):
            # Django closes these when the server has sent the body; the database is still open.
            response._resource_closers.append(partial(_do, act))
        return response


def _do(act: Callable[[], None]) -> None:
    try:
        act()
    except Exception:
        logger.exception("What was put off until after an answer failed.")


class PolicyMiddleware(CSPMiddleware):
    """Sends the strict policy everywhere; Wagtail's own admin needs inline styles and frames."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if request.path.startswith("/admin/") and not report_only:
            parts.update = {
                "script-src": ["'unsafe-inline'", "'unsafe-eval'"],
                "style-src": ["'unsafe-inline'"],
                "img-src": ["blob:"],
            }
        return parts


class LanguageMiddleware(LocaleMiddleware):
    """Leads an address without language to the one with it, but only one that is no page itself.

    Django's own tries that on every 404, so that a refused `/verify/…` would seem to have moved.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if response.status_code == 404 and request.resolver_match is not None:
            return response
        return super().process_response(request, response)


class TimeZoneMiddleware:
    """Shows times in the zone of the person who asks."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        zone = find_zone(getattr(request.user, "time_zone", ""))
        if zone is None:
            return self.get_response(request)
        with timezone.override(zone):
            return self.get_response(request)
