"""What was last accepted, remembered without any value: so that only changes are sent.

For each profile and attribute the store keeps a hash made with a key that lies in a file beside it;
without the key nothing can be guessed from it. What a run sends is remembered apart until the run
is over, so that a run that is resumed is planned as it was.
"""

from __future__ import annotations

import json
import os
import secrets
import sqlite3
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import finalize

from b2bkit.braze.reserved import CONTROL_KEYS, RESERVED_FIELDS
from b2bkit.bulk.errors import PlanProblem
from b2bkit.bulk.rules import is_operator
from b2bkit.profiles import Identifier, identify

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from b2bkit.bulk.batch import Batch

_KEY_BYTES = 32
_HASH_BYTES = 8
_FORGET = bytes(_HASH_BYTES)
"""Stands for a value that is not known any more: something was added to it."""

NOTED_AT_A_TIME = 64
"""Requests after which what was accepted is written down."""

_TABLES = """
CREATE TABLE IF NOT EXISTS accepted (who BLOB PRIMARY KEY, hashes BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sent (number INTEGER PRIMARY KEY, who BLOB, hashes BLOB);
"""


class Changes:
    """Tell which attributes of an object were accepted with the same value before.

    Args:
        path: The store; it is made if it is not there, and so is its key.

    Raises:
        PlanProblem: If it is no such store, or its key is gone.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self._key = _key_of(self.path)
        try:
            self._disk = sqlite3.connect(self.path, timeout=30, check_same_thread=False)
            self._disk.executescript(_TABLES)
        except sqlite3.Error as error:
            raise PlanProblem(
                f"only_changed: {self.path} is no store of b2bkit ({error})."
            ) from None
        finalize(self, self._disk.close)
        self._noted = 0

    def __repr__(self) -> str:
        return f"<Changes {self.path.name}>"

    def unchanged(self, item: Mapping[str, Any]) -> set[str]:
        """Name the attributes of an object whose values were accepted before."""
        who = identify(item)
        if not isinstance(who, Identifier):
            return set()
        row = self._disk.execute(
            "SELECT hashes FROM accepted WHERE who = ?", (self._who(who),)
        ).fetchone()
        if row is None:
            return set()
        known = _unpacked(row[0])
        return {name for name, value in self._hashed(item) if known.get(self._name(name)) == value}

    def note(self, batch: Batch) -> None:
        """Remember, for the end of the run, that a request or a part of one was accepted.

        It is written down now and then: what a killed process had not yet written is sent again.
        """
        found = [
            (self._who(who), _packed({self._name(name): it for name, it in self._hashed(item)}))
            for item, who in _objects(batch)
        ]
        self._disk.executemany("INSERT INTO sent (who, hashes) VALUES (?, ?)", found)
        self._noted += 1
        if self._noted % NOTED_AT_A_TIME == 0:
            self._disk.commit()

    def keep(self) -> None:
        """Write down what was noted, for a run that is gone on with later, and let others in."""
        self._disk.commit()

    def finish(self) -> None:
        """Let later plans know what this run has sent."""
        with self._disk:
            for who, hashes in self._disk.execute("SELECT who, hashes FROM sent ORDER BY number"):
                row = self._disk.execute(
                    "SELECT hashes FROM accepted WHERE who = ?", (who,)
                ).fetchone()
                known = _unpacked(row[0]) if row else {}
                known.update(_unpacked(hashes))
                kept = {name: it for name, it in known.items() if it != _FORGET}
                self._disk.execute(
                    "INSERT OR REPLACE INTO accepted VALUES (?, ?)", (who, _packed(kept))
                )
            self._disk.execute("DELETE FROM sent")

    def _hashed(self, item: Mapping[str, Any]) -> Iterator[tuple[str, bytes]]:
        for name, value in item.items():
            if name in CONTROL_KEYS:
                continue
            if isinstance(value, dict) and name not in RESERVED_FIELDS and is_operator(value):
                yield name, _FORGET
            else:
                text = json.dumps([name, value], sort_keys=True)
                yield name, self._hash(text, _HASH_BYTES)

    def _who(self, who: Identifier) -> bytes:
        return self._hash(json.dumps([who.kind, who.value, who.label]), 16)

    def _name(self, name: str) -> bytes:
        return self._hash(name, _HASH_BYTES)

    def _hash(self, text: str, size: int) -> bytes:
        data = text.encode("utf-8", "surrogatepass")
        return blake2b(data, digest_size=size, key=self._key).digest()


def _objects(batch: Batch) -> Iterator[tuple[dict[str, Any], Identifier]]:
    body = json.loads(batch.body) if batch.units else {}
    items = body.get("attributes") if isinstance(body, dict) else None
    for item in items if isinstance(items, list) else ():
        who = identify(item)
        if isinstance(who, Identifier):
            yield item, who


def _packed(hashes: Mapping[bytes, bytes]) -> bytes:
    return b"".join(name + value for name, value in hashes.items())


def _unpacked(data: bytes) -> dict[bytes, bytes]:
    size = 2 * _HASH_BYTES
    return {
        data[at : at + _HASH_BYTES]: data[at + _HASH_BYTES : at + size]
        for at in range(0, len(data), size)
    }


def _key_of(store: Path) -> bytes:
    """Read the key that lies beside a store; make one for a new store."""
    path = store.with_name(f"{store.name}.key")
    if path.is_file():
        return path.read_bytes()
    if store.exists():
        raise PlanProblem(
            f"only_changed: the key of {store} is gone ({path.name}). Put it back, or delete the "
            "store: then everything is sent once more."
        )
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise PlanProblem(f"only_changed: {path} cannot be made: {error.strerror}.") from error
    key = secrets.token_bytes(_KEY_BYTES)
    with os.fdopen(handle, "wb") as file:
        file.write(key)
    return key
