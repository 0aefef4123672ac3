"""A press: prints sheets one after the other, and is ended when one takes too long."""

import json
import os
import select
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType

WORKER = Path(__file__).with_name("worker.py")
STYLESHEET = Path(__file__).parent.parent / "static/certificates/certificate.css"
SECONDS_ALLOWED = 60.0


class PrintFailed(Exception):
    """A sheet that could not be printed; the message is for the log, not for people."""


@dataclass(frozen=True)
class Attached:
    """A file that travels inside the PDF."""

    name: str
    description: str
    text: str


@dataclass(frozen=True)
class Sheet:
    """What is to be printed: alike sheets give alike files, byte for byte.

    `identifier` names the file for ever, `made_at` is an ISO date and time, `css` is laid over the
    bundled stylesheet.
    """

    html: str
    identifier: str
    made_at: str
    css: str = ""
    attachments: tuple[Attached, ...] = ()


class Press:
    """``with Press() as press: press.print(sheet)``; the process starts with the first sheet."""

    def __init__(
        self,
        *,
        seconds_allowed: float = SECONDS_ALLOWED,
        worker: Path = WORKER,
        stylesheet: Path = STYLESHEET,
    ) -> None:
        self.seconds_allowed = seconds_allowed
        self._command = [sys.executable, "-I", str(worker), str(stylesheet)]
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Press":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def print(self, sheet: Sheet) -> bytes:
        """The PDF of a sheet. Raises PrintFailed; the next sheet finds a press that works."""
        body = json.dumps(asdict(sheet)).encode()
        deadline = time.monotonic() + self.seconds_allowed
        try:
            self._send(len(body).to_bytes(8, "big") + body, deadline)
            reply = self._read(int.from_bytes(self._read(8, deadline), "big"), deadline)
        except (OSError, PrintFailed) as failure:
            self.stop()
            raise PrintFailed(str(failure)) from None
        if reply[:1] != b"+":
            raise PrintFailed(reply[1:].decode(errors="replace"))
        return reply[1:]

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            # Our own interpreter and our own file: nothing in the command comes from outside.
            self._process = subprocess.Popen(  # noqa: S603
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
            )
        return self._process

    def _send(self, message: bytes, deadline: float) -> None:
        pipe = self._running().stdin
        if pipe is None:
            raise PrintFailed("The press has no way in.")
        os.set_blocking(pipe.fileno(), False)
        left = memoryview(message)
        while left:
            _, ready, _ = select.select([], [pipe], [], max(0.0, deadline - time.monotonic()))
            if not ready:
                raise PrintFailed(f"The press took more than {self.seconds_allowed:g} seconds.")
            left = left[os.write(pipe.fileno(), left[:65536]) :]

    def _read(self, size: int, deadline: float) -> bytes:
        pipe = self._running().stdout
        if pipe is None:
            raise PrintFailed("The press has no way out.")
        parts = bytearray()
        while len(parts) < size:
            ready, _, _ = select.select([pipe], [], [], max(0.0, deadline - time.monotonic()))
            if not ready:
                raise PrintFailed(f"The press took more than {self.seconds_allowed:g} seconds.")
            part = os.read(pipe.fileno(), min(size - len(parts), 1 << 20))
            if not part:
                raise PrintFailed("The press stopped in the middle of a sheet.")
            parts += part
        return bytes(parts)
