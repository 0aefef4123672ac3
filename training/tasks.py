"""What the background worker does for the shelf; each hands over to one service."""

from training import services


def publish_due() -> None:
    services.publish_due()
