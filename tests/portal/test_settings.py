"""Settings come from the environment, and a bad value is told in one sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def start(**environment: str) -> subprocess.CompletedProcess[str]:
    clean = {
        key: value
        for key, value in os.environ.items()
        if key in {"PATH", "HOME", "LANG", "OPENBLAS_CORETYPE"}
    }
    return subprocess.run(
        [sys.executable, "-c", "import portal.settings as s; print(s.DATABASES['default'])"],
        cwd=ROOT,
        env={**clean, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_nothing_need_be_set() -> None:
    answer = start()
    assert answer.returncode == 0, answer.stderr
    assert "turnabout.sqlite3" in answer.stdout


@pytest.mark.parametrize(
    ("name", "value", "hint"),
    [
        ("SECRET_KEY", "short", "at least 32 characters"),
        ("DATABASE_URL", "mysql://root@localhost/x", "must look like sqlite:"),
        ("DATABASE_URL", "nonsense", "must look like sqlite:"),
        ("REDIS_URL", "localhost:6379", "must look like redis://"),
        ("BASE_URL", "mentoring.example.org", "must look like https://"),
        ("BASE_URL", "https://example.org/portal", "no path"),
        ("BASE_URL", "https://example.org?a=1", "must look like https://"),
        ("BASE_URL", "https://example.org/#top", "must look like https://"),
        ("BASE_URL", "https://ann:secret@example.org", "no password"),
        ("BASE_URL", "https://example.org:port", "must look like https://"),
        ("BASE_URL", "http://[::1", "must look like https://"),
        ("ALLOWED_HOSTS", "https://example.org", "no https://"),
        ("ALLOWED_HOSTS", "example.org,portal:8000", "“portal:8000”"),
        ("ALLOWED_HOSTS", "example.org other.org", "with commas"),
        ("DATABASE_URL", "sqlite://", "must look like sqlite:"),
        ("DATABASE_URL", "postgres://localhost", "must look like sqlite:"),
        ("REDIS_URL", "redis://[::1", "must look like redis://"),
        ("MEDIA_ROOT", "media", "written from the root"),
        ("MEDIA_ROOT", "/etc/passwd", "must be a folder"),
        ("TRUSTED_PROXIES", "two", "whole number"),
        ("TRUSTED_PROXIES", "-1", "whole number"),
        ("EMAIL_URL", "smtpx://localhost", "must look like smtp"),
        ("EMAIL_URL", "smtp+tls://", "must look like smtp"),
        ("EMAIL_URL", "smtp://host:abc", "must look like smtp"),
        ("EMAIL_URL", "file:///", "must look like smtp"),
        ("DEBUG", "perhaps", "true or false"),
    ],
)
def test_a_bad_value_is_refused_with_a_sentence(name: str, value: str, hint: str) -> None:
    answer = start(**{name: value})
    last = answer.stderr.strip().splitlines()[-1]
    assert answer.returncode != 0
    assert name in last
    assert hint in last


@pytest.mark.parametrize(
    ("setting", "value"),
    [("SESSION_COOKIE_SECURE", "True"), ("SECURE_SSL_REDIRECT", "True")],
)
def test_an_https_address_asks_for_secure_cookies(setting: str, value: str) -> None:
    assert told(f"s.{setting}", BASE_URL="https://mentoring.example.org") == value


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://host", "host 25 False False"),
        ("smtp+tls://ann:pw@host:2525", "host 2525 True False"),
        ("submission://ann:pw@host", "host 587 True False"),
        ("smtp+ssl://ann:pw@host", "host 465 False True"),
    ],
)
def test_a_mail_server_is_named_as_the_manual_says_and_never_waited_for_long(
    url: str, expected: str
) -> None:
    asked = "s.EMAIL_HOST, s.EMAIL_PORT, s.EMAIL_USE_TLS, s.EMAIL_USE_SSL, s.EMAIL_TIMEOUT"
    answer = told(asked, EMAIL_URL=url)
    assert answer == f"{expected} 20"


@pytest.mark.parametrize(
    ("environment", "hosts"),
    [
        ({}, "['localhost', 'localhost', '127.0.0.1', '[::1]']"),
        ({"BASE_URL": "http://[::1]:8000"}, "['[::1]', 'localhost', '127.0.0.1', '[::1]']"),
        ({"ALLOWED_HOSTS": "*"}, "['*']"),
        ({"ALLOWED_HOSTS": "a.example.org, .b.org"}, "['a.example.org', '.b.org']"),
    ],
)
def test_hosts_are_those_named_or_that_of_the_address(
    environment: dict[str, str], hosts: str
) -> None:
    assert told("s.ALLOWED_HOSTS", **environment) == hosts


def told(expression: str, **environment: str) -> str:
    """What the settings say under this environment."""
    answer = subprocess.run(
        [sys.executable, "-c", f"import portal.settings as s; print({expression})"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return answer.stdout.strip()
