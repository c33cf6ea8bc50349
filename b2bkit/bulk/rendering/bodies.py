"""What a rendered body holds: read, checked by Braze's rules, and taken apart into objects.

Objects of `/users/track` and recipients of triggers can share a request with those of other rows,
whatever else the body says being equal. Every other body is sent as it is.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from b2bkit.braze import answers
from b2bkit.braze.limits import RECIPIENTS
from b2bkit.bulk.rendering.objects import ARRAYS, Array, Look, look, look_at_recipient
from b2bkit.bulk.values import Problem
from b2bkit.webhook import Request

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

TRACK = frozenset({"/users/track", "/users/track/bulk"})
TRIGGERS = frozenset(
    {
        "/canvas/trigger/send",
        "/canvas/trigger/schedule/create",
        "/campaigns/trigger/send",
    }
)
REPEATABLE = frozenset(
    {
        "/email/status",
        "/subscription/status/set",
        "/users/alias/new",
        "/users/alias/update",
        "/users/delete",
        "/users/external_ids/remove",
        "/users/external_ids/rename",
        "/users/identify",
        "/users/merge",
        "/v2/subscription/status/set",
    }
)
"""Paths to which the same POST may be sent twice and leaves the same behind. A rule of ours."""

NO_OBJECT = Problem("the body is no JSON object")
TOO_MANY_RECIPIENTS = Problem(f"the body has more than {RECIPIENTS} recipients")
TOO_LARGE = Problem("the objects of the row are larger than a request may be")

_LONG_NUMBER = re.compile(r"[0-9]{20}")
"""Numbers that orjson may round: they do not fit into 64 bits."""


class Content(NamedTuple):
    """Hold what one row sends.

    Args:
        parts: Array, objects in JSON, how many; a blank array means the body as it is.
        rest: What else the body holds: members in JSON, a comma after each.
        who: Whom it is about.
        adds: Whether it adds.
        sets: Whether it sets.
        order: Whether its order among rows of the same profile must be kept in any case.
        plain: Whether it is one attributes object and nothing else.
        points: Data points.
        creates: Profiles that it may create.
    """

    parts: tuple[tuple[str, bytes, int], ...]
    rest: bytes
    who: tuple[str, ...]
    adds: bool
    sets: bool
    order: bool
    plain: bool = False
    points: int = 0
    creates: int = 0


def read_json(text: str) -> Any:
    """Read a body; one that is no JSON is a `Problem` that names the place."""
    try:
        return json.loads(text) if _has_long_number(text) else orjson.loads(text)
    except (ValueError, RecursionError):
        error = Request("POST", "https://localhost", {}, text).json_error
        where = f" (line {error.line}, column {error.column})" if error else ""
        return Problem(f"the body is not JSON{where}")


def write_json(value: Any) -> bytes:
    """Write a JSON value."""
    try:
        return orjson.dumps(value)
    except TypeError:  # a number of more than 64 bits
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def track(body: Any, most: int, now: datetime) -> Content | Problem:
    """Take a `/users/track` body apart.

    Args:
        body: The body as a JSON value.
        most: Objects that a request may have.
        now: The time of receipt.
    """
    if not isinstance(body, dict):
        return NO_OBJECT
    looks: list[Look] = []
    parts: list[tuple[str, bytes, int]] = []
    for array in ARRAYS:
        items = body.get(array)
        if items is None:
            continue
        found = _looks(array, items, now)
        if isinstance(found, Problem):
            return found
        looks += found
        if items:
            parts.append((array, write_json(items)[1:-1], len(items)))
    if not looks:
        return Problem(answers.NO_VALID_DATA.text)
    if len(looks) > most:
        return Problem(answers.MAX_INPUT_LENGTH.text)
    rest = _rest(body, ARRAYS)
    if len(looks) == 1 and parts[0][0] == "attributes" and not rest:
        return _alone(parts[0], looks[0])
    return _together(parts, looks, rest)


def trigger(body: Any) -> Content | Problem | None:
    """Take the body of a trigger apart; `None` when it has no recipients to take apart."""
    if not isinstance(body, dict):
        return NO_OBJECT
    recipients = body.get("recipients")
    if not isinstance(recipients, list) or not recipients:
        return None
    if len(recipients) > RECIPIENTS:
        return TOO_MANY_RECIPIENTS
    who: list[str] = []
    points = 0
    for recipient in recipients:
        found = look_at_recipient(recipient)
        if isinstance(found, Problem):
            return found
        who.append(found[0])
        points += found[1]
    part = ("recipients", write_json(recipients)[1:-1], len(recipients))
    rest = _rest(body, ("recipients",))
    return Content((part,), rest, tuple(who), True, False, False, False, points)


def whole(body: str, method: str, path: str, who: str) -> Content:
    """Take a body as it is."""
    repeatable = method != "POST" or path in REPEATABLE
    part = ("", body.encode(), 1)
    return Content((part,), b"", (who,) if who else (), not repeatable, repeatable, repeatable)


def _looks(array: Array, items: Any, now: datetime) -> list[Look] | Problem:
    if not isinstance(items, list):
        return Problem(answers.must_be_array(array).text)
    looks: list[Look] = []
    for item in items:
        found = look(array, item, now)
        if isinstance(found, Problem):
            where = f"{array}[{len(looks)}]: " if len(items) > 1 else ""
            return Problem(where + found.reason)
        looks.append(found)
    return looks


def _alone(part: tuple[str, bytes, int], seen: Look) -> Content:
    """Give the one attributes object that a row sends: rows of one profile may be merged."""
    return Content(
        (part,), b"", (seen.who,), seen.adds, seen.sets, seen.merges, True, seen.points,
        seen.creates,
    )  # fmt: skip


def _together(
    parts: Sequence[tuple[str, bytes, int]], looks: Sequence[Look], rest: bytes
) -> Content:
    """Give objects that stay together, and so cannot be merged."""
    sets = any(each.sets for each in looks)
    return Content(
        tuple(parts),
        rest,
        tuple(dict.fromkeys(each.who for each in looks)),
        any(each.adds for each in looks),
        sets,
        sets,
        False,
        sum(each.points for each in looks),
        sum(each.creates for each in looks),
    )


def _has_long_number(text: str) -> bool:
    digits = sum(map(text.count, "0123456789"))  # ten looks are faster than one pattern
    return digits >= 20 and bool(_LONG_NUMBER.search(text))


def _rest(body: Mapping[str, Any], arrays: Collection[str]) -> bytes:
    if len(body) == 1:
        return b""
    rest = {name: value for name, value in body.items() if name not in arrays}
    return write_json(rest)[1:-1] + b"," if rest else b""
