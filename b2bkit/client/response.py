"""What came back from a send: status, errors, rate limit, as a value and as a table.

The sentence about it is made in `b2bkit.client.summary`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from b2bkit import display
from b2bkit.client.rate_limit import RateLimit
from b2bkit.client.summary import summary

if TYPE_CHECKING:
    from datetime import datetime

    import pandas as pd

    from b2bkit.headers import Headers

_LAST_PLACE = 2**31
"""No array of a request has more objects; a larger number is no place in one."""

Outcome = Literal["accepted", "accepted with errors", "refused", "unknown", "not sent"]


@dataclass(frozen=True, slots=True)
class ObjectError:
    """Say why Braze did not take one object of a request.

    Args:
        type: Braze's text or code.
        input_array: The array it stands in, such as `attributes`; blank if not said.
        index: Its place there, from 0; `None` if not said.
    """

    type: str
    input_array: str = ""
    index: int | None = None

    def __str__(self) -> str:
        place = "" if self.index is None else f"[{self.index}]"
        where = f"{self.input_array}{place}: " if self.input_array else ""
        return f"{where}{self.type}"


@dataclass(frozen=True)
class Response:
    """Hold one answer. An API key that the server repeated has been made unreadable.

    Args:
        method: Method of the request.
        path: Path of the request, without its query.
        status: HTTP status.
        headers: Headers of the answer; look-up ignores case.
        body: Body of the answer as text.
        elapsed: Seconds it took.
        received: When it came, with a time zone.
        truncated: Whether the body was longer than we keep.
    """

    method: str
    path: str
    status: int
    headers: Headers
    body: str
    elapsed: float
    received: datetime
    truncated: bool = False

    @cached_property
    def json(self) -> Any:
        """Give the body as a JSON value; `None` when it is not JSON."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            return None

    @property
    def accepted(self) -> bool:
        """Tell whether Braze took the request (2xx). It is queued; it may not be applied yet."""
        return 200 <= self.status < 300

    @property
    def outcome(self) -> Outcome:
        """Say in a word what became of the request.

        After a 408 or 5xx it is `unknown`: Braze documents no guard against applying it twice.
        """
        if self.accepted:
            return "accepted with errors" if self.errors else "accepted"
        return "unknown" if self.status == 408 or self.status >= 500 else "refused"

    @property
    def message(self) -> str:
        """Give Braze's own `message`, or `error` when there is none; blank when neither is."""
        body = self.json if isinstance(self.json, dict) else {}
        found = next((body[key] for key in ("error", "message") if body.get(key)), "")
        return found if isinstance(found, str) else json.dumps(found)

    @cached_property
    def errors(self) -> tuple[ObjectError, ...]:
        """Give what Braze did not take of the request; the rest of an accepted one is queued."""
        body = self.json if isinstance(self.json, dict) else {}
        items = body.get("errors")
        return tuple(_object_error(item) for item in items) if isinstance(items, list) else ()

    @property
    def rate_limit(self) -> RateLimit | None:
        """Say what is left of the rate limit; `None` when the answer does not tell."""
        return RateLimit.read(self.headers, self.received)

    @property
    def summary(self) -> str:
        """Say in one plain sentence what the answer means."""
        return summary(self)

    def frame(self) -> pd.DataFrame:
        """Give a table with a row for each error, or one row when there is none.

        Columns: `status`, `outcome`, `message`, `input_array`, `index`, `type`.
        """
        import pandas as pd

        errors = self.errors or (ObjectError("", "", None),)
        rows = [
            (self.status, self.outcome, self.message, it.input_array, it.index, it.type)
            for it in errors
        ]
        names = ["status", "outcome", "message", "input_array", "index", "type"]
        return pd.DataFrame(rows, columns=names).astype({"index": "Int64"})

    def __repr__(self) -> str:
        return f"<Response {self.status} {self.outcome}, {self.elapsed * 1000:.0f} ms>"

    def _repr_html_(self) -> str:
        parts = [display.line(f"{self.status} {self.outcome}", strong=True)]
        parts.append(display.line(self.summary))
        if self.errors:
            rows = [(it.input_array, it.index, it.type) for it in self.errors]
            parts.append(display.table(("input_array", "index", "type"), rows))
        parts.append(
            display.folded(f"Headers ({len(self.headers)})", display.named_values(self.headers))
        )
        is_json = self.json is not None
        body = display.pretty(self.json) if is_json else self.body
        parts.append(display.code(body, is_json=is_json))
        return f"<div>{''.join(parts)}</div>"


def _object_error(item: Any) -> ObjectError:
    if not isinstance(item, dict):
        return ObjectError(str(item))
    text = next((item[key] for key in ("type", "message", "id") if item.get(key)), "")
    index = item.get("index")
    is_place = isinstance(index, int) and 0 <= index <= _LAST_PLACE
    return ObjectError(
        str(text) or json.dumps(item),
        str(item.get("input_array") or ""),
        index if is_place else None,
    )
