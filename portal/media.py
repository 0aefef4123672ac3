"""Which uploaded files anyone may fetch by address: pictures, and nothing else."""

from pathlib import PurePosixPath

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.static import serve

PUBLIC_FOLDERS = frozenset({"images", "original_images"})


def open_public_media(request: HttpRequest, path: str) -> HttpResponseBase:
    """The picture at `path` below MEDIA_ROOT, never shown as a page of ours; else 404.

    An uploaded SVG may carry scripts: it is served with a policy that lets none run.
    """
    parts = PurePosixPath(path).parts
    if len(parts) < 2 or parts[0] not in PUBLIC_FOLDERS or ".." in parts:
        raise Http404
    answer = serve(request, path, document_root=settings.MEDIA_ROOT)
    answer["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    answer["Cache-Control"] = "public, max-age=86400"
    return answer
