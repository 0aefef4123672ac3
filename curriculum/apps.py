from django.apps import AppConfig


class CurriculumConfig(AppConfig):
    name = "curriculum"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from curriculum import receivers  # noqa: F401
        from curriculum.permissions import training_opened
        from training.registries import access_rules

        access_rules.register("curriculum", training_opened)
