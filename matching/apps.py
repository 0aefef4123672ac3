from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "matching"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from matching import receivers  # noqa: F401
        from matching.navigation import coordinator_links
        from portal.registries import navigation

        navigation.register("matching.programmes", coordinator_links, order=20)
