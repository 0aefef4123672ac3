"""What the environment says: one function reads each setting and refuses a bad value.

A bad value stops the start with one sentence that names the variable and what to write instead.
"""

import os
import re
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
import dj_email_url
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key
from environs import Env, EnvError

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
VAR_DIR.mkdir(exist_ok=True)

env = Env()


def keep_compiled_loops() -> None:
    """What numba compiles stands with everything else that is written at run time."""
    os.environ.setdefault("NUMBA_CACHE_DIR", str(VAR_DIR / "compiled"))


def _refuse(name: str, why: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{name} {why}")


def read_flag(name: str, default: bool) -> bool:
    try:
        return env.bool(name, default)
    except EnvError:
        raise _refuse(name, f"must be true or false, not “{env.str(name)}”.") from None


def read_secret_key() -> str:
    """SECRET_KEY, or one made at the first start and kept for the next in ``var/``."""
    if key := env.str("SECRET_KEY", ""):
        if len(key) < 32:
            raise _refuse("SECRET_KEY", "must have at least 32 characters.")
        return key
    kept = VAR_DIR / "secret-key"
    if not kept.exists():
        # Written whole under another name first: web and worker may start together.
        fresh = VAR_DIR / f"secret-key.{secrets.token_hex(4)}"
        fresh.touch(mode=0o600)
        fresh.write_text(get_random_secret_key())
        try:
            kept.hardlink_to(fresh)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return kept.read_text().strip()


def read_database() -> dict[str, Any]:
    url = env.str("DATABASE_URL", "") or f"sqlite:///{VAR_DIR / 'turnabout.sqlite3'}"
    try:
        database: dict[str, Any] = dict(dj_database_url.parse(url, conn_health_checks=True))
    except (ValueError, KeyError):
        database = {}
    engine = str(database.get("ENGINE", ""))
    if engine.endswith("sqlite3") and database.get("NAME") not in {"", ":memory:"}:
        # A read that turns into a write cannot wait for its turn in deferred mode: it fails.
        database["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
        return database
    if engine.endswith("postgresql") and database.get("NAME"):
        database["CONN_MAX_AGE"] = 60
        return database
    raise _refuse(
        "DATABASE_URL",
        "must look like sqlite:////path/file.sqlite3 or postgres://user:password@host:5432/name.",
    )


def read_redis_url() -> str:
    url = env.str("REDIS_URL", "")
    try:
        is_good = urlsplit(url).scheme in {"redis", "rediss", "unix"}
    except ValueError:
        is_good = False
    if url and not is_good:
        raise _refuse("REDIS_URL", "must look like redis://host:6379/0, or be left out.")
    return url


def read_base_url() -> str:
    url = env.str("BASE_URL", "") or "http://localhost:8000"
    try:
        parts = urlsplit(url.rstrip("/"))
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        parts, port = urlsplit(""), ""
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    plain = f"{parts.scheme}://{host}{port}"
    if parts.scheme not in {"http", "https"} or not host or url.rstrip("/").lower() != plain:
        raise _refuse(
            "BASE_URL",
            f"must look like https://mentoring.example.org, not “{url}”: no path, no password.",
        )
    return plain


def read_hosts(base_url: str) -> list[str]:
    """ALLOWED_HOSTS; left out, the host of BASE_URL and this machine."""
    hosts = [host.strip() for host in env.str("ALLOWED_HOSTS", "").split(",") if host.strip()]
    for host in hosts:
        if not re.fullmatch(r"\*|\.?[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\]", host):
            raise _refuse(
                "ALLOWED_HOSTS",
                "must be host names with commas, like mentoring.example.org,"
                f" not “{host}”: no https://, no port.",
            )
    own = base_url.partition("://")[2]
    return hosts or [re.sub(r":\d+$", "", own), "localhost", "127.0.0.1", "[::1]"]


def read_folder(name: str, default: Path) -> Path:
    folder = Path(env.str(name, "") or default)
    if not folder.is_absolute() or (folder.exists() and not folder.is_dir()):
        raise _refuse(
            name, f"must be a folder, written from the root as /srv/media: not “{folder}”."
        )
    return folder


def read_count(name: str) -> int:
    try:
        count: int = env.int(name, 0)
    except EnvError:
        count = -1
    if count < 0:
        raise _refuse(name, f"must be a whole number from 0, not “{env.str(name)}”.")
    return count


# As they are written here, and as dj-email-url calls them.
MAIL_SCHEMES = {
    "smtp": "smtp",
    "smtp+tls": "submission",
    "submission": "submission",
    "smtp+ssl": "smtp",
}


def read_email() -> dict[str, Any]:
    url = env.str("EMAIL_URL", "")
    if not url:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": str(VAR_DIR / "mail"),
        }
    scheme, _sign, rest = url.partition("://")
    try:
        parts = urlsplit(url)
        is_folder = scheme == "file" and parts.path not in {"", "/"}
        is_server = scheme in MAIL_SCHEMES and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_folder = is_server = False
    if is_folder:
        return dict(dj_email_url.parse(url))
    if not is_server:
        raise _refuse(
            "EMAIL_URL",
            "must look like smtp+tls://user:password@host:587 (or smtp://…, smtp+ssl://…),"
            " or be left out to write files.",
        )
    values = dict(dj_email_url.parse(f"{MAIL_SCHEMES[scheme]}://{rest}"))
    if scheme == "smtp+ssl":
        values |= {"EMAIL_USE_SSL": True, "EMAIL_USE_TLS": False}
        values["EMAIL_PORT"] = parts.port or 465
    # Without one, a mail server that is gone holds whoever signs in for minutes.
    values["EMAIL_TIMEOUT"] = values["EMAIL_TIMEOUT"] or 20
    return values


def read_sender(base_url: str) -> str:
    """DEFAULT_FROM_EMAIL; left out, an address at the host of BASE_URL that nobody reads."""
    return env.str("DEFAULT_FROM_EMAIL", "") or f"Turnabout <noreply@{urlsplit(base_url).hostname}>"
