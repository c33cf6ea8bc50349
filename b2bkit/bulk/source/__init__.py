"""Files as rows of text: CSV, Parquet and JSON lines, compressed or not, in any usual encoding.

Cells are exact text; types are decided elsewhere. A file that was opened is read again as often as
wanted, and is the same each time or `FileChanged`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from b2bkit.bulk.errors import FileProblem
from b2bkit.bulk.source.block import Block

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from b2bkit.bulk.types import CellType

__all__ = ["Block", "Source", "open_source"]


class Source(Protocol):
    """What every kind of file can do."""

    @property
    def path(self) -> Path:
        """Give the file's path."""

    @property
    def names(self) -> tuple[str, ...]:
        """Give the names of the columns."""

    @property
    def declared(self) -> Mapping[str, CellType]:
        """Give the types that the file itself declares."""

    @property
    def notices(self) -> tuple[str, ...]:
        """Say what a person should know about how the file was read."""

    @property
    def digest(self) -> str:
        """Give the digest of the file's bytes."""

    @property
    def header(self) -> bytes:
        """Give the header as it stands in the file, line end included."""

    def blocks(self, only: Collection[int] | None = None) -> Iterator[Block]:
        """Read the rows, block by block; `only` some columns, by their places, or all."""

    def originals(self, rows: Iterable[int]) -> Iterator[tuple[int, bytes]]:
        """Give rows as they stand in the file, line end included; numbers must ascend."""

    def with_cells(self, line: bytes, cells: Sequence[str]) -> bytes:
        """Put cells at the end of a row; all as the file writes it."""


_JSON_LINES = frozenset({".jsonl", ".ndjson"})
_PARQUET = b"PAR1"


def open_source(path: str | Path) -> Source:
    """Open a file: Parquet by its first bytes, JSON lines by its name, CSV otherwise.

    The whole file is read once, for its encoding and its digest.

    Raises:
        FileProblem: If it cannot be read as a table.
    """
    path = Path(path)
    if not path.is_file():
        raise FileProblem(f"{path} is not a file.")
    if _starts_with(path, _PARQUET):
        from b2bkit.bulk.source.parquet import open_parquet

        return open_parquet(path)
    from b2bkit.bulk.source.encoding import open_text

    text = open_text(path)
    if _JSON_LINES.intersection(suffix.lower() for suffix in path.suffixes[-2:]):
        from b2bkit.bulk.source.jsonl import open_json_lines

        return open_json_lines(text)
    from b2bkit.bulk.source.csv import open_csv

    return open_csv(text)


def _starts_with(path: Path, magic: bytes) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(magic)) == magic
    except OSError as error:
        raise FileProblem(f"{path} cannot be opened: {error.strerror or error}.") from error
