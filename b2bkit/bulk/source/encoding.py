"""In which encoding a file is written; everything after this module sees UTF-8.

UTF-8 and UTF-16 are told apart by their marks, or by their NUL bytes. What is neither is read as
Windows-1252, the Latin-1 of spreadsheets, and the person is told.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import TYPE_CHECKING

from b2bkit.bulk.errors import FileProblem
from b2bkit.bulk.source.raw import RawFile, Watched

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_WORDS = {"cp1252": "Latin-1 (Windows-1252)", "latin-1": "Latin-1"}
_NOT_UTF8 = (
    "The file is not UTF-8; it was read as {}. Look whether letters with accents came out right; "
    "if not, save it as UTF-8."
)


@dataclass(frozen=True, slots=True)
class TextFile:
    """Read a file as UTF-8, whatever it is written in.

    Args:
        raw: Its bytes.
        encoding: Python's name of its encoding.
        mark: The byte order mark it begins with; blank if none.
    """

    raw: RawFile
    encoding: str
    mark: bytes

    @property
    def notices(self) -> tuple[str, ...]:
        """Say what a person should know about the encoding."""
        words = _WORDS.get(self.encoding)
        return () if words is None else (_NOT_UTF8.format(words),)

    def pieces(self) -> Iterator[bytes]:
        """Read it as UTF-8, without its mark.

        Raises:
            FileChanged: If it is not what it was when it was first read.
        """
        pieces = _without(self.mark, self.raw.pieces())
        return pieces if self.encoding == "utf-8" else _as_utf8(pieces, self.encoding)

    def encode(self, text: bytes) -> bytes:
        """Write UTF-8 in the file's own encoding; what it cannot hold becomes `?`."""
        if self.encoding == "utf-8":
            return text
        return text.decode().encode(self.encoding, "replace")


def open_text(path: Path) -> TextFile:
    """Read a file through once, to learn its encoding and to note its digests.

    Raises:
        FileProblem: If it cannot be opened or read.
    """
    watched = Watched(path)
    start = next(watched.pieces(), b"")[:4096]
    mark = next((it for it in _MARKS if start.startswith(it)), b"")
    encoding = _MARKS.get(mark) or _guess(start)
    watched = Watched(path)
    fits = _fits(watched, encoding, mark)
    if not fits and (mark or encoding != "utf-8"):
        raise FileProblem(
            f"{path.name} begins as {encoding.upper()} but goes on as something else. "
            "Save it as UTF-8."
        )
    if not fits:
        encoding = next(
            it for it in ("cp1252", "latin-1") if _fits(watched := Watched(path), it, b"")
        )
    return TextFile(watched.noted(), encoding, mark)


def _guess(start: bytes) -> str:
    """Guess the encoding of a file without a mark: UTF-16 has a NUL in every other place."""
    even, odd = start[::2].count(0), start[1::2].count(0)
    if max(even, odd) * 5 < len(start):
        return "utf-8"
    return "utf-16-le" if odd > even else "utf-16-be"


def _fits(file: Watched, encoding: str, mark: bytes) -> bool:
    """Tell whether the file can be read in an encoding; reads on to its end, for the digests."""
    decoder = codecs.getincrementaldecoder(encoding)()
    fits = True
    for piece in _without(mark, file.pieces()):
        if fits:
            fits = _decodes(decoder, piece)
    return fits and _decodes(decoder, b"", final=True)


def _decodes(decoder: codecs.IncrementalDecoder, piece: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(piece, final)
    except UnicodeDecodeError:
        return False
    return True


def _without(mark: bytes, pieces: Iterator[bytes]) -> Iterator[bytes]:
    for piece in pieces:
        yield piece.removeprefix(mark)
        yield from pieces


def _as_utf8(pieces: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(encoding)()
    for piece in pieces:
        yield decoder.decode(piece).encode()
    yield decoder.decode(b"", final=True).encode()
