from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "training"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from portal.registries import navigation
        from portal.schedules import Clockwork, clockworks
        from training.navigation import training_links

        navigation.register("training", training_links, order=60)
        clockworks.register("publish due", Clockwork("training.tasks.publish_due", minutes=5))
