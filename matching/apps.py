from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "matching"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from matching import receivers  # noqa: F401
        from matching.navigation import coordinator_links
        from matching.queries.keeping import reasons_to_keep
        from portal.registries import keeping_reasons, navigation
        from portal.schedules import Clockwork, clockworks

        keeping_reasons.register("matching", reasons_to_keep)
        navigation.register("matching.programmes", coordinator_links, order=20)
        sweeping = Clockwork("matching.tasks.sweep_simulations", minutes=60)
        clockworks.register("sweep simulations", sweeping)
