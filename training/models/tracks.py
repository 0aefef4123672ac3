"""An ordered run of modules and session plans that lifts named skills."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, PageChooserPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page

from portal.enums import Level
from portal.models import Skill
from training.enums import Audience, TrackPurpose
from training.models.base import Problems, TrainingPage
from training.models.forms import LevelSelect, TrackPageForm
from training.models.modules import ModulePage
from training.models.session_plans import SessionPlanPage
from training.rules import (
    Item,
    Outcome,
    Prerequisite,
    audience_problems,
    item_problems,
    outcome_problems,
    prerequisite_problems,
)


class TrackPage(TrainingPage):
    """What the curriculum engine assigns: outcomes, prerequisites and the items in order.

    Its minutes and sessions are those of its items, so that they cannot drift apart.
    """

    introduction = RichTextField(
        _("introduction"), blank=True, features=["bold", "italic", "link", "ol", "ul"]
    )
    purpose = models.CharField(
        _("purpose"), max_length=12, choices=TrackPurpose.choices, default=TrackPurpose.LEARNING
    )
    audience = models.CharField(
        _("for"),
        max_length=10,
        choices=Audience.choices,
        default=Audience.BOTH,
        help_text=_("Only preparation is for one side; learning is done by a pair."),
    )
    is_self_guided = models.BooleanField(
        _("self-guided"),
        default=False,
        help_text=_("The mentor need not hold the level that is taught."),
    )
    interests = models.CharField(
        _("interests"),
        max_length=300,
        blank=True,
        help_text=_("Words that people may name as interests, with ; between them."),
    )

    base_form_class = TrackPageForm
    template = "training/track_page.html"
    page_description = _("Modules and session plans in order, and the skills they lift.")
    parent_page_types = ("training.TopicPage",)
    subpage_types = ()
    content_panels = (
        *TrainingPage.content_panels,
        FieldPanel("introduction"),
        FieldRowPanel([FieldPanel("purpose"), FieldPanel("audience")]),
        InlinePanel(
            "outcomes",
            heading=_("Outcomes"),
            label=_("outcome"),
            help_text=_("Which skill rises, from which level to which."),
        ),
        InlinePanel(
            "items", heading=_("Modules and session plans"), label=_("a module or session plan")
        ),
        InlinePanel("prerequisites", heading=_("Done before"), label=_("track")),
        FieldRowPanel([FieldPanel("is_self_guided"), FieldPanel("interests")]),
    )

    class Meta:
        verbose_name = _("track")
        verbose_name_plural = _("tracks")

    @property
    def is_learning(self) -> bool:
        return self.purpose == TrackPurpose.LEARNING

    @staticmethod
    def kind_of(page: Page | None) -> str:
        """ "module", "session", or "" for a page that cannot stand in a track."""
        kinds = {ModulePage: "module", SessionPlanPage: "session"}
        return kinds.get(page.specific_class, "") if page is not None else ""

    def prerequisites_of_others(self) -> dict[Any, list[Any]]:
        """What every other track requires, by the keys that are the same in each language."""
        found: dict[Any, list[Any]] = {}
        rows = TrackPrerequisite.objects.exclude(track__translation_key=self.translation_key)
        for key, required in rows.values_list(
            "track__translation_key", "requires__translation_key"
        ):
            found.setdefault(key, []).append(required)
        return found

    def publishing_problems(self) -> Problems:
        problems = super().publishing_problems()
        found = [
            *audience_problems(
                is_learning=self.is_learning, is_for_both=self.audience == Audience.BOTH
            ),
            *outcome_problems(
                [Outcome(o.skill_id, o.from_level, o.to_level) for o in self.outcomes.all()],
                is_learning=self.is_learning,
            ),
            *item_problems(
                [
                    Item(item.page_id, self.kind_of(item.page), item.page.live)
                    for item in self.items.all()
                ],
                is_learning=self.is_learning,
            ),
            *prerequisite_problems(
                self.translation_key,
                [
                    Prerequisite(
                        row.requires.translation_key, row.requires.live, row.requires.is_learning
                    )
                    for row in self.prerequisites.all()
                ],
                self.prerequisites_of_others(),
            ),
        ]
        for problem in found:
            problems.setdefault(problem.where, []).append(ValidationError(problem.message))
        return problems

    @property
    def interest_words(self) -> tuple[str, ...]:
        return tuple(word for word in (w.strip() for w in self.interests.split(";")) if word)

    @cached_property
    def pages(self) -> list[ModulePage | SessionPlanPage]:
        """Its live modules and session plans, in the order of learning: five queries at most."""
        ids = [item.page_id for item in self.items.all()]
        found = {page.pk: page for page in Page.objects.live().filter(pk__in=ids).specific()}
        return [found[pk] for pk in ids if pk in found]

    @property
    def minutes(self) -> int:
        """Whole minutes of all its items."""
        return sum(page.minutes for page in self.pages)

    @property
    def sessions(self) -> int:
        """How many of its items are session plans."""
        return sum(isinstance(page, SessionPlanPage) for page in self.pages)


class TrackOutcome(Orderable):
    """A skill that the track lifts for someone who is already at `from_level`."""

    track = ParentalKey(TrackPage, on_delete=models.CASCADE, related_name="outcomes")
    skill = models.ForeignKey(
        Skill, verbose_name=_("skill"), on_delete=models.PROTECT, related_name="+"
    )
    from_level = models.PositiveSmallIntegerField(
        _("from"), choices=Level.choices[:5], validators=[MaxValueValidator(4)], default=0
    )
    to_level = models.PositiveSmallIntegerField(
        _("to"), choices=Level.choices[1:], validators=[MinValueValidator(1), MaxValueValidator(5)]
    )

    panels = (
        FieldPanel("skill"),
        FieldRowPanel(
            [
                FieldPanel("from_level", widget=LevelSelect),
                FieldPanel("to_level", widget=LevelSelect),
            ]
        ),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("outcome")
        constraints = (
            models.UniqueConstraint(fields=("track", "skill"), name="outcome_skill_once"),
            models.CheckConstraint(
                condition=Q(to_level__gt=F("from_level")),
                name="outcome_rises",
                violation_error_message=_("An outcome has to rise: “to” is above “from”."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.skill} {self.from_level} → {self.to_level}"

    @property
    def sentence(self) -> str:
        """What one can show afterwards, in the words of the skill; may be empty."""
        return self.skill.behaviour(self.to_level)

    def clean(self) -> None:
        super().clean()
        if None not in (self.from_level, self.to_level) and self.to_level <= self.from_level:
            raise ValidationError({"to_level": _("An outcome has to rise: “to” is above “from”.")})


class TrackItem(Orderable):
    """A module or session plan at its place in a track; one page may serve several tracks."""

    track = ParentalKey(TrackPage, on_delete=models.CASCADE, related_name="items")
    page = models.ForeignKey(
        Page, verbose_name=_("module or session plan"), on_delete=models.CASCADE, related_name="+"
    )

    panels = (PageChooserPanel("page", ["training.ModulePage", "training.SessionPlanPage"]),)

    class Meta(Orderable.Meta):
        verbose_name = _("item")
        constraints = (models.UniqueConstraint(fields=("track", "page"), name="item_once"),)

    def __str__(self) -> str:
        return str(self.page)


class TrackPrerequisite(Orderable):
    """A track that has to be completed, or to stand earlier in the plan."""

    track = ParentalKey(TrackPage, on_delete=models.CASCADE, related_name="prerequisites")
    requires = models.ForeignKey(
        TrackPage, verbose_name=_("track"), on_delete=models.RESTRICT, related_name="required_by"
    )

    panels = (PageChooserPanel("requires", "training.TrackPage"),)

    class Meta(Orderable.Meta):
        verbose_name = _("prerequisite")
        constraints = (
            models.UniqueConstraint(fields=("track", "requires"), name="prerequisite_once"),
        )

    def __str__(self) -> str:
        return str(self.requires)
