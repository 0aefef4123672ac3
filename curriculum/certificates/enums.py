"""Words of certificates."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AwardState(models.TextChoices):
    """Whether a certificate stands; what a verifier is told."""

    STANDING = "standing", _("valid")
    REVOKED = "revoked", _("withdrawn")
