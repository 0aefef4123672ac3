"""One training page: reading, media, activities and a quiz."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField

from training.blocks import BodyBlock, QuizBlock, SourceListBlock
from training.enums import Audience
from training.models.base import TrainingPage


class ModulePage(TrainingPage):
    """About ten minutes of reading and doing, with a quiz that is graded on the server."""

    minutes = models.PositiveSmallIntegerField(
        _("minutes"),
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(240)],
        help_text=_("An honest figure for reading and doing it."),
    )
    audience = models.CharField(
        _("for"), max_length=10, choices=Audience.choices, default=Audience.BOTH
    )
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)
    quiz = StreamField(QuizBlock(), verbose_name=_("quiz"), blank=True)
    pass_mark = models.PositiveSmallIntegerField(
        _("pass mark"),
        default=75,
        validators=[MaxValueValidator(100)],
        help_text=_("Per cent of the points; people may try as often as they like."),
    )
    sources = StreamField(SourceListBlock(), verbose_name=_("sources"), blank=True)

    template = "training/module_page.html"
    page_description = _("About ten minutes of reading and doing, with a quiz.")
    parent_page_types = ("training.TopicPage",)
    subpage_types = ()
    content_panels = (
        *TrainingPage.content_panels,
        FieldRowPanel([FieldPanel("minutes"), FieldPanel("audience")]),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("quiz"), FieldPanel("pass_mark")], heading=_("Quiz")),
        FieldPanel("sources"),
    )

    class Meta:
        verbose_name = _("module")
        verbose_name_plural = _("modules")
