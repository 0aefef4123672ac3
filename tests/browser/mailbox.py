"""Letters as the portal wrote them: files in a folder."""

import email
import email.policy
import re
import time
from email.message import EmailMessage
from pathlib import Path


def letters_to(folder: Path, address: str) -> list[EmailMessage]:
    """All letters to one address, oldest first."""
    files = sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime_ns)
    # A file holds what one connection sent, a line of hyphens after each letter.
    texts = [t for f in files for t in re.split(r"\n-{79}\n", f.read_text()) if t.strip()]
    letters = [email.message_from_string(t, policy=email.policy.default) for t in texts]
    return [letter for letter in letters if address in str(letter["To"])]


def read(letter: EmailMessage) -> str:
    """What a letter says, as plain text."""
    body = letter.get_body(("plain",))
    assert body is not None
    return body.get_content()


def wait_for_letter(folder: Path, address: str, *, beyond: int) -> EmailMessage:
    """The newest letter to the address once there are more than `beyond`."""
    for _ in range(150):
        if len(letters := letters_to(folder, address)) > beyond:
            return letters[-1]
        time.sleep(0.1)
    raise AssertionError(f"No letter to {address} came within 15 seconds.")
