"""The filters that hash, sign and encode in base64: `md5`, `hmac_sha256_hex`, `base64_encode` ...

Braze's own names for them. Escapes for HTML and URLs live in `escapes`.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from typing import TYPE_CHECKING, Any

from liquid.filter import with_context

from b2bkit.braze.sources import LIQUID_ADVANCED_FILTERS
from b2bkit.liquid.faults import Fault
from b2bkit.liquid.filters.inputs import Filter, bytes_of, text_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from b2bkit.liquid.rendering import Rendering
    from b2bkit.liquid.run import Run


def _hash(algorithm: str) -> Callable[..., str]:
    @with_context
    def hashed(value: Any, *, context: Rendering) -> str:
        if value is None or value == "":
            _note_nothing(context.run, algorithm)
        return hashlib.new(algorithm, bytes_of(value), usedforsecurity=False).hexdigest()

    hashed.__doc__ = f"Give the {algorithm} hash in hexadecimal."
    return hashed


def _note_nothing(run: Run, algorithm: str) -> None:
    run.note(
        "hash-of-nothing",
        "warning",
        f"There is nothing to hash: the {algorithm} of blank text is printed, the same for every"
        " user. What Braze prints for a missing value is not documented.",
        "Test that the value is there, or abort the message.",
        LIQUID_ADVANCED_FILTERS,
    )


def _signature_hex(algorithm: str) -> Callable[[Any, Any], str]:
    def signed(value: Any, key: Any) -> str:
        return hmac.new(bytes_of(key), bytes_of(value), algorithm).hexdigest()

    signed.__doc__ = f"Sign with a key (HMAC, {algorithm}) and give it in hexadecimal."
    return signed


def _signature_base64(algorithm: str) -> Callable[[Any, Any], str]:
    def signed(value: Any, key: Any) -> str:
        digest = hmac.digest(bytes_of(key), bytes_of(value), algorithm)
        return base64.b64encode(digest).decode("ascii")

    signed.__doc__ = f"Sign with a key (HMAC, {algorithm}) and give it in base64."
    return signed


def base64_encode(value: Any) -> str:
    """Encode in base64."""
    return base64.b64encode(bytes_of(value)).decode("ascii")


def base64_url_safe_encode(value: Any) -> str:
    """Encode in the base64 for URLs, with `-` and `_`."""
    return base64.urlsafe_b64encode(bytes_of(value)).decode("ascii")


def base64_decode(value: Any) -> str:
    """Decode base64.

    Raises:
        Fault: It is not base64, or not of text.
    """
    return _decoded(text_of(value), "base64_decode")


def base64_url_safe_decode(value: Any) -> str:
    """Decode the base64 for URLs; the `=` at the end may be missing.

    Raises:
        Fault: It is not base64, or not of text.
    """
    text = text_of(value).replace("-", "+").replace("_", "/")
    return _decoded(text + "=" * (-len(text) % 4), "base64_url_safe_decode")


def _decoded(text: str, name: str) -> str:
    try:
        return base64.b64decode(text.encode("ascii"), validate=True).decode("utf-8")
    except (UnicodeError, binascii.Error) as error:
        raise Fault(f"invalid base64 provided to {name}", "Check where it comes from.") from error


FILTERS: dict[str, Filter] = {
    "base64": base64_encode,
    "base64_decode": base64_decode,
    "base64_encode": base64_encode,
    "base64_url_safe_decode": base64_url_safe_decode,
    "base64_url_safe_encode": base64_url_safe_encode,
    "hmac_sha1": _signature_hex("sha1"),
    "hmac_sha1_base64": _signature_base64("sha1"),
    "hmac_sha1_hex": _signature_hex("sha1"),
    "hmac_sha256": _signature_hex("sha256"),
    "hmac_sha256_base64": _signature_base64("sha256"),
    "hmac_sha256_hex": _signature_hex("sha256"),
    "hmac_sha512": _signature_hex("sha512"),
    "md5": _hash("md5"),
    "sha1": _hash("sha1"),
    "sha2": _hash("sha256"),
}
