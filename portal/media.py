"""Which uploaded files anyone may fetch by address: pictures, and nothing else."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.static import serve

PUBLIC_FOLDERS = frozenset({"images", "original_images", "avatar_images"})


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


RANGE = re.compile(r"bytes=([0-9]{0,15})-([0-9]{0,15})")
CHUNK = 64 * 1024


def part_of(request: HttpRequest, answer: HttpResponseBase) -> HttpResponseBase:
    """`answer`, or the one part of its file that is asked for.

    Safari plays no film from a server that cannot give a part of it, and nobody else can seek.
    """
    asked = RANGE.fullmatch(request.headers.get("Range", ""))
    is_whole = isinstance(answer, FileResponse) and answer.status_code == 200
    if not is_whole or asked is None or asked.groups() == ("", ""):
        return answer
    if request.headers.get("If-Range", answer.get("ETag", "")) != answer.get("ETag", ""):
        return answer
    first, last = asked.groups()
    size = int(answer["Content-Length"])
    begin = int(first) if first else max(size - int(last), 0)
    end = min(int(last), size - 1) if first and last else size - 1
    if begin > end:
        answer.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    opened: Any = answer.file_to_stream
    opened.seek(begin)
    answer.streaming_content = _read(opened, end - begin + 1)
    answer.status_code = 206
    answer["Content-Range"] = f"bytes {begin}-{end}/{size}"
    answer["Content-Length"] = str(end - begin + 1)
    return answer


def _read(opened: Any, left: int) -> Iterator[bytes]:
    while left and (chunk := opened.read(min(CHUNK, left))):
        left -= len(chunk)
        yield chunk
