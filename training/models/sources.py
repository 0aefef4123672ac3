"""Where a page or skill came from, so that loading the library again changes only what changed."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from portal.models import Skill


class LibrarySource(models.Model):
    """The file that a page was made of, and both as they were when it was last read.

    `page_hash` tells an editor's work from ours: it differs once somebody changed the page.
    """

    path = models.CharField(max_length=300, unique=True)
    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="library_source")
    file_hash = models.CharField(max_length=64)
    page_hash = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("file of the library")
        verbose_name_plural = _("files of the library")

    def __str__(self) -> str:
        return self.path


class LibrarySkill(models.Model):
    """What the library last said about a skill: {field: text}; other words are an editor's."""

    skill = models.OneToOneField(Skill, on_delete=models.CASCADE, related_name="library_source")
    values = models.JSONField(default=dict)
    loaded_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("skill of the library")
        verbose_name_plural = _("skills of the library")

    def __str__(self) -> str:
        return str(self.skill)
