"""A folder of text files becomes the pages of the shelf: read, check, then write all or nothing."""

from training.services.library.loading import LoadResult, load_library
from training.services.library.problems import LibraryRefused

__all__ = ["LibraryRefused", "LoadResult", "load_library"]
