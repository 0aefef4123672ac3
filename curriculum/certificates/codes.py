"""Codes and numbers of certificates: unguessable, and kind to whoever types them from paper.

Both use Crockford's base 32 (no I, L, O or U). A token has 26 characters (130 bits) and is what
the QR code holds. A number has 12 characters after the year of issue (60 bits): short enough to
type, and with a hundred thousand certificates a guess hits one in ten million million.
"""

import re
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
TOKEN_LENGTH = 26
GROUPS, GROUP_LENGTH = 3, 4

_LOOKALIKES = str.maketrans("OIL", "011")
_NUMBER = re.compile(rf"(\d{{4}})([{ALPHABET}]{{{GROUPS * GROUP_LENGTH}}})")
_TOKEN = re.compile(rf"[{ALPHABET}]{{{TOKEN_LENGTH}}}")


def make_token() -> str:
    """26 characters that nobody can guess."""
    return _draw(TOKEN_LENGTH).lower()


def make_number(year: int) -> str:
    """``2026-7K3M-9QTX-H4VB``."""
    return "-".join([str(year), *(_draw(GROUP_LENGTH) for _ in range(GROUPS))])


def read_token(text: str) -> str | None:
    """The token in what somebody typed or pasted, a whole address included; None if it is none."""
    found = _TOKEN.fullmatch(_plain(text))
    return found.group().lower() if found else None


def read_number(text: str) -> str | None:
    """The number in what somebody typed; case, spaces, dashes and lookalikes do not matter."""
    found = _NUMBER.fullmatch(_plain(text))
    if found is None:
        return None
    year, rest = found.groups()
    return "-".join([year, *(rest[i : i + 4] for i in range(0, len(rest), GROUP_LENGTH))])


def _plain(text: str) -> str:
    last = text.strip().rstrip("/").rsplit("/", 1)[-1]
    return re.sub(r"[\s\-–—.]+", "", last).upper().translate(_LOOKALIKES)


def _draw(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))
