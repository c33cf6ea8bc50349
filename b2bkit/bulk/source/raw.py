"""The bytes of a file, read in pieces, the same at every reading or not at all.

The first reading notes a digest of every piece. Later readings compare: a file that was changed
after it was planned is noticed before anything of the changed piece is used.
"""

from __future__ import annotations

import gzip
import hashlib
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, cast

from b2bkit.bulk.errors import FileChanged, FileProblem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PIECE = 1 << 19
"""Bytes that are read at a time."""

_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class RawFile:
    """Hold the digests of a file's pieces, and read it again.

    Args:
        path: Where it is.
        digests: Digest of each piece, in order.
        gzipped: Whether it is compressed with gzip.
    """

    path: Path
    digests: tuple[bytes, ...]
    gzipped: bool

    @property
    def digest(self) -> str:
        """Give the digest of the whole file."""
        return hashlib.sha256(b"".join(self.digests)).hexdigest()

    def pieces(self) -> Iterator[bytes]:
        """Read the file again, uncompressed.

        Raises:
            FileChanged: If it is not what it was at the first reading.
        """
        with _open(self.path) as file:
            yield from _uncompressed(_Checked(file, self), gzipped=self.gzipped)


class Watched:
    """A file at its first reading, uncompressed: gives pieces, and notes their digests."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._digests: list[bytes] = []
        with _open(path) as file:
            self.gzipped = file.read(2) == _GZIP

    def pieces(self) -> Iterator[bytes]:
        """Read the file."""
        with _open(self.path) as file:
            yield from _uncompressed(_Noted(file, self._digests), gzipped=self.gzipped)

    def noted(self) -> RawFile:
        """Give what was noted; all pieces must have been read."""
        return RawFile(self.path, tuple(self._digests), self.gzipped)


class _Noted:
    """A file whose pieces are noted as they are read."""

    def __init__(self, file: BinaryIO, digests: list[bytes]) -> None:
        self._file = file
        self._digests = digests
        self._left = b""

    def piece(self) -> bytes:
        data = self._file.read(PIECE)
        if data:
            self._digests.append(_digest(data))
        return data

    def read(self, size: int = PIECE) -> bytes:
        """Read at most `size` bytes, as `gzip` asks for them."""
        self._left = self._left or self.piece()
        taken, self._left = self._left[:size], self._left[size:]
        return taken


class _Checked(_Noted):
    """A file whose pieces are compared with what was noted."""

    def __init__(self, file: BinaryIO, known: RawFile) -> None:
        super().__init__(file, [])
        self._known = known

    def piece(self) -> bytes:
        data = super().piece()
        count, known = len(self._digests), self._known.digests
        ended_early = not data and count < len(known)
        if ended_early or (data and (count > len(known) or self._digests[-1] != known[count - 1])):
            raise FileChanged(
                f"{self._known.path} was changed after it was planned. Plan it again, and look at "
                "the new plan before you send it."
            )
        return data


def _open(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise FileProblem(f"{path} cannot be opened: {error.strerror or error}.") from error


def _uncompressed(file: _Noted, *, gzipped: bool) -> Iterator[bytes]:
    if not gzipped:
        yield from iter(file.piece, b"")
        return
    try:
        with gzip.GzipFile(fileobj=cast("BinaryIO", file)) as unpacked:
            yield from iter(lambda: unpacked.read(PIECE), b"")
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise FileProblem(
            "The file is compressed with gzip, and the compressed data is damaged or cut off. "
            "Fetch it again."
        ) from error


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()[:16]
