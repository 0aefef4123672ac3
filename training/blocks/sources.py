"""Where the facts of a page come from."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class SourceBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Author, title, publisher, year"))
    url = blocks.URLBlock(label=_("Address"), required=False)

    class Meta:
        icon = "link"
        label = _("Source")
        label_format = "{text}"
        description = _("A book, paper, standard or official page that you have read.")
        template = "training/blocks/source.html"
        preview_value = {"text": "E. F. Codd, A Relational Model of Data, 1970", "url": ""}


class SourceListBlock(blocks.StreamBlock):
    source = SourceBlock()

    class Meta:
        required = False
