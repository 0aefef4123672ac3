"""Reading a desk, for the tests of what stands on it."""

from typing import Any

DESK = "/en/desk/"


def desk(client: Any, query: str = "") -> str:
    """The desk of whoever is signed in."""
    response = client.get(DESK + query)
    assert response.status_code == 200
    return response.content.decode()
