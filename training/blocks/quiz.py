"""The questions of a quiz, as editors write them.

They have no template of their own: pages show questions through ``queries.read_quiz``, which
leaves the answers out. Only an editor's preview renders from here.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import BlockGroup, StructBlockValidationError

from training.grading import fold

MOST_QUESTIONS = 40
QUESTION_PREVIEW = "training/blocks/question_preview.html"


class AnswerBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Answer"), max_length=400)
    is_right = blocks.BooleanBlock(label=_("Right"), required=False)
    feedback = blocks.CharBlock(
        label=_("Feedback"),
        required=False,
        max_length=500,
        help_text=_("Shown after answering, to whoever chose this answer."),
    )

    class Meta:
        icon = "tick-inverse"
        label = _("Answer")
        label_format = "{text}"


class QuestionBlock(blocks.StructBlock):
    """What every kind of question shares; never rendered to a page with its answers."""

    question = blocks.TextBlock(label=_("Question"), rows=2)
    feedback = blocks.TextBlock(
        label=_("Feedback"),
        rows=2,
        required=False,
        help_text=_("Shown after answering, right or wrong: the why."),
    )

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if not self.is_deferred_validation and (told := self.answer_problem(value)):
            raise StructBlockValidationError(
                {"choices": ListBlockValidationError(non_block_errors=[ValidationError(told)])}
            )
        return value

    def answer_problem(self, value: Any) -> Any:
        """Why this question cannot be graded, or None."""
        return None


class ChoiceQuestionBlock(QuestionBlock):
    # Whole answers: of what is missing the editor's script makes the word “undefined”.
    choices = blocks.ListBlock(
        AnswerBlock(),
        default=[{"text": "", "is_right": False, "feedback": ""}] * 2,
        label=_("Answers"),
    )

    class Meta:
        form_layout = BlockGroup(children=["question", "choices", "feedback"])

    def answer_problem(self, value: Any) -> Any:
        if len(value["choices"]) < 2:
            return _("A question needs at least two answers.")
        return self.marking_problem(sum(bool(choice["is_right"]) for choice in value["choices"]))

    def marking_problem(self, right: int) -> Any:
        """Why so many right answers will not do, or None."""
        raise NotImplementedError


class SingleChoiceBlock(ChoiceQuestionBlock):
    class Meta:
        icon = "radio-full"
        label = _("Single choice")
        label_format = "{question}"
        description = _("Several answers, exactly one of them right.")
        preview_template = QUESTION_PREVIEW
        preview_value = {
            "question": _("A table has one row for each order line. What does counting it give?"),
            "choices": [
                {"text": _("The number of orders"), "is_right": False, "feedback": ""},
                {"text": _("The number of order lines"), "is_right": True, "feedback": ""},
            ],
            "feedback": "",
        }

    def marking_problem(self, right: int) -> Any:
        if right == 0:
            return _("No answer is marked as right. Mark the one that is.")
        if right > 1:
            return _("%(count)d answers are marked as right. Keep one, or use multiple choice.") % {
                "count": right
            }
        return None


class MultipleChoiceBlock(ChoiceQuestionBlock):
    class Meta:
        icon = "check"
        label = _("Multiple choice")
        label_format = "{question}"
        description = _("Several answers, one or more right. All of them have to be found.")
        preview_template = QUESTION_PREVIEW
        preview_value = {
            "question": _("Which of these would tell customers apart? Choose all that apply."),
            "choices": [
                {"text": _("A number given once and never again"), "is_right": True},
                {"text": _("Their name"), "is_right": False},
            ],
            "feedback": "",
        }

    def marking_problem(self, right: int) -> Any:
        if right == 0:
            return _("No answer is marked as right. Mark at least one.")
        return None


class TrueFalseBlock(QuestionBlock):
    answer = blocks.ChoiceBlock(
        label=_("The statement is"), choices=[("true", _("true")), ("false", _("false"))]
    )

    class Meta:
        icon = "resubmit"
        label = _("True or false")
        label_format = "{question}"
        description = _("A statement that is either true or false.")
        form_layout = BlockGroup(children=["question", "answer", "feedback"])
        preview_template = QUESTION_PREVIEW
        preview_value = {
            "question": _("Sorting a table changes how many rows it has."),
            "answer": "false",
            "feedback": "",
        }


class NumberBlock(QuestionBlock):
    answer = blocks.DecimalBlock(label=_("Answer"))
    tolerance = blocks.DecimalBlock(
        label=_("Tolerance"),
        default=0,
        min_value=0,
        help_text=_("How far off an answer may be and still be right; 0 for exactly."),
    )
    unit = blocks.CharBlock(label=_("Unit"), required=False, max_length=30)

    class Meta:
        icon = "decimal"
        label = _("Number")
        label_format = "{question}"
        description = _("A number to work out, with a tolerance if you like.")
        form_layout = BlockGroup(
            children=["question", "answer", "unit", "feedback"], settings=["tolerance"]
        )
        preview_template = QUESTION_PREVIEW
        preview_value = {
            "question": _("How long is a session?"),
            "answer": 60,
            "tolerance": 0,
            "unit": _("minutes"),
            "feedback": "",
        }


class ShortTextBlock(QuestionBlock):
    accepted = blocks.ListBlock(
        blocks.CharBlock(max_length=100),
        label=_("Accepted answers"),
        min_num=1,
        help_text=_("Capitals, accents, blanks and full stops make no difference."),
    )

    class Meta:
        icon = "edit"
        label = _("Short text")
        label_format = "{question}"
        description = _("A word or two, compared with the answers you accept.")
        form_layout = BlockGroup(children=["question", "accepted", "feedback"])
        preview_template = QUESTION_PREVIEW
        preview_value = {
            "question": _("One word: what brings two tables together along a key?"),
            "accepted": ["join"],
            "feedback": "",
        }

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        told = _("Nothing is left of this to compare. Write letters, digits or marks.")
        empty = {
            place: ValidationError(told)
            for place, text in enumerate(value["accepted"])
            if not fold(text or "")
        }
        if empty and not self.is_deferred_validation:
            raise StructBlockValidationError(
                {"accepted": ListBlockValidationError(block_errors=empty)}
            )
        return value


class QuizBlock(blocks.StreamBlock):
    single_choice = SingleChoiceBlock()
    multiple_choice = MultipleChoiceBlock()
    true_false = TrueFalseBlock()
    number = NumberBlock()
    short_text = ShortTextBlock()

    class Meta:
        required = False
        max_num = MOST_QUESTIONS
