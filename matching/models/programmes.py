"""One run of mentoring in an organisation."""

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from matching.enums import Objective, StyleRule

# A programme of this short name could not be reached: the address is taken.
TAKEN = frozenset({"new"})


def refuse_taken_slug(slug: str) -> None:
    if slug in TAKEN:
        raise ValidationError(_("Choose another short name, as digital-2027."))


# What a match may have points for, in the order of the form.
CRITERIA = ("skill_gap", "interests", "wishes", "distance", "way_of_working")
# Nobody can enter a wish yet, so that no match is ever given these points.
OUT_OF_REACH = frozenset({"wishes"})


class Programme(models.Model):
    """Dates, purpose, and the rules and weights by which its people are matched."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(
        _("short name in addresses"), unique=True, max_length=60, validators=[refuse_taken_slug]
    )
    purpose = models.TextField(
        _("purpose"), blank=True, help_text=_("What the programme is to change, in a sentence.")
    )
    starts_on = models.DateField(_("starts"))
    ends_on = models.DateField(_("ends"))

    mentor_is_junior = models.BooleanField(_("the mentor is the junior"), default=True)
    shared_language = models.BooleanField(_("they share a language"), default=True)
    working_hours_overlap = models.PositiveSmallIntegerField(
        _("hours of the working day in common"), default=1, validators=[MaxValueValidator(8)]
    )
    minimum_score = models.PositiveSmallIntegerField(
        _("lowest score of a match"), default=20, help_text=_("In points, of 100.")
    )
    style = models.CharField(
        _("ways of talking"), max_length=14, choices=StyleRule.choices, default=StyleRule.SIMILAR
    )
    objective = models.CharField(
        _("what is best"), max_length=5, choices=Objective.choices, default=Objective.FAIR
    )
    weight_skill_gap = models.PositiveSmallIntegerField(
        _("what the mentee wants to learn"), default=40
    )
    weight_interests = models.PositiveSmallIntegerField(_("shared interests"), default=20)
    weight_wishes = models.PositiveSmallIntegerField(_("their own wishes"), default=15)
    weight_distance = models.PositiveSmallIntegerField(
        _("another department and place"), default=15
    )
    weight_way_of_working = models.PositiveSmallIntegerField(_("way of working"), default=10)

    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(_("changed"), null=True, blank=True, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    panels = (
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("purpose"),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
        MultiFieldPanel(
            [
                FieldPanel("mentor_is_junior"),
                FieldPanel("shared_language"),
                FieldPanel("working_hours_overlap"),
                FieldPanel("minimum_score"),
                FieldPanel("style"),
                FieldPanel("objective"),
            ],
            heading=_("Rules of the matching"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("weight_skill_gap"),
                FieldPanel("weight_interests"),
                FieldPanel("weight_wishes"),
                FieldPanel("weight_distance"),
                FieldPanel("weight_way_of_working"),
            ],
            heading=_("What a match is worth"),
            help_text=_("Points for a perfect fit on each; usually 100 in all."),
        ),
    )

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ("-starts_on", "name")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")),
                name="programme_ends_after_start",
                violation_error_message=_("A programme ends after it starts."),
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def most_points(self) -> int:
        """What a perfect match is given; points that nobody can reach yet do not count."""
        return sum(getattr(self, f"weight_{name}") for name in CRITERIA if name not in OUT_OF_REACH)

    def clean(self) -> None:
        super().clean()
        faults: dict[str, list[object]] = {}
        if self.starts_on and self.ends_on and self.ends_on <= self.starts_on:
            faults["ends_on"] = [_("A programme ends after it starts.")]
        weights = [getattr(self, f"weight_{name}") for name in CRITERIA]
        if all(weight is not None for weight in weights):
            if not self.most_points:
                text = _("Give points to at least one thing that makes a match good.")
                faults.setdefault(NON_FIELD_ERRORS, []).append(text)
            elif (self.minimum_score or 0) > self.most_points:
                text = _("Nobody could reach this: a perfect match has %(total)d points.")
                faults["minimum_score"] = [text % {"total": self.most_points}]
        if faults:
            raise ValidationError(faults)
