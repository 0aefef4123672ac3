"""Words of what editors write."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    MENTOR = "mentor", _("mentors")
    MENTEE = "mentee", _("mentees")
    BOTH = "both", _("both")


class TrackPurpose(models.TextChoices):
    LEARNING = "learning", _("learning: assigned to pairs for their goals")
    PREPARATION = "preparation", _("preparation: done by one person before the first session")
