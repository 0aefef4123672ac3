"""How static files are kept for serving."""

from typing import Any

from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Hashed names and gzip beside each file, no Brotli.

    Brotli at its highest level took most of the time of setting up, for files that a portal
    of this size serves a few times a day.
    """

    def create_compressor(self, **options: Any) -> Compressor:
        return Compressor(**{**options, "use_brotli": False})
