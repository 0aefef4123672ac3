"""A certificate that was earned, with every fact printed on it."""

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.functional import LazyObject
from django.utils.translation import gettext_lazy as _

from curriculum.certificates.codes import make_token
from curriculum.certificates.enums import AwardState
from matching.enums import Role
from matching.models import Programme


class PrivateStorage(LazyObject):  # type: ignore[type-arg]
    """The private storage as it is set now; a field would keep the one of its first day."""

    @property
    def _wrapped(self) -> object:
        return storages["private"]


def choose_private_storage() -> Storage:
    return PrivateStorage()  # type: ignore[return-value]


class Award(models.Model):
    """One certificate a person and programme; its facts never change once it is issued."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="awards")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="awards"
    )
    role = models.CharField(_("role"), max_length=6, choices=Role.choices)
    token = models.CharField(max_length=32, unique=True, default=make_token, editable=False)
    number = models.CharField(_("number"), max_length=24, unique=True)
    facts = models.JSONField(_("every fact printed on it"))
    rule = models.JSONField(_("the rule it was earned by, and how it was met"))
    issued_on = models.DateField(_("date of issue"))
    state = models.CharField(
        _("state"), max_length=8, choices=AwardState.choices, default=AwardState.STANDING
    )
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    revoked_reason = models.CharField(_("reason"), max_length=300, blank=True)
    pdf = models.FileField(storage=choose_private_storage, upload_to="certificates", blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    earlier_sha256 = models.JSONField(
        _("SHA-256 of files printed before"), default=list, blank=True
    )
    told_at = models.DateTimeField(_("letter sent"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ("-issued_on", "number")
        constraints = (models.UniqueConstraint(fields=("programme", "person"), name="award_once"),)

    def __str__(self) -> str:
        return self.number

    @property
    def is_standing(self) -> bool:
        return self.state == AwardState.STANDING
