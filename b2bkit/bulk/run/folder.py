"""The folder of a run: which files are in it, and that only one process works in it."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from b2bkit.bulk.errors import RunProblem

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Folder:
    """Name the files of a run.

    Args:
        path: The folder.
    """

    path: Path

    @property
    def ledger(self) -> Path:
        """What is known of every row."""
        return self.path / "ledger.sqlite"

    @property
    def report(self) -> Path:
        """The counts, kept current."""
        return self.path / "report.json"

    @property
    def failed(self) -> Path:
        """The rows that were refused or not sent, as they stand in the file."""
        return self.path / "failed.csv"

    @property
    def unknown(self) -> Path:
        """The rows that may have been applied."""
        return self.path / "unknown.csv"

    def lock(self) -> Lock:
        """Make the folder if need be, and keep others out of it.

        Raises:
            RunProblem: If it cannot be made, or another process works in it.
        """
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            return Lock(self.path / "lock.sqlite")
        except OSError as error:
            raise RunProblem(
                f"The folder {self.path} cannot be used: {error.strerror or error}."
            ) from error


class Lock:
    """Hold a folder until `release`, or until the process dies, however it does.

    The lock is SQLite's on an empty database, because that works on every system alike.

    Raises:
        RunProblem: If another process holds it.
    """

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
        try:
            self._db.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            self._db.close()
            raise RunProblem(
                f"A run is under way in {path.parent}. Wait for it, or end it, then try again."
            ) from error

    def release(self) -> None:
        """Let others in."""
        with suppress(sqlite3.Error):
            self._db.close()


def replace_file(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file so that readers see the old one or the new one, and never a part."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("wb") as file:
            file.writelines(pieces)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
