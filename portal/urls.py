"""The map of addresses. Rooms above are named here and nowhere else in portal."""

from importlib.util import find_spec

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from portal import views


def room(prefix: str, name: str) -> list[URLPattern | URLResolver]:
    return [path(prefix, include(name))] if find_spec(name) else []


ground_floor = (
    [path("jobs/<int:job_id>/", views.show_job, name="job")],
    "portal",
)

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("styleguide", views.styleguide, name="styleguide"),
    path("branding.css", views.branding_stylesheet, name="branding"),
    path("media/<path:path>", views.media, name="media"),
    path("admin/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    *room("verify/", "curriculum.certificates.urls_public"),
]

urlpatterns += i18n_patterns(
    path("accounts/", include("allauth.urls")),
    path("", include(ground_floor)),
    *room("programmes/", "matching.urls_coordinator"),
    *room("", "matching.urls"),
    *room("", "curriculum.urls"),
    *room("certificates/", "curriculum.certificates.urls"),
    path("", include(wagtail_urls)),
)
