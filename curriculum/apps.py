from django.apps import AppConfig


class CurriculumConfig(AppConfig):
    name = "curriculum"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from curriculum import receivers  # noqa: F401
        from curriculum.permissions import guides_by, training_opened
        from curriculum.queries.coordination import PAIR_FILTERS
        from curriculum.queries.shelf import plans_that_hold
        from curriculum.views import panels
        from matching.registries import pair_filters, pair_panels, programme_links
        from portal.registries import navigation
        from training.registries import access_rules, guidance_rules, leaving_effects, page_panels

        access_rules.register("curriculum", training_opened)
        guidance_rules.register("curriculum", guides_by)
        leaving_effects.register("plans", plans_that_hold)
        page_panels.register("module", panels.module_panel, order=10)
        page_panels.register("session plan", panels.session_plan_panel, order=10)
        pair_panels.register("plan", panels.pair_panel, order=10)
        for order, one in enumerate(PAIR_FILTERS, start=10):
            pair_filters.register(one.key, one, order=order)
        programme_links.register("curriculum", panels.programme_links, order=10)
        navigation.register("desk", panels.navigation, order=-10)
