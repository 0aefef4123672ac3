"""The root of all training, and what every training page shares."""

from django.utils.translation import gettext_lazy as _

from portal.models import BasePage


class TrainingPage(BasePage):
    """A page that is served only through ``visible_to(user)``; the stem of every type below."""

    class Meta:
        abstract = True


class TrainingRootPage(TrainingPage):
    """The one page below which all training stands; lists the topics."""

    template = "training/training_root_page.html"
    parent_page_types = ("portal.HomePage",)
    subpage_types = ("training.TopicPage",)
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("training")
