"""The blocks that training is written in."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

PROSE = ["h2", "h3", "bold", "italic", "link", "ol", "ul", "code", "blockquote"]
SMALL_PROSE = ["bold", "italic", "link", "ol", "ul", "code"]


class ImageBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("image"))
    alt = blocks.CharBlock(label=_("what it shows"), help_text=_("For those who cannot see it."))
    caption = blocks.CharBlock(label=_("caption"), required=False)

    class Meta:
        icon = "image"
        label = _("Image")
        template = "training/blocks/image.html"


class VideoBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("video file"), required=False)
    url = blocks.URLBlock(label=_("or a link"), required=False)
    title = blocks.CharBlock(label=_("title"))
    minutes = blocks.IntegerBlock(label=_("minutes"), min_value=1, required=False)
    transcript = blocks.RichTextBlock(label=_("transcript"), features=SMALL_PROSE, required=False)

    class Meta:
        icon = "media"
        label = _("Video")
        template = "training/blocks/video.html"


class CalloutBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        label=_("kind"),
        choices=[("tip", _("Tip")), ("note", _("Note")), ("careful", _("Careful"))],
        default="tip",
    )
    title = blocks.CharBlock(label=_("title"), required=False)
    text = blocks.RichTextBlock(label=_("text"), features=SMALL_PROSE)

    class Meta:
        icon = "warning"
        label = _("Callout")
        template = "training/blocks/callout.html"


class ChecklistBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"), required=False)
    entries = blocks.ListBlock(blocks.RichTextBlock(features=["bold", "italic", "link", "code"]))

    class Meta:
        icon = "tasks"
        label = _("Checklist")
        template = "training/blocks/checklist.html"


class StepsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"), required=False)
    entries = blocks.ListBlock(blocks.RichTextBlock(features=SMALL_PROSE))

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        template = "training/blocks/steps.html"


class CodeBlock(blocks.StructBlock):
    language = blocks.CharBlock(label=_("language"), required=False)
    code = blocks.TextBlock(label=_("code"))

    class Meta:
        icon = "code"
        label = _("Code")
        template = "training/blocks/code.html"


class ExampleBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"), required=False)
    text = blocks.RichTextBlock(label=_("text"), features=SMALL_PROSE)

    class Meta:
        icon = "openquote"
        label = _("Example")
        template = "training/blocks/example.html"


class DiscussionBlock(blocks.StructBlock):
    text = blocks.RichTextBlock(
        label=_("a question for the two to talk over"), features=SMALL_PROSE
    )

    class Meta:
        icon = "comment"
        label = _("Discussion")
        template = "training/blocks/discussion.html"


class ReflectionBlock(blocks.StructBlock):
    text = blocks.RichTextBlock(label=_("a question to answer for oneself"), features=SMALL_PROSE)

    class Meta:
        icon = "edit"
        label = _("Reflection")
        template = "training/blocks/reflection.html"


class DownloadBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("file"))
    note = blocks.CharBlock(label=_("what it is for"), required=False)

    class Meta:
        icon = "download"
        label = _("Download")
        template = "training/blocks/download.html"


class BodyBlock(blocks.StreamBlock):
    text = blocks.RichTextBlock(
        label=_("Text"), features=PROSE, template="training/blocks/text.html", icon="pilcrow"
    )
    image = ImageBlock()
    video = VideoBlock()
    callout = CalloutBlock()
    checklist = ChecklistBlock()
    steps = StepsBlock()
    example = ExampleBlock()
    code = CodeBlock()
    discussion = DiscussionBlock()
    reflection = ReflectionBlock()
    download = DownloadBlock()

    class Meta:
        required = False


class ChoiceBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("answer"), max_length=400)
    is_right = blocks.BooleanBlock(label=_("right"), required=False)
    feedback = blocks.CharBlock(label=_("feedback"), required=False, max_length=500)


class QuestionBlock(blocks.StructBlock):
    """What every kind of question shares; never rendered to a page with its answers."""

    question = blocks.TextBlock(label=_("question"), rows=2)
    feedback = blocks.TextBlock(label=_("shown after answering"), rows=2, required=False)


class SingleChoiceBlock(QuestionBlock):
    choices = blocks.ListBlock(ChoiceBlock(), min_num=2, label=_("answers"))

    class Meta:
        icon = "radio-empty"
        label = _("Single choice")


class MultipleChoiceBlock(QuestionBlock):
    choices = blocks.ListBlock(ChoiceBlock(), min_num=2, label=_("answers"))

    class Meta:
        icon = "check"
        label = _("Multiple choice")


class TrueFalseBlock(QuestionBlock):
    answer = blocks.ChoiceBlock(
        label=_("the statement is"), choices=[("true", _("true")), ("false", _("false"))]
    )

    class Meta:
        icon = "resubmit"
        label = _("True or false")


class NumberBlock(QuestionBlock):
    answer = blocks.DecimalBlock(label=_("answer"))
    tolerance = blocks.DecimalBlock(label=_("tolerance"), default=0, min_value=0)
    unit = blocks.CharBlock(label=_("unit"), required=False)

    class Meta:
        icon = "order"
        label = _("Number")


class ShortTextBlock(QuestionBlock):
    accepted = blocks.ListBlock(blocks.CharBlock(), label=_("accepted answers"), min_num=1)

    class Meta:
        icon = "edit"
        label = _("Short text")


class QuizBlock(blocks.StreamBlock):
    single_choice = SingleChoiceBlock()
    multiple_choice = MultipleChoiceBlock()
    true_false = TrueFalseBlock()
    number = NumberBlock()
    short_text = ShortTextBlock()

    class Meta:
        required = False


class AgendaPartBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"))
    minutes = blocks.IntegerBlock(label=_("minutes"), min_value=1, max_value=180)
    say = blocks.TextBlock(label=_("a first sentence to say"), rows=2, required=False)
    prompts = blocks.ListBlock(blocks.CharBlock(), label=_("what to ask"), default=[])
    guidance = blocks.RichTextBlock(label=_("guidance"), features=SMALL_PROSE, required=False)

    class Meta:
        icon = "time"
        label = _("Part")


class AgendaBlock(blocks.StreamBlock):
    part = AgendaPartBlock()

    class Meta:
        min_num = 1


class CommitmentListBlock(blocks.StreamBlock):
    commitment = blocks.CharBlock(label=_("Commitment"), icon="tick", max_length=300)

    class Meta:
        required = False


class SourceBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("author, title, publisher, year"))
    url = blocks.URLBlock(label=_("address"), required=False)

    class Meta:
        icon = "link"
        label = _("Source")


class SourceListBlock(blocks.StreamBlock):
    source = SourceBlock()

    class Meta:
        required = False
