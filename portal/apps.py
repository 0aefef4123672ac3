from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class PortalConfig(AppConfig):
    # Two configurations live here; without a word Django takes neither.
    default = True
    name = "portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from portal import receivers  # noqa: F401


class PortalUsersConfig(WagtailUsersAppConfig):
    """Wagtail's people screens, with forms that know our one name field."""

    user_viewset = "portal.viewsets.PersonViewSet"
