"""The body of a request: its size, and the JSON in it.

Not documented by Braze, and refused as not parsable: numbers that are infinite or not a number,
halves of surrogate pairs, nesting beyond what the parser takes.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from b2bkit.braze.limits import BODY_BYTES

if TYPE_CHECKING:
    from starlette.requests import Request

_DRAINED = 16 * BODY_BYTES


class TooLarge(Exception):  # noqa: N818 - named for what is wrong
    """Raised when a body is larger than Braze takes."""


async def read_body(request: Request, limit: int = BODY_BYTES) -> bytes:
    """Read the body.

    A body that is too large is read on for a while, so that the client hears the answer.

    Raises:
        TooLarge: If it is larger than `limit` bytes.
    """
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size <= limit:
            parts.append(part)
        elif size > _DRAINED:
            break
    if size > limit:
        raise TooLarge
    return b"".join(parts)


def parse(body: bytes) -> Any:
    """Parse a JSON body.

    Raises:
        ValueError: If it is not JSON in UTF-8, or holds what Braze could not store.
    """
    try:
        parsed = json.loads(body.decode("utf-8"), parse_constant=_refuse, parse_float=_finite)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if b"\\ud" in body.lower():
        json.dumps(parsed, ensure_ascii=False).encode("utf-8")
    return parsed


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is not JSON")


def _finite(text: str) -> float:
    number = float(text)
    if number - number != 0:
        raise ValueError("the number is out of range")
    return number
