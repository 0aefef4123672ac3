"""What changes the shelf."""

from training.services.library import LibraryRefused, LoadResult, load_library

__all__ = ["LibraryRefused", "LoadResult", "load_library"]
