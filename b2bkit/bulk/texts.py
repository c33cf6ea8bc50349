"""Cells of a column, many at a time: the ones that can be only one thing are found without Python.

Each pattern and each look at bytes is narrower than the rule it stands for: what it lets through
the rule would have let through, and what it does not is read by `cells`, text by text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow.compute as pc

from b2bkit.bulk.arrow import mask_of
from b2bkit.bulk.cells import Kind

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

_WHOLE = r"(?:0|-?[1-9][0-9]{0,14})"
_ITEM = rf'(?:"[^"\\\x00-\x1f]*"|{_WHOLE}|true|false)'
_DAY = r"[12][0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])"
_CLOCK = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"

SHORT = 255
"""Bytes of a cell that no rule about lengths can object to."""

SURE: dict[Kind, str] = {
    Kind.INTEGER: rf"^{_WHOLE}$",
    Kind.FLOAT: r"^-?(?:0|[1-9][0-9]{0,6})\.[0-9]{0,6}[1-9]$",
    Kind.DATE: rf"^{_DAY}(?:T{_CLOCK}(?:\.[0-9]{{3}})?Z?| {_CLOCK})?$",
    Kind.LIST: rf"^\[(?:{_ITEM}(?:, ?{_ITEM})*)?\]$",
}
"""Kind -> the texts that are of this kind, and nothing is lost. A list must be `SHORT`, too."""

NUMBER = r"^(?:0|-?[1-9][0-9]{0,14}|-?(?:0|[1-9][0-9]{0,6})\.[0-9]{1,8})$"
"""Texts that are numbers in JSON as they stand."""

DAY = rf"^{_DAY}$"
OPERATOR = r'^\s*\{\s*"(?:inc|add|remove|\$add|\$remove|\$update)"'
"""JSON objects that may be operators; some of them are not."""
EMAIL = r"^[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$"


class Texts:
    """An array of texts, and its bytes.

    Attributes:
        array: The array itself.
        offsets: Where each text begins, and where the last one ends.
        data: The bytes of all texts.
        lengths: Bytes of each text.
    """

    def __init__(self, array: pa.StringArray) -> None:
        self.array = array
        _, offsets, data = array.buffers()
        size = len(array)
        start = array.offset
        self.offsets: NDArray[np.int32] = (
            np.frombuffer(offsets, np.int32)[start : start + size + 1]
            if size
            else np.zeros(1, np.int32)
        )
        self.data: NDArray[np.uint8] = (
            np.frombuffer(data, np.uint8) if data is not None else np.zeros(0, np.uint8)
        )
        self.lengths: NDArray[np.int32] = np.diff(self.offsets)

    def __len__(self) -> int:
        return len(self.array)

    @property
    def used(self) -> NDArray[np.uint8]:
        """Give the bytes of all texts, and no others."""
        return self.data[self.offsets[0] : self.offsets[-1]]

    @property
    def longest(self) -> int:
        """Give the bytes of the longest text."""
        return int(self.lengths.max()) if len(self.lengths) else 0

    def matches(self, pattern: str) -> NDArray[np.bool_]:
        """Tell which texts match a pattern."""
        return mask_of(pc.match_substring_regex(self.array, pattern))

    def equals(self, text: str) -> NDArray[np.bool_]:
        """Tell which texts are this one."""
        return mask_of(pc.equal(self.array, text))

    def needs_escapes(self) -> NDArray[np.bool_] | None:
        """Tell which texts JSON cannot hold as they stand; `None` when it can hold them all."""
        used = self.used
        if not ((used < 32) | (used == 34) | (used == 92)).any():
            return None
        return self.matches(r'["\\\x00-\x1f]')

    def at(self, place: int) -> NDArray[np.uint8]:
        """Give the byte at a place of each text; where a text is too short, any byte."""
        if not len(self.data):
            return np.zeros(len(self), np.uint8)
        return self.data[np.minimum(self.offsets[:-1] + place, len(self.data) - 1)]


def may_operate(texts: Texts) -> NDArray[np.bool_]:
    """Tell which cells may hold an operator in JSON, such as `{"inc": 1}`."""
    if not (texts.used == ord("{")).any():
        return np.zeros(len(texts), bool)
    return texts.matches(OPERATOR)


def _pairs(*words: str) -> NDArray[np.bool_]:
    table = np.zeros((256, 256), bool)
    for word in words:
        for one in {word[0].lower(), word[0].upper()}:
            for other in {word[1].lower(), word[1].upper()}:
                table[ord(one), ord(other)] = True
    return table


_LETTER = np.zeros(256, bool)
_LETTER[[*range(ord("a"), ord("z") + 1), *range(ord("A"), ord("Z") + 1)]] = True
_LETTER[0xC3:0xC6] = True  # Latin letters with accents
_SPECIAL = _pairs("true", "false", "yes", "no", "nan", "inf", "null", "none", "na", "n/a", "nil")
_IN_WORDS = r"^[A-Z][a-z]{2,8}\.? [0-9]"
"""How every date begins that names its month or its day of the week."""


def surely_text(texts: Texts) -> NDArray[np.bool_]:
    """Tell which cells are plain text, whatever may follow: two letters that begin no other kind.

    Nothing that could be a date in words or has a control character is among them.
    """
    first, second = texts.at(0), texts.at(1)
    plain: NDArray[np.bool_] = texts.lengths > 2
    plain &= _LETTER[first] & (_LETTER[second] | (second >= 0x80)) & ~_SPECIAL[first, second]
    used = texts.used
    if ((used < 32) | (used == 127)).any():
        plain &= ~texts.matches(r"[\x00-\x1f\x7f]")
    if (used == 32).any():
        plain &= ~texts.matches(_IN_WORDS)
    return plain
