from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class PortalConfig(AppConfig):
    name = "portal"
    default_auto_field = "django.db.models.BigAutoField"


class PortalUsersConfig(WagtailUsersAppConfig):
    """Wagtail's people screens, with forms that know our one name field."""

    user_viewset = "portal.viewsets.PersonViewSet"
