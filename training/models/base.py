"""The root of all training, and what every training page shares."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import TitleFieldPanel
from wagtail.fields import StreamField

from portal.models import BasePage
from training.models.forms import TrainingPageForm

Problems = dict[str, list[ValidationError]]


class TrainingPage(BasePage):
    """A page that is served only through ``visible_to(user)``; the stem of every type below."""

    content_panels = (
        TitleFieldPanel("title", help_text=_("As people in the programme will read it.")),
        *BasePage.content_panels[1:],
    )
    base_form_class = TrainingPageForm

    class Meta:
        abstract = True

    def publishing_problems(self) -> Problems:
        """What keeps this page from being taught, by the name of the field it belongs to.

        Drafts may have problems; a live page may not. Each type adds its own.
        """
        problems: Problems = {}
        for field in self._meta.get_fields():
            if isinstance(field, StreamField):
                try:
                    field.stream_block.clean(getattr(self, field.name))
                except ValidationError:
                    # A block's own error holds its place in the editor, not a sentence.
                    told = _("Something in “%(field)s” is not finished yet.")
                    problems[field.name] = [
                        ValidationError(told, params={"field": field.verbose_name})
                    ]
        return problems

    def save(self, clean: bool = True, **kwargs: Any) -> Any:
        """Refuses to be live with a problem, whichever way it is being published.

        Forms, bulk actions, schedules and code all end here; hooks and forms do not see them all.
        """
        fields = kwargs.get("update_fields")
        # Locking a page or noting a revision publishes nothing: it must go through.
        is_published = fields is None or "live" in fields
        if clean and self.live and is_published and (problems := self.publishing_problems()):
            raise ValidationError(problems)
        return super().save(clean=clean, **kwargs)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answers only once the gate in ``wagtail_hooks`` has let this page through.

        A preview has asked for an editor's rights before it comes here.
        """
        is_let_through = getattr(request, "opened_training_page", None) == self.pk
        if not (is_let_through or getattr(request, "is_preview", False)):
            raise Http404
        return super().serve(request, *args, **kwargs)


class TrainingRootPage(TrainingPage):
    """The one page below which all training stands; lists the topics."""

    template = "training/training_root_page.html"
    page_description = _("Holds all topics. There is one of it.")
    parent_page_types = ("portal.HomePage",)
    subpage_types = ("training.TopicPage",)
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("training")
