"""What came of a send, as rows to read: the profile before and after, and the table of results.

Pure; no HTML and no widgets.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from b2bkit.addresses import Address

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from b2bkit.ui.explorer.sending import Result

NOTHING = "–"
LONGEST = 60
"""Characters of one value in the table of results, and of a user's id."""
_COUNTED = {"events": "custom events", "purchases": "purchases"}


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """Compare one part of a profile before and after.

    Args:
        name: The attribute, or what is counted.
        before: Its value and type in words; a dash when it was not there.
        after: The same, after.
    """

    name: str
    before: str
    after: str

    @property
    def change(self) -> str:
        """Say in a word what happened."""
        if self.before == self.after:
            return "unchanged"
        if self.before == NOTHING:
            return "new"
        return "removed" if self.after == NOTHING else "changed"


def compare(
    before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> tuple[ProfileRow, ...]:
    """Compare a profile before and after, part by part; what changed stands first."""
    was, now = _parts(before or {}), _parts(after or {})
    rows = [ProfileRow(n, was.get(n, NOTHING), now.get(n, NOTHING)) for n in {**was, **now}]
    return tuple(sorted(rows, key=lambda row: row.change == "unchanged"))


def changed(result: Result) -> str:
    """Say in one line what a send changed in the profile, and what was left out."""
    if result.after is None and result.before is None:
        return "not looked at"
    rows = [row for row in compare(result.before, result.after) if row.change != "unchanged"]
    said = ", ".join(f"{row.name}: {short(row.before)} → {short(row.after)}" for row in rows)
    said = said or "nothing"
    return f"{said}; left out: {'; '.join(result.dropped)}" if result.dropped else said


HEAD = ("#", "Time", "Use case", "User", "Request", "Status", "Outcome", "ms",
        "Changed in the profile")  # fmt: skip


def rows(results: Iterable[Result]) -> list[tuple[str, ...]]:
    """Write the results as rows under `HEAD`, newest first."""
    return [_row(number, result) for number, result in enumerate(results, 1)][::-1]


def _row(number: int, result: Result) -> tuple[str, ...]:
    response = result.response
    errors = f" ({len(response.errors)})" if response and response.errors else ""
    return (
        str(number),
        f"{result.at:%H:%M:%S}",
        result.use_case,
        short(result.user) or NOTHING,
        f"{result.request.method} {_path(result)} to {result.to}",
        str(response.status) if response else NOTHING,
        f"{result.outcome}{errors}",
        f"{response.elapsed * 1000:.0f}" if response else NOTHING,
        changed(result),
    )


def short(text: str) -> str:
    """Cut a text that would fill the page."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _path(result: Result) -> str:
    return result.response.path if result.response else Address.read(result.request.url).path


def _parts(profile: Mapping[str, Any]) -> dict[str, str]:
    standard = {name: _written(value) for name, value in profile.get("attributes", {}).items()}
    custom = {
        name: f"{_written(typed['value'])} ({typed['type']})"
        for name, typed in profile.get("custom_attributes", {}).items()
    }
    counts = {
        words: str(len(profile[part])) for part, words in _COUNTED.items() if profile.get(part)
    }
    return standard | custom | counts


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
