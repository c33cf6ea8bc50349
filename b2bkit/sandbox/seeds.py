"""Read what a sandbox begins with: users, and catalogs.

A seed is `{"users": [...], "catalogs": {name: [item, ...]}}`, users in the shape of
`/users/export/ids`, as an object or a JSON file; or a folder of such files and of CSV files of
users.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from b2bkit.braze.reserved import RESERVED_FIELDS
from b2bkit.sandbox.errors import SandboxError

Source = Mapping[str, Any] | str | Path | None


@dataclass(slots=True)
class Seed:
    """Hold what a sandbox begins with."""

    users: list[Mapping[str, Any]] = field(default_factory=list)
    catalogs: dict[str, list[Mapping[str, Any]]] = field(default_factory=dict)

    def add(self, other: Seed) -> None:
        """Take over what another seed holds."""
        self.users += other.users
        for name, items in other.catalogs.items():
            self.catalogs.setdefault(name, []).extend(items)


def read_seed(source: Source) -> Seed:
    """Read a seed.

    Raises:
        SandboxError: If it cannot be read or has not the shape of a seed.
    """
    if source is None:
        return Seed()
    if isinstance(source, Mapping):
        return _check(source)
    path = Path(source)
    if not path.is_dir():
        return _read_file(path)
    seed = Seed()
    for file in sorted(each for each in path.iterdir() if each.suffix in {".json", ".csv"}):
        seed.add(_read_file(file))
    return seed


def _read_file(path: Path) -> Seed:
    try:
        if path.suffix == ".csv":
            return Seed(_read_csv(path))
        return _check(json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, csv.Error, SandboxError) as error:
        raise SandboxError(f"The seed {path} cannot be read: {error}") from error


def _check(seed: Any) -> Seed:
    if isinstance(seed, Mapping) and seed.keys() & {"users", "catalogs"}:
        users, catalogs = seed.get("users", []), seed.get("catalogs", {})
        if _is_list_of_objects(users) and _are_catalogs(catalogs):
            return Seed(list(users), {name: list(items) for name, items in catalogs.items()})
    raise SandboxError(
        'A seed is an object {"users": [...]} of users as Braze exports them, and may have '
        '"catalogs": {"name": [item, ...]}.'
    )


def _is_list_of_objects(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, Mapping) for each in value)


def _are_catalogs(value: Any) -> bool:
    return isinstance(value, Mapping) and all(map(_is_list_of_objects, value.values()))


def _read_csv(path: Path) -> list[Mapping[str, Any]]:
    """Read users from a CSV file with a header: standard attributes by name, the rest are custom.

    A blank cell is nothing. Identifiers and standard attributes are text; of custom attributes,
    numbers, `true`, `false`, arrays and objects are read as JSON where nothing is lost by it, and
    where it gives the whole column one type: a column with the zip code `01234` is text.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [_cells(row) for row in csv.DictReader(file)]
    kinds: dict[str, set[type]] = {}
    for name, cell in (each for row in rows for each in row.items()):
        kinds.setdefault(name, set()).add(_kind(_value(cell)))
    typed = {name for name, found in kinds.items() if len(found) == 1} - RESERVED_FIELDS.keys()
    return [_user(row, typed) for row in rows]


def _cells(row: Mapping[str | None, Any]) -> dict[str, str]:
    return {name: cell for name, cell in row.items() if name and isinstance(cell, str) and cell}


def _user(cells: Mapping[str, str], typed: set[str]) -> dict[str, Any]:
    user: dict[str, Any] = {"custom_attributes": {}}
    for name, cell in cells.items():
        if name in RESERVED_FIELDS:
            user[name] = cell
        else:
            user["custom_attributes"][name] = _value(cell) if name in typed else cell
    return user


def _kind(value: Any) -> type:
    return float if type(value) is int else type(value)


def _value(cell: str) -> Any:
    try:
        value = json.loads(cell, parse_constant=str)
    except (ValueError, RecursionError):
        return cell
    if isinstance(value, (list, dict, bool)):
        return value
    is_number = isinstance(value, (int, float)) and json.dumps(value) == cell
    return value if is_number else cell
