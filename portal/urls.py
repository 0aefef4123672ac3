"""The map of addresses. Rooms above are named here and nowhere else in portal."""

from importlib.util import find_spec

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from portal import views
from portal.permissions import only_for_the_admin
from portal.viewsets import OwnAccountView


def room(prefix: str, name: str) -> list[URLPattern | URLResolver]:
    return [path(prefix, include(name))] if find_spec(name) else []


# Every other login page that a library brings leads to the one sign-in.
the_door = RedirectView.as_view(pattern_name="account_login", query_string=True)

decorate_urlpatterns(wagtailadmin_urls.urlpatterns, only_for_the_admin)

ground_floor = (
    [
        path("jobs/<int:job_id>/", views.show_job, name="job"),
        path("you/", views.own_details, name="you"),
    ],
    "portal",
)

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("styleguide", views.styleguide, name="styleguide"),
    path("branding.css", views.branding_stylesheet, name="branding"),
    path("media/<path:path>", views.media, name="media"),
    path("admin/login/", the_door),
    path("admin/account/", only_for_the_admin(OwnAccountView.as_view())),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/<int:document_id>/<path:document_filename>", views.document),
    path("documents/", include(wagtaildocs_urls)),
    *room("verify/", "curriculum.certificates.urls_public"),
]

urlpatterns += i18n_patterns(
    # An address is how one signs in: nobody changes it for themselves.
    path("accounts/email/", views.no_such_page),
    path("accounts/login/code/confirm/", views.SignInCodeView.as_view()),
    path("accounts/", include("allauth.urls")),
    path("", include(ground_floor)),
    *room("programmes/", "matching.urls_coordinator"),
    *room("", "matching.urls"),
    *room("", "curriculum.urls"),
    *room("certificates/", "curriculum.certificates.urls"),
    path("_util/login/", the_door),
    path("", include(wagtail_urls)),
)
