"""Keep an API key out of everything that is shown or stored.

A key lives in a `Secret`, whose text forms hide it; `take_out` finds one that somebody pasted into
an `Authorization` header, `put_in` is its reverse; `redact` cleans a text before it is shown. How a
key is found and used lives in `b2bkit.client`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

PLACEHOLDER = "YOUR_API_KEY"
"""What stands in a webhook where the key will be, as in Braze's article."""

_SHAPE = re.compile(
    r"""^(?P<lead>\s*["']?\s*(?:(?:bearer|basic|token)\s+)?["']?)(?P<token>.*?)(?P<tail>["']?\s*)$""",
    re.IGNORECASE | re.DOTALL,
)
_STANDS_FOR_A_KEY = re.compile(
    r"""^(?:
        <[^>]*> | \[[^\]]*\] | \$\{?\w+\}?                 # <your key>, [key], $BRAZE_API_KEY
      | (?:your|my|the).{0,40}?key(?:[\W_]*(?:here|goes))*
      | bearer | basic | token                             # a scheme with nothing after it
      | (?:rest[\W_]*)?api[\W_]*key | x{3,} | \*+ | \.{3} | …
    )$""",
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Secret:
    """Hold a key so that no text form of the holder shows it; `reveal` hands it out."""

    _value: str = field(repr=False)

    def reveal(self) -> str:
        """Hand out the key itself, for the moment of sending."""
        return self._value

    def __repr__(self) -> str:
        return "Secret(•••)"

    __str__ = __repr__

    def __bool__(self) -> bool:
        return bool(self._value)

    def __reduce__(self) -> tuple[object, ...]:
        raise TypeError("A Secret is not pickled: the key would end up in a file.")


def is_placeholder(token: str) -> bool:
    """Tell whether a text only stands for a key: blank, Liquid, or a known placeholder."""
    token = token.strip()
    return not token or "{{" in token or "{%" in token or bool(_STANDS_FOR_A_KEY.match(token))


def take_out(authorization: str) -> tuple[str, Secret | None]:
    """Part an `Authorization` value into one with the placeholder, and the key it held.

    The shape around the key stays as it was, so that a missing `Bearer` or stray quotes can still
    be pointed out. Without a key the value comes back unchanged, with `None`.
    """
    found = _SHAPE.match(authorization)
    if found is None or is_placeholder(found["token"]):
        return authorization, None
    return f"{found['lead']}{PLACEHOLDER}{found['tail']}", Secret(found["token"].strip())


def put_in(authorization: str, text: str) -> str:
    """Put a text where an `Authorization` value has the placeholder: the reverse of `take_out`.

    A value without a placeholder (blank, or a scheme with nothing after it) comes back unchanged.
    """
    found = _SHAPE.match(authorization)
    token = found["token"].strip() if found else ""
    if not found or token.lower() in {"", "bearer", "basic", "token"} or not is_placeholder(token):
        return authorization
    return f"{found['lead']}{text}{found['tail']}"


def redact(text: str, *secrets: Secret | None) -> str:
    """Replace every occurrence of the secrets in a text that is to be shown or stored."""
    for secret in secrets:
        if secret:
            text = text.replace(secret.reveal(), "•••")
    return text
