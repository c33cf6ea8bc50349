"""Keep a store in an SQLite file, so that what was answered 201 survives the death of the process.

A commit is handed to the operating system before the answer leaves; against power loss nothing is
promised. The file belongs to one sandbox at a time.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import asdict
from typing import TYPE_CHECKING

from b2bkit.profiles import Event, Purchase
from b2bkit.sandbox.calls import Incoming
from b2bkit.sandbox.catalogs import Catalog
from b2bkit.sandbox.errors import SandboxError
from b2bkit.sandbox.state import read_profile, write_profile

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from b2bkit.profiles import Profile, Type
    from b2bkit.sandbox.store import Store

_SCHEMA = """
CREATE TABLE IF NOT EXISTS profile (
    place INTEGER PRIMARY KEY,
    braze_id TEXT NOT NULL UNIQUE,
    turn INTEGER NOT NULL,
    json TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS happening (
    place INTEGER PRIMARY KEY,
    braze_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    json TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS happening_of ON happening (braze_id);
CREATE TABLE IF NOT EXISTS type (
    name TEXT PRIMARY KEY,
    type TEXT NOT NULL,
    forced INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS request (
    number INTEGER PRIMARY KEY,
    json TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS catalog (
    name TEXT PRIMARY KEY,
    fields TEXT NOT NULL,
    items TEXT NOT NULL
);
"""
_VERSION = 1


class Disk:
    """Keep what a store tells in an SQLite file.

    Args:
        path: The file; it is made when it is not there.

    Raises:
        SandboxError: If it cannot be opened, is none of ours, or is in use by another sandbox.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._connection = sqlite3.connect(
                path, timeout=1, isolation_level=None, check_same_thread=False
            )
            self._prepare()
        except sqlite3.Error as error:
            raise SandboxError(
                f"The sandbox cannot keep its state in {path}: {error}. Choose another file, or "
                "end the sandbox that uses it."
            ) from error

    def load(self, store: Store) -> None:
        """Put what the file holds into a store, which must not have a journal yet."""
        for turn, text in self._connection.execute("SELECT turn, json FROM profile ORDER BY place"):
            store.put(read_profile(json.loads(text)), turn)
        rows = self._connection.execute("SELECT braze_id, kind, json FROM happening ORDER BY place")
        for braze_id, kind, text in rows:
            if kind == "event":
                store.add(braze_id, events=[Event(**json.loads(text))])
            else:
                store.add(braze_id, purchases=[Purchase(**json.loads(text))])
        for name, type_, forced in self._connection.execute("SELECT name, type, forced FROM type"):
            (store.force if forced else store.learn)({name: type_})
        for name, fields, items in self._connection.execute("SELECT * FROM catalog"):
            catalog = Catalog(frozenset(json.loads(fields)), json.loads(items))
            store.put_catalogs({name: catalog})

    def requests(self) -> list[tuple[int, Incoming]]:
        """Give the requests that were accepted and never applied, with their numbers."""
        rows = self._connection.execute("SELECT number, json FROM request ORDER BY number")
        return [(number, Incoming(**json.loads(text))) for number, text in rows]

    def keep_request(self, request: Incoming) -> int:
        """Keep a request that was accepted and is not applied yet; give the number it has."""
        self._begin()
        row = (json.dumps(asdict(request)),)
        number = self._connection.execute("INSERT INTO request (json) VALUES (?)", row).lastrowid
        return number or 0

    def forget_request(self, number: int) -> None:
        """Forget a request, because it was applied."""
        self._write("DELETE FROM request WHERE number = ?", [(number,)])

    def save(self, profile: Profile, turn: int) -> None:
        """Keep a profile as it is now, and when it was last updated."""
        self._write(
            "INSERT INTO profile (braze_id, turn, json) VALUES (?, ?, ?) "
            "ON CONFLICT (braze_id) DO UPDATE SET turn = excluded.turn, json = excluded.json",
            [(profile.braze_id, turn, json.dumps(write_profile(profile)))],
        )

    def remove(self, braze_id: str) -> None:
        """Forget a profile with its events and purchases."""
        self._write("DELETE FROM profile WHERE braze_id = ?", [(braze_id,)])
        self._write("DELETE FROM happening WHERE braze_id = ?", [(braze_id,)])

    def append(self, braze_id: str, events: Iterable[Event], purchases: Iterable[Purchase]) -> None:
        """Keep single events and purchases of a profile."""
        rows = [(braze_id, "event", json.dumps(asdict(each))) for each in events]
        rows += [(braze_id, "purchase", json.dumps(asdict(each))) for each in purchases]
        self._write("INSERT INTO happening (braze_id, kind, json) VALUES (?, ?, ?)", rows)

    def learn(self, types: Mapping[str, Type], *, forced: bool) -> None:
        """Keep types of attributes."""
        rows = [(name, type_, forced) for name, type_ in types.items()]
        self._write("INSERT OR REPLACE INTO type (name, type, forced) VALUES (?, ?, ?)", rows)

    def save_catalog(self, name: str, catalog: Catalog) -> None:
        """Keep a catalog as it is now."""
        row = (name, json.dumps(sorted(catalog.fields)), json.dumps(catalog.items))
        self._write("INSERT OR REPLACE INTO catalog (name, fields, items) VALUES (?, ?, ?)", [row])

    def clear(self) -> None:
        """Forget everything."""
        for table in ("profile", "happening", "type", "catalog", "request"):
            self._write(f"DELETE FROM {table}", [()])  # noqa: S608 - our own names

    def commit(self) -> None:
        """Make what was told since the last time safe."""
        if self._connection.in_transaction:
            self._connection.execute("COMMIT")

    def close(self) -> None:
        """Let go of the file."""
        self.commit()
        self._connection.close()

    def _write(self, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
        self._begin()
        self._connection.executemany(statement, rows)

    def _begin(self) -> None:
        if not self._connection.in_transaction:
            self._connection.execute("BEGIN")

    def _prepare(self) -> None:
        self._connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = NORMAL")
        (version,) = self._connection.execute("PRAGMA user_version").fetchone()
        if version not in {0, _VERSION}:
            raise sqlite3.DatabaseError(f"it is in a form ({version}) that this b2bkit cannot read")
        self._connection.executescript(_SCHEMA)
        self._connection.execute(f"PRAGMA user_version = {_VERSION}")
