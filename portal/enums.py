"""Words that every room shares."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.IntegerChoices):
    """How far someone is with a skill; each skill says in a sentence what it looks like."""

    NONE = 0, _("none")
    AWARE = 1, _("aware")
    WITH_HELP = 2, _("with help")
    ON_MY_OWN = 3, _("on my own")
    HELPS_OTHERS = 4, _("helps others")
    SHAPES_PRACTICE = 5, _("shapes practice")


class JobState(models.TextChoices):
    QUEUED = "queued", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("stopped")
