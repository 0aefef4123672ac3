"""What a session plan is made of."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import BlockGroup

from training.blocks.prose import SMALL_PROSE


class AgendaPartBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"))
    minutes = blocks.IntegerBlock(label=_("Minutes"), min_value=1, max_value=180)
    say = blocks.TextBlock(
        label=_("A first sentence to say"),
        rows=2,
        required=False,
        help_text=_("So plain that a mentor can say it as it stands."),
    )
    prompts = blocks.ListBlock(blocks.CharBlock(), label=_("What to ask"), default=[])
    guidance = blocks.RichTextBlock(
        label=_("Guidance"),
        features=SMALL_PROSE,
        required=False,
        help_text=_("What to do, what to look for, and what to do if it goes differently."),
    )

    class Meta:
        icon = "time"
        label = _("Part")
        label_format = "{title}"
        description = _("One part of the meeting, with its minutes and what to say and ask.")
        template = "training/blocks/agenda_part.html"
        form_layout = BlockGroup(children=["title", "minutes", "say", "prompts", "guidance"])
        preview_value = {
            "title": _("Check-in"),
            "minutes": 5,
            "say": _("What has your week been asking of you?"),
            "prompts": [_("What would make this hour worth it for you?")],
            "guidance": "<p>Keep it light.</p>",
        }


class AgendaBlock(blocks.StreamBlock):
    part = AgendaPartBlock()

    class Meta:
        min_num = 1


class CommitmentListBlock(blocks.StreamBlock):
    commitment = blocks.CharBlock(
        label=_("Commitment"),
        icon="tick",
        max_length=300,
        description=_("One small, concrete thing to do before the next meeting."),
        preview_value=_("Write three questions in five parts each."),
    )

    class Meta:
        required = False
