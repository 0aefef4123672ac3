"""What changes the shelf."""

from training.services.library import LibraryRefused, LoadResult, load_library
from training.services.publishing import DueResult, publish_due

__all__ = ["DueResult", "LibraryRefused", "LoadResult", "load_library", "publish_due"]
