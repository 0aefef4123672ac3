"""What the text of a module is made of."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import BlockGroup

from training.blocks.media import DownloadBlock, ImageBlock, VideoBlock
from training.blocks.prose import LINE, PROSE, SMALL_PROSE


class CalloutBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=[("tip", _("Tip")), ("note", _("Note")), ("careful", _("Careful"))],
        default="tip",
    )
    title = blocks.CharBlock(label=_("Title"), required=False)
    text = blocks.RichTextBlock(label=_("Text"), features=SMALL_PROSE)

    class Meta:
        icon = "warning"
        label = _("Callout")
        description = _("A tip, a note or a word of caution, set apart from the text.")
        template = "training/blocks/callout.html"
        preview_value = {
            "kind": "tip",
            "title": _("Start with what they know"),
            "text": "<p>Ask what the figure is for before you ask where it comes from.</p>",
        }


class ChecklistBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False)
    entries = blocks.ListBlock(blocks.RichTextBlock(features=LINE), label=_("Entries"))

    class Meta:
        icon = "tasks"
        label = _("Checklist")
        description = _("Things to have or to do, in any order.")
        template = "training/blocks/checklist.html"
        preview_value = {
            "title": _("Before you share your screen"),
            "entries": ["<p>Close your mail.</p>", "<p>Open the file.</p>"],
        }


class StepsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False)
    entries = blocks.ListBlock(blocks.RichTextBlock(features=SMALL_PROSE), label=_("Steps"))

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        description = _("Things to do one after the other.")
        template = "training/blocks/steps.html"
        preview_value = {
            "title": _("Try it"),
            "entries": [
                "<p><b>Pick one figure.</b> One that you see every month.</p>",
                "<p><b>Ask who counts.</b> Write down what you hear.</p>",
            ],
        }


class ExampleBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False)
    text = blocks.RichTextBlock(label=_("Text"), features=SMALL_PROSE)

    class Meta:
        icon = "openquote"
        label = _("Example")
        description = _("A worked example, from real work.")
        template = "training/blocks/example.html"
        preview_value = {
            "title": _("From meeting to question"),
            "text": "<p>“How are we doing?” becomes “How many orders in March?”</p>",
        }


class CodeBlock(blocks.StructBlock):
    language = blocks.CharBlock(label=_("Language"), required=False)
    code = blocks.TextBlock(label=_("Code"))

    class Meta:
        icon = "code"
        label = _("Code")
        description = _("Lines to read or to type, kept exactly as they are.")
        template = "training/blocks/code.html"
        form_layout = BlockGroup(children=["code"], settings=["language"])
        preview_value = {"language": "SQL", "code": "SELECT name\nFROM customers;"}


class DiscussionBlock(blocks.StructBlock):
    text = blocks.RichTextBlock(
        label=_("A question for the two to talk over"), features=SMALL_PROSE
    )

    class Meta:
        icon = "comment"
        label = _("Discussion")
        description = _("A question that the two talk over when they next meet.")
        template = "training/blocks/discussion.html"
        preview_value = {"text": "<p>Which figure do two departments report differently?</p>"}


class ReflectionBlock(blocks.StructBlock):
    text = blocks.RichTextBlock(label=_("A question to answer for oneself"), features=SMALL_PROSE)

    class Meta:
        icon = "edit"
        label = _("Reflection")
        description = _("A question to answer for oneself, in writing.")
        template = "training/blocks/reflection.html"
        preview_value = {"text": "<p>Which figure did you take on trust this month?</p>"}


class BodyBlock(blocks.StreamBlock):
    text = blocks.RichTextBlock(
        label=_("Text"),
        features=PROSE,
        template="training/blocks/text.html",
        icon="pilcrow",
        description=_("Headings, paragraphs and lists."),
        preview_value="<h2>One table, one kind of thing</h2><p>Each row is one of them.</p>",
    )
    image = ImageBlock(group=_("Pictures and files"))
    video = VideoBlock(group=_("Pictures and files"))
    download = DownloadBlock(group=_("Pictures and files"))
    callout = CalloutBlock(group=_("Explain"))
    example = ExampleBlock(group=_("Explain"))
    code = CodeBlock(group=_("Explain"))
    steps = StepsBlock(group=_("Do"))
    checklist = ChecklistBlock(group=_("Do"))
    discussion = DiscussionBlock(group=_("Do"))
    reflection = ReflectionBlock(group=_("Do"))

    class Meta:
        required = False
