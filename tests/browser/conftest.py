"""A real browser on the real thing: web server and worker with the sample programme.

The server is made once for all browser tests, on a database, mails and files of its own. To look
at a failing test, start the demo and let the tests use that one (they change it):
``TURNABOUT_AT=http://localhost:8000 .venv/bin/pytest -m browser tests/browser/test_mentee.py``
"""

import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
BIN = ROOT / ".venv" / "bin"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
FLAGS += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]


@dataclass(frozen=True)
class Portal:
    """A running portal: its address, the password of its logins, the folder of its mails."""

    url: str
    password: str
    mail: Path


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    if standing := os.environ.get("TURNABOUT_AT"):
        yield Portal(standing, _password(), ROOT / "var" / "mail")
        return
    scratch = tmp_path_factory.mktemp("portal")
    environment, url = _environment(scratch)

    def run(*command: object) -> None:
        subprocess.run([str(part) for part in command], check=True, cwd=ROOT, env=environment)

    run("bin/prepare")
    run(BIN / "python", "manage.py", "make_sample_programme")
    log = (scratch / "log").open("w")
    servers = subprocess.Popen(
        [BIN / "honcho", "start"], cwd=ROOT, env=environment, stdout=log, stderr=log
    )
    try:
        _wait_for(f"{url}/healthz", scratch / "log")
        yield Portal(url, _password(), scratch / "mail")
    finally:
        servers.send_signal(signal.SIGTERM)
        servers.wait(timeout=30)
        log.close()


def _environment(scratch: Path) -> tuple[dict[str, str], str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://localhost:{port}"
    return {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{scratch / 'portal.sqlite3'}",
        "REDIS_URL": "",
        # Four slashes: what follows the third is the path.
        "EMAIL_URL": f"file:///{scratch / 'mail'}",
        "MEDIA_ROOT": str(scratch / "media"),
        "BASE_URL": url,
        "PORT": str(port),
    }, url


def _password() -> str:
    return (ROOT / "var" / "demo-login").read_text().strip()


def _wait_for(url: str, log: Path) -> None:
    for _ in range(600):
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"The portal did not start:\n{log.read_text()[-2000:]}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Patient: the machine may be busy with other tests.
    expect.set_options(timeout=15_000)
    executable = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=executable, args=FLAGS)
        yield chromium
        chromium.close()


@dataclass
class Visit:
    """How one person looks at the portal; what their browser complained of is kept."""

    page: Page
    complaints: list[str]


Visitor = Callable[..., Page]


@pytest.fixture
def visit(portal: Portal, browser: Browser) -> Iterator[Visitor]:
    """Open the portal as somebody: ``visit("mentee@demo.example", width=390, dark=True)``.

    Without an address as a visitor. When the test ends no browser may have met an error in its
    console, a refusal of the content security policy among them, or asked another host.
    """
    visits: list[Visit] = []
    with ExitStack() as stack:

        def open_portal(email: str = "", **looks: Any) -> Page:
            context = stack.enter_context(browser.new_context(**_context(portal, **looks)))
            context.set_default_timeout(15_000)
            page = context.new_page()
            complaints: list[str] = []
            visits.append(Visit(page, complaints))
            _listen(page, complaints, urlsplit(portal.url).netloc)
            if email:
                sign_in(page, email, portal.password)
            return page

        yield open_portal
    assert [one.complaints for one in visits if one.complaints] == []


def _context(
    portal: Portal, *, width: int = 1280, height: int = 900, dark: bool = False, js: bool = True
) -> dict[str, Any]:
    return {
        "base_url": portal.url,
        "viewport": {"width": width, "height": height},
        "color_scheme": "dark" if dark else "light",
        "java_script_enabled": js,
        "reduced_motion": "reduce",
        "locale": "en-GB",
    }


def _listen(page: Page, complaints: list[str], host: str) -> None:
    def note_request(request: Any) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https"} and parts.netloc != host:
            complaints.append(f"asked another host: {request.url}")

    def note_complaint(said: Any) -> None:
        # That the page itself answers 404 is told by the browser as an error too.
        is_own_status = said.text.startswith("Failed to load") and said.location["url"] == page.url
        if said.type == "error" and not is_own_status:
            complaints.append(f"{page.url}: {said.text}")

    page.on("request", note_request)
    page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
    page.on("console", note_complaint)


def sign_in(page: Page, email: str, password: str) -> None:
    page.goto("/en/accounts/login/")
    page.get_by_text("I have a password").click()
    door = page.locator("details form")
    door.locator("input[name=login]").fill(email)
    door.locator("input[name=password]").fill(password)
    door.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/accounts/login" not in url)
