"""Topics, tracks, modules and session plans: live, published pages with a revision."""

from typing import Any

import factory
from wagtail.models import Page

from portal.models import HomePage, Skill
from tests.factories.portal import SkillFactory
from training.models import (
    ModulePage,
    SessionPlanPage,
    TopicPage,
    TrackItem,
    TrackOutcome,
    TrackPage,
    TrackPrerequisite,
    TrainingRootPage,
)

QUIZ: list[dict[str, Any]] = [
    {
        "type": "single_choice",
        "id": "11111111-0000-4000-8000-000000000001",
        "value": {
            "question": "What is one row of a table of order lines?",
            "choices": [
                {
                    "type": "item",
                    "id": "11111111-0000-4000-8000-00000000000a",
                    "value": {"text": "An order", "is_right": False, "feedback": "Not quite."},
                },
                {
                    "type": "item",
                    "id": "11111111-0000-4000-8000-00000000000b",
                    "value": {
                        "text": "A product in an order",
                        "is_right": True,
                        "feedback": "Yes.",
                    },
                },
            ],
            "feedback": "Ask what one row is.",
        },
    },
    {
        "type": "true_false",
        "id": "11111111-0000-4000-8000-000000000002",
        "value": {
            "question": "Sorting adds rows.",
            "answer": "false",
            "feedback": "It moves them.",
        },
    },
]
#: What a form sends to pass QUIZ, and to fail it.
RIGHT_ANSWERS = {
    QUIZ[0]["id"]: "11111111-0000-4000-8000-00000000000b",
    QUIZ[1]["id"]: "false",
}
WRONG_ANSWERS = {
    QUIZ[0]["id"]: "11111111-0000-4000-8000-00000000000a",
    QUIZ[1]["id"]: "true",
}


def training_root() -> TrainingRootPage:
    """The root that the migration made, or a new one where a test emptied the database."""
    if root := TrainingRootPage.objects.first():
        return root
    parent = HomePage.objects.first() or Page.get_first_root_node().add_child(
        instance=HomePage(title="Turnabout", slug="home")
    )
    return parent.add_child(instance=TrainingRootPage(title="Training", slug="training"))


class PageFactory(factory.Factory):
    """Adds a page below `parent` and publishes it, unless ``live=False``."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class: Any, *args: Any, parent: Page, **values: Any) -> Any:
        is_live = values.pop("live", True)
        lists = {name: values.pop(name) for name in list(values) if name.startswith("with_")}
        page = model_class(*args, live=False, **values)
        for name, rows in lists.items():
            setattr(page, name.removeprefix("with_"), rows)
        # Children are prefetched by path: a stale parent would hand out a path twice.
        Page.objects.get(pk=parent.pk).add_child(instance=page)
        revision = page.save_revision(clean=False)
        if is_live:
            revision.publish()
        return model_class.objects.get(pk=page.pk)


class TopicFactory(PageFactory):
    class Meta:
        model = TopicPage

    parent = factory.LazyFunction(training_root)
    title = factory.Sequence(lambda n: f"Topic {n}")
    summary = "What this topic is about."


class ModuleFactory(PageFactory):
    """Ten minutes for both; ``quiz=[]`` for one without a quiz."""

    class Meta:
        model = ModulePage

    parent = factory.SubFactory(TopicFactory)
    title = factory.Sequence(lambda n: f"Module {n}")
    summary = "What one can do after it."
    minutes = 10
    body = factory.LazyFunction(
        lambda: [{"type": "text", "value": "<h2>One row</h2><p>Ask what one row is.</p>"}]
    )
    quiz = factory.LazyFunction(lambda: QUIZ)


class SessionPlanFactory(PageFactory):
    """An hour in two parts."""

    class Meta:
        model = SessionPlanPage

    parent = factory.SubFactory(TopicFactory)
    title = factory.Sequence(lambda n: f"Session plan {n}")
    objective = "<p>At the end the mentee can say what one row is.</p>"
    prework_mentor = "<p>Open the table.</p>"
    prework_mentee = "<p>Bring one figure.</p>"
    agenda = factory.LazyFunction(
        lambda: [
            {
                "type": "part",
                "value": {
                    "title": title,
                    "minutes": minutes,
                    "say": "Shall we begin?",
                    "prompts": ["What went well?"],
                    "guidance": "<p>Listen.</p>",
                },
            }
            for title, minutes in (("Check-in", 10), ("Practice", 50))
        ]
    )
    commitments = factory.LazyFunction(
        lambda: [{"type": "commitment", "value": "Ask one question a day."}]
    )


class TrackFactory(PageFactory):
    """Lifts one skill from 0 to 2 with one module and one session plan.

    ``lifts=[("Databases", 1, 3)]`` names other outcomes (skills are made if missing),
    ``pages=[…]`` other items, ``requires=[track]`` prerequisites.
    """

    class Meta:
        model = TrackPage

    class Params:
        lifts: Any = None
        pages: Any = None
        requires: Any = ()

    parent = factory.SubFactory(TopicFactory)
    title = factory.Sequence(lambda n: f"Track {n}")
    summary = "What one can do at the end."

    @factory.lazy_attribute
    def with_outcomes(self) -> list[TrackOutcome]:
        lifts = [("Databases", 0, 2)] if self.lifts is None else self.lifts
        return [
            TrackOutcome(
                skill=Skill.objects.filter(name=skill).first() or SkillFactory(name=skill),
                from_level=low,
                to_level=high,
                sort_order=place,
            )
            for place, (skill, low, high) in enumerate(lifts)
        ]

    @factory.lazy_attribute
    def with_items(self) -> list[TrackItem]:
        pages = self.pages
        if pages is None:
            pages = [ModuleFactory(parent=self.parent), SessionPlanFactory(parent=self.parent)]
        return [TrackItem(page=page, sort_order=place) for place, page in enumerate(pages)]

    @factory.lazy_attribute
    def with_prerequisites(self) -> list[TrackPrerequisite]:
        return [
            TrackPrerequisite(requires=track, sort_order=place)
            for place, track in enumerate(self.requires)
        ]


class PreparationFactory(TrackFactory):
    """What a mentor does before the first session: one module, no outcomes."""

    class Params:
        lifts: Any = ()

    purpose = "preparation"
    audience = "mentor"

    @factory.lazy_attribute
    def with_items(self) -> list[TrackItem]:
        pages = [ModuleFactory(parent=self.parent)] if self.pages is None else self.pages
        return [TrackItem(page=page, sort_order=place) for place, page in enumerate(pages)]
