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
        ("EMAIL_URL", "smtpx://localhost", "must look like smtp"),
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
    answer = subprocess.run(
        [sys.executable, "-c", f"import portal.settings as s; print(s.{setting})"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "BASE_URL": "https://mentoring.example.org"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout.strip() == value
