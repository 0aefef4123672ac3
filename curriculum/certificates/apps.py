from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    name = "curriculum.certificates"
    label = "certificates"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from curriculum.certificates.cards import coordinator_card, own_card, programme_link
        from curriculum.registries import coordinator_cards, participant_cards
        from matching.registries import programme_links

        coordinator_cards.register("certificates", coordinator_card, order=90)
        participant_cards.register("certificates", own_card, order=90)
        programme_links.register("certificates", programme_link, order=90)
