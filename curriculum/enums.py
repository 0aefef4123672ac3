"""Words of plans, sessions and progress."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ItemKind(models.TextChoices):
    MODULE = "module", _("module")
    SESSION = "session", _("session")


class SessionState(models.TextChoices):
    PLANNED = "planned", _("planned")
    RUNNING = "running", _("running")
    HELD = "held", _("held")
    CANCELLED = "cancelled", _("cancelled")


class UnmetCause(models.TextChoices):
    """Why a goal is not reached whole; the codes are those of the engine."""

    OUTWEIGHED = "outweighed", _("other goals gain more in the same time")
    NO_TIME = "no_time", _("not enough time")
    EXCLUDED = "excluded", _("the track was ruled out")
    LANGUAGE = "language", _("no track in a language you share")
    GUIDE_LEVEL = "guide_level", _("the mentor does not hold the level")
    NO_TRACK = "no_track", _("no track teaches it yet")
