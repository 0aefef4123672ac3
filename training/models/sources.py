"""Where a page came from, so that loading the library again changes only what changed."""

from django.db import models
from wagtail.models import Page


class LibrarySource(models.Model):
    """The file of a library that a page was made of, and the file's hash when it was read."""

    library = models.CharField(max_length=100)
    path = models.CharField(max_length=300)
    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="library_source")
    content_hash = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("library", "path"), name="source_file_once"),
        )

    def __str__(self) -> str:
        return f"{self.library}: {self.path}"
