"""Room on disk for what would not fit into memory; it is gone when its owner is."""

from __future__ import annotations

import sqlite3
import tempfile
from typing import IO
from weakref import finalize


def scratch_file(owner: object) -> IO[bytes]:
    """Open a file without a name; it is closed, and so deleted, with its owner."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed with its owner
    finalize(owner, file.close)
    return file


def scratch_tables(owner: object, *statements: str) -> sqlite3.Connection:
    """Open a private database, and run statements in it; it is gone with its owner.

    It may be used from other threads, one at a time.
    """
    disk = sqlite3.connect("", check_same_thread=False, isolation_level=None)
    finalize(owner, disk.close)
    disk.execute("PRAGMA synchronous=OFF")
    disk.execute("PRAGMA journal_mode=OFF")
    for statement in statements:
        disk.execute(statement)
    return disk
