"""Blocks that hold a file: image, video, download."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import BlockGroup, StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from training.blocks.prose import SMALL_PROSE

VIDEO_ENDINGS = ("mp4", "webm")


class ImageBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("Image"))
    alt = blocks.CharBlock(label=_("What it shows"), help_text=_("For those who cannot see it."))
    caption = blocks.CharBlock(label=_("Caption"), required=False)

    class Meta:
        icon = "image"
        label = _("Image")
        description = _("A picture with words for those who cannot see it.")
        template = "training/blocks/image.html"


class VideoBlock(blocks.StructBlock):
    document = DocumentChooserBlock(
        label=_("Video file"),
        required=False,
        help_text=_("MP4 or WebM. Only people who may open this page can watch it."),
    )
    url = blocks.URLBlock(
        label=_("Or a link"),
        required=False,
        help_text=_("Shown as a link: nothing is loaded from elsewhere until somebody clicks."),
    )
    title = blocks.CharBlock(label=_("Title"))
    minutes = blocks.IntegerBlock(label=_("Minutes"), min_value=1, required=False)
    transcript = blocks.RichTextBlock(
        label=_("Transcript"),
        features=SMALL_PROSE,
        required=False,
        help_text=_("For those who cannot hear it, and those who would rather read."),
    )

    class Meta:
        icon = "media"
        label = _("Video")
        description = _("A video file of your own, or a link to one, with its transcript.")
        template = "training/blocks/video.html"
        form_layout = BlockGroup(
            children=["title", "document", "url", "minutes"], settings=["transcript"]
        )
        preview_value = {
            "title": _("How a pair plans its first meeting"),
            "url": "https://example.org/video",
            "minutes": 4,
            "transcript": "<p>…</p>",
        }

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if self.is_deferred_validation:
            return value
        file, url = value.get("document"), value.get("url")
        if not file and not url:
            told = ValidationError(_("Choose a file or give a link."))
            raise StructBlockValidationError({"document": told})
        if file and url:
            told = ValidationError(_("A file is chosen already: keep one of the two."))
            raise StructBlockValidationError({"url": told})
        if file and file.file_extension.lower() not in VIDEO_ENDINGS:
            told = ValidationError(_("This is not a video. Choose an MP4 or WebM file."))
            raise StructBlockValidationError({"document": told})
        return value


class DownloadBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("File"))
    note = blocks.CharBlock(label=_("What it is for"), required=False)

    class Meta:
        icon = "download"
        label = _("Download")
        description = _("A file to take away: a worksheet, a template, a table.")
        template = "training/blocks/download.html"
