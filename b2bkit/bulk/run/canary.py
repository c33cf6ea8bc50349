"""The canary: a few rows first, their profiles read before and after, then a person decides.

The profiles are personal data: they are kept in memory only, shown where a notebook's cell displays
the canary, and nowhere else. `summary` names attributes and counts, and no value.

Source: Braze, Export user profile by identifier (2026).
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from b2bkit import display
from b2bkit.braze.limits import RECIPIENTS
from b2bkit.bulk.errors import RunProblem
from b2bkit.bulk.run.supply import units_within
from b2bkit.frames import frame
from b2bkit.webhook import Request

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence

    import pandas as pd

    from b2bkit.bulk.batch import Batch
    from b2bkit.client import Client
    from b2bkit.profiles import Identifier

Profiles = dict["Identifier", dict[str, Any]]
MOST_ROWS = 100
"""Rows of a canary at most: `/users/export/ids` takes 250 requests a minute."""
WAITS = (0.25, 0.75, 2.0, 4.0)
"""Seconds before each reading back: what Braze has accepted takes a moment to be applied."""
_PATH = "/users/export/ids"
_SINGLE = {"braze_id": "braze_id", "email": "email_address", "phone": "phone"}
_VOLATILE = {"last_coordinates", "random_bucket", "created_at"}


@dataclass(frozen=True, slots=True)
class Seen:
    """Say what became of the profile of one row.

    Args:
        rows: The rows about it.
        before: The profile before; `None` where there was none.
        after: The profile after; `None` where there is none.
    """

    rows: tuple[int, ...]
    before: Mapping[str, Any] | None = field(repr=False)
    after: Mapping[str, Any] | None = field(repr=False)

    @property
    def changed(self) -> dict[str, tuple[Any, Any]]:
        """Give the fields that differ, with their value before and after; `None` for no value."""
        before, after = _flat(self.before), _flat(self.after)
        return {
            name: (before.get(name), after.get(name))
            for name in sorted(before.keys() | after.keys())
            if before.get(name) != after.get(name)
        }


@dataclass(frozen=True, slots=True)
class Canary:
    """Hold what the first rows did.

    Args:
        rows: How many rows were sent.
        accepted: How many of them Braze took.
        seen: What became of each profile that could be read back.
        not_readable: Rows whose request names no profile that can be read back.
    """

    rows: int
    accepted: int
    seen: tuple[Seen, ...] = field(repr=False)
    not_readable: int = 0

    @property
    def went_well(self) -> bool:
        """Tell whether all rows were accepted, and every profile that can be read back is there."""
        return self.accepted == self.rows and all(each.after is not None for each in self.seen)

    @property
    def summary(self) -> str:
        """Say what changed, without any value."""
        counted: dict[str, int] = {}
        for each in self.seen:
            for name in each.changed:
                counted[name] = counted.get(name, 0) + 1
        names = ", ".join(f"{name} ({count})" for name, count in counted.items()) or "nothing"
        unseen = sum(each.after is None for each in self.seen)
        parts = [f"{self.accepted:,} of {self.rows:,} rows were accepted"]
        parts += [f"{len(self.seen):,} profiles read back"]
        parts += [f"{unseen:,} of them do not exist"] if unseen else []
        parts += [f"{self.not_readable:,} rows cannot be read back"] if self.not_readable else []
        return f"{'; '.join(parts)}. Changed: {names}."

    def frame(self) -> pd.DataFrame:
        """Give a table with a row for each change: `row`, `field`, `before`, `after`."""
        return frame(("row", "field", "before", "after"), self._changes())

    def _changes(self) -> Iterator[tuple[int, str, Any, Any]]:
        for each in self.seen:
            for name, (before, after) in each.changed.items():
                yield each.rows[0], name, before, after

    def _repr_html_(self) -> str:
        rows = [(row, name, _short(old), _short(new)) for row, name, old, new in self._changes()]
        return display.line(self.summary) + display.table(("row", "field", "before", "after"), rows)


class Watch:
    """Read the profiles of the first rows before and after they are sent.

    Args:
        client: Reads them.
        rows: How many rows.
        sleep: Waits so many seconds.
    """

    def __init__(
        self, client: Client, rows: int, sleep: Callable[[float], Awaitable[None]]
    ) -> None:
        self._client, self.rows, self._sleep = client, rows, sleep
        self._whom: dict[Identifier, list[int]] = {}
        self._not_readable = 0
        self._before: Profiles = {}

    async def look_before(self, batches: Iterator[Batch]) -> None:
        """Read the profiles that the first rows are about."""
        await asyncio.to_thread(self._note, batches)
        self._before = await read_profiles(self._client, self._whom)

    async def look_after(self, accepted: int) -> Canary:
        """Read them again, a few times if need be, until all have changed."""
        after: Profiles = {}
        for wait in WAITS:
            same = [it for it in self._whom if after.get(it) == self._before.get(it)]
            if not same:
                break
            await self._sleep(wait)
            after.update(await read_profiles(self._client, same))
        seen = (Seen(tuple(r), self._before.get(it), after.get(it)) for it, r in self._whom.items())
        return Canary(self.rows, accepted, tuple(seen), self._not_readable)

    def _note(self, batches: Iterator[Batch]) -> None:
        left = self.rows
        for batch in batches:
            identifiers = batch.identifiers()
            for unit in range(units_within(batch, left)):
                rows, whom = batch.rows_of(unit), identifiers[unit]
                left -= len(rows)
                if whom is None or whom.kind == "push_token":
                    self._not_readable += len(rows)
                else:
                    self._whom.setdefault(whom, []).extend(rows)
            if left <= 0:
                break
        self.rows -= left


async def read_profiles(client: Client, wanted: Iterable[Identifier]) -> Profiles:
    """Read profiles; those that do not exist are left out.

    Raises:
        RunProblem: If they cannot be read, as when the key may not.
        TransportError: If no usable answer came.
    """
    identifiers = tuple(dict.fromkeys(wanted))
    found: Profiles = {}
    for body in _questions(identifiers):
        url = f"{client.instance.rest_url}{_PATH}"
        headers = {"Content-Type": "application/json"}
        response = await client.asend(Request("POST", url, headers, json.dumps(body)))
        users = response.json.get("users") if isinstance(response.json, dict) else None
        if not response.accepted or not isinstance(users, list):
            raise RunProblem(
                f"The canary cannot be read back. {response.summary} It needs a key with the "
                "permission users.export.ids."
            )
        for identifier in identifiers:
            match = next((user for user in users if _is(user, identifier)), None)
            if match is not None:
                found[identifier] = match
    return found


def _questions(identifiers: Sequence[Identifier]) -> Iterator[dict[str, Any]]:
    ids = [it.value for it in identifiers if it.kind == "external_id"]
    aliases = [
        {"alias_name": it.value, "alias_label": it.label}
        for it in identifiers
        if it.kind == "user_alias"
    ]
    for first in range(0, len(ids), RECIPIENTS):
        yield {"external_ids": ids[first : first + RECIPIENTS]}
    for first in range(0, len(aliases), RECIPIENTS):
        yield {"user_aliases": aliases[first : first + RECIPIENTS]}
    for it in identifiers:
        if it.kind in _SINGLE:
            yield {_SINGLE[it.kind]: it.value}


def _is(user: Any, identifier: Identifier) -> bool:
    if not isinstance(user, dict):
        return False
    if identifier.kind != "user_alias":
        return user.get(identifier.kind) == identifier.value
    wanted = {"alias_name": identifier.value, "alias_label": identifier.label}
    return wanted in (user.get("user_aliases") or [])


def _flat(profile: Mapping[str, Any] | None) -> dict[str, Any]:
    if profile is None:
        return {}
    custom = profile.get("custom_attributes")
    inner = custom if isinstance(custom, dict) else {}
    outer = {k: v for k, v in profile.items() if k not in _VOLATILE | {"custom_attributes"}}
    return {**outer, **inner}


def _short(value: Any) -> str:
    text = "" if value is None else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 200 else f"{text[:199]}…"
