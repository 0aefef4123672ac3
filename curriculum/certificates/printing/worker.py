"""The process that makes PDFs: one font configuration and one parsed sheet for all of them.

Run by `press`, by its path and without Django. It reads requests from stdin and answers on stdout;
each message is eight bytes of length and a body. A request is JSON (see `Sheet` in press); an
answer is one byte, ``+`` for a PDF or ``-`` for a reason in words, and the matter itself.
"""

import json
import resource
import sys
import traceback
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import unquote, urlsplit

# A picture that unpacks to gigabytes ends this process and not the machine.
MEMORY_LIMIT = 2 * 1024**3


def make_fetcher(root: Path) -> Any:
    """A fetcher for data: addresses and for files below `root`, and for nothing else."""
    from weasyprint.urls import URLFetcher

    class OwnFilesFetcher(URLFetcher):
        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
            parts = urlsplit(url)
            if parts.scheme == "file":
                path = Path(unquote(parts.path)).resolve()
                if parts.netloc or not path.is_relative_to(root):
                    raise ValueError("Only files of the certificate itself are read.")
            elif parts.scheme != "data":
                raise ValueError("Nothing is fetched from other places.")
            return super().fetch(url, headers)

    return OwnFilesFetcher(allowed_protocols={"data", "file"}, allow_redirects=False)


class Printer:
    """Keeps what is costly to make: fonts and sheet. A fresh one per PDF doubles the time."""

    def __init__(self, stylesheet: Path) -> None:
        from weasyprint import CSS
        from weasyprint.text.fonts import FontConfiguration

        self.fetcher = make_fetcher(stylesheet.parent.resolve())
        self.fonts = FontConfiguration()
        self.sheet = CSS(filename=stylesheet, font_config=self.fonts, url_fetcher=self.fetcher)

    def print(self, request: Mapping[str, Any]) -> bytes:
        from weasyprint import CSS, HTML, Attachment

        made = datetime.fromisoformat(request["made_at"])
        attachments = [
            Attachment(
                string=attached["text"],
                name=attached["name"],
                description=attached["description"],
                relationship="Data",
                created=made,
                modified=made,
                url_fetcher=self.fetcher,
            )
            for attached in request["attachments"]
        ]
        sheets = [self.sheet]
        if request["css"]:
            sheets.append(CSS(string=request["css"], url_fetcher=self.fetcher))
        pdf: bytes = HTML(string=request["html"], url_fetcher=self.fetcher).write_pdf(
            stylesheets=sheets,
            font_config=self.fonts,
            attachments=attachments,
            pdf_variant="pdf/a-3a",
            pdf_identifier=request["identifier"].encode(),
        )
        return pdf


def answer(printer: Printer | None, stylesheet: Path, body: bytes) -> tuple[Printer | None, bytes]:
    try:
        printer = printer or Printer(stylesheet)
        return printer, b"+" + printer.print(json.loads(body))
    except Exception:
        return printer, b"-" + traceback.format_exc().encode()


def serve(stylesheet: Path, requests: BinaryIO, answers: BinaryIO) -> None:
    """Print until the other side closes the pipe."""
    printer: Printer | None = None
    while len(head := requests.read(8)) == 8:
        body = requests.read(int.from_bytes(head, "big"))
        printer, reply = answer(printer, stylesheet, body)
        answers.write(len(reply).to_bytes(8, "big") + reply)
        answers.flush()


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    serve(Path(sys.argv[1]), sys.stdin.buffer, sys.stdout.buffer)
