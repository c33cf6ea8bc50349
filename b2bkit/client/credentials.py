"""Find the API key, and put it into the headers at the moment of sending.

The key goes only to the client's own instance, never to another host that was allowed.
"""

from __future__ import annotations

import json
import os
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus

from b2bkit.client.errors import KeyMissing
from b2bkit.headers import Headers
from b2bkit.secrets import PLACEHOLDER, Secret, put_in, redact, take_out

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from b2bkit.braze.instances import Instance

VARIABLE = "BRAZE_API_KEY"
"""The environment variable that is read when no key is given."""
KEYRING_SERVICE = "b2bkit"
"""The service in the OS keyring; the user name is the instance's name, such as `US-06`."""
_SANDBOX_KEY = "sandbox-"
"""How the keys that `b2bkit.sandbox` makes up begin."""
_SHORTEST_SECRET = 6
"""Braze's keys have 36 characters; to blank out every `k` would only make an answer unreadable."""


def from_keyring(instance: Instance) -> str | None:
    """Ask the OS keyring, where there is one that works; it is never required."""
    try:
        import keyring

        found: str | None = keyring.get_password(KEYRING_SERVICE, instance.name)
    except Exception:  # noqa: BLE001 - a headless machine's keyring fails in many ways
        return None
    return found


def find_key(
    instance: Instance,
    *,
    environ: Mapping[str, str] = os.environ,
    keyring: Callable[[Instance], str | None] = from_keyring,
) -> Secret:
    """Find the key in the environment (`BRAZE_API_KEY`), else in the OS keyring.

    Raises:
        KeyMissing: If there is none, or what was found is not a key.
    """
    found = environ.get(VARIABLE, "").strip() or (keyring(instance) or "").strip()
    if not found:
        raise KeyMissing(
            f"There is no API key to send to {instance.name} with. Give the client one (key=...), "
            f"or set {VARIABLE} in the environment."
        )
    return checked_key(found)


def checked_key(given: str | Secret) -> Secret:
    """Make a `Secret` of a key as somebody pasted it: blanks, quotes and `Bearer` are cut off.

    Raises:
        KeyMissing: If it only stands for a key, or holds what no key holds.
    """
    text = given.reveal() if isinstance(given, Secret) else given
    _, key = take_out(text.strip())
    if key is None:
        raise KeyMissing("The key given only stands for a key. Put the real one in its place.")
    if not all("!" <= character <= "~" for character in key.reveal()):
        raise KeyMissing(
            "The key given holds a blank, a line break or another character that no key has. "
            "Was more than the key copied?"
        )
    return key


def wants_key(headers: Mapping[str, str]) -> bool:
    """Tell whether a key belongs into these headers: they hold its placeholder."""
    value = Headers(headers).get("Authorization")
    return value is not None and put_in(value, "") != value


def with_key(headers: Mapping[str, str], key: Secret) -> Headers:
    """Give the headers with the key where its placeholder stands.

    The shape around it stays as Braze would send it: a missing `Bearer` is the server's to refuse.
    Headers without `Authorization` get one.
    """
    kept = Headers(headers)
    value = kept.get("Authorization", f"Bearer {PLACEHOLDER}")
    return kept.replace("Authorization", put_in(value, key.reveal()))


def check_home(key: Secret, instance: Instance) -> None:
    """Raise `KeyMissing` for the key of a sandbox on its way to a server elsewhere."""
    if instance.is_live and key.reveal().startswith(_SANDBOX_KEY):
        raise KeyMissing(
            f"The key given is a sandbox's. To send to {instance.name}, give a key made in its "
            "dashboard."
        )


def redacted(text: str, key: Secret | None) -> str:
    """Make the key in a text unreadable, also as JSON, an address or HTML would spell it."""
    plain = key.reveal() if key else ""
    if len(plain) < _SHORTEST_SECRET:
        return text
    in_address = {quote(plain), quote(plain, safe=""), quote_plus(plain)}
    spellings = {plain, json.dumps(plain)[1:-1], escape(plain), *in_address}
    return redact(text, *(Secret(spelling) for spelling in spellings))
