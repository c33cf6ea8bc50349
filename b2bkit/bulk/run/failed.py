"""`failed.csv` and `unknown.csv`: the rows as they stand in the file, and why each is in it.

The only files of a run that hold cell values. Rows come in the order of the file, byte for byte,
under its own header, with three cells more; rows of Parquet, of JSON lines and of compressed files
come as CSV.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from b2bkit.bulk.run.folder import replace_file

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from b2bkit.bulk.run.folder import Folder
    from b2bkit.bulk.run.records import Records, Span
    from b2bkit.bulk.run.states import Word
    from b2bkit.bulk.source import Source

COLUMNS = ("b2bkit_row", "b2bkit_state", "b2bkit_reason")
"""The cells that are added to each row."""
FAILED: tuple[Word, ...] = ("refused", "not sent")


def write_failed(
    folder: Folder, records: Records, source: Source, rows: int, leave_out: Collection[str] = ()
) -> None:
    """Write both files anew; without such rows they hold the header only.

    Args:
        folder: Where to.
        records: What is known of each row.
        source: The file.
        rows: Rows of data in it.
        leave_out: Reasons of rows that need nobody's attention.

    Raises:
        FileChanged: If the file is not the one that was planned.
        OSError: If they cannot be written.
    """
    failed = (it for it in records.spans(rows) if it.state in FAILED and it.reason not in leave_out)
    replace_file(folder.failed, _lines(source, failed))
    unknown = (it for it in records.spans(rows) if it.state == "unknown")
    replace_file(folder.unknown, _lines(source, unknown))


def _lines(source: Source, spans: Iterable[Span]) -> Iterator[bytes]:
    yield source.with_cells(source.header, COLUMNS)
    why: dict[int, tuple[str, str, str]] = {}

    def wanted() -> Iterator[int]:
        for span in spans:
            for row in range(span.first, span.last + 1):
                why[row] = (str(row), span.state, span.reason)
                yield row

    for row, line in source.originals(wanted()):
        yield source.with_cells(line, why.pop(row))
