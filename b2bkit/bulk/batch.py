"""One request of a plan: its body, and which rows stand behind each part of it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np

from b2bkit.braze.limits import BODY_BYTES, TRACK_OBJECTS
from b2bkit.bulk.pieces import NOBODY, Objects, Part, Piece, Unit
from b2bkit.headers import Headers
from b2bkit.profiles import Identifier, identify

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ENVELOPE_BYTES = 200
"""Bytes that we leave for what stands around the arrays of a body."""

_JSON = Headers({"Content-Type": "application/json"})
_RECIPIENT = {"external_user_id": "external_id"}


@dataclass(frozen=True, slots=True)
class Limits:
    """Say how much one request may hold.

    Args:
        together: Objects in all arrays together; `None` for no such limit.
        each: Objects in each array; `None` for no such limit.
        size: Bytes of its arrays.
        profile: Objects about one profile; `None` for no such limit.
    """

    together: int | None = TRACK_OBJECTS
    each: int | None = None
    size: int = BODY_BYTES - ENVELOPE_BYTES
    profile: int | None = None


ALONE = Limits(together=0)
"""For a body that is sent as it is, and shares its request with no other."""


@dataclass(frozen=True, slots=True)
class Target:
    """Say where requests go, all but the body.

    Args:
        method: HTTP method.
        url: The whole address; a documented REST host stands for the chosen instance.
        headers: Headers, without a key.
        rest: What the body has beside its arrays: members in JSON, a comma after each.
        limits: How much one request may hold.
    """

    method: str
    url: str
    headers: Mapping[str, str] = _JSON
    rest: bytes = b""
    limits: Limits = Limits()

    @property
    def path(self) -> str:
        """Give the path of the address."""
        return urlsplit(self.url).path


@dataclass(frozen=True, slots=True)
class Batch:
    """Hold one request of a plan, or a part of one.

    Args:
        number: Its number in the plan, from 0; a part has that of the whole.
        target: Where it goes.
        pieces: What its body is made of.
        part: Of a part: its first unit in the whole, and the one after its last.
    """

    number: int
    target: Target
    pieces: tuple[Piece, ...] = field(repr=False)
    part: tuple[int, int] | None = None

    @property
    def units(self) -> int:
        """Count what cannot be parted: objects, or the objects of one row."""
        return sum(map(len, self.pieces))

    @property
    def adds(self) -> bool:
        """Tell whether anything in it adds, so that it must not be repeated blindly."""
        return any(it.adds_any if isinstance(it, Objects) else it.adds for it in self.pieces)

    @property
    def exclusive(self) -> frozenset[int]:
        """Give the numbers of the profiles of which no other batch may be in flight with it."""
        found = [it.profiles for it in self.pieces if isinstance(it, Unit) and it.exclusive]
        return NOBODY.union(*found)

    @property
    def body(self) -> bytes:
        """Put the body together."""
        arrays: dict[str, list[bytes]] = {}
        for piece in self.pieces:
            for array, data, _ in _parts(piece):
                arrays.setdefault(array, []).append(data)
        if "" in arrays:
            return arrays[""][0]
        written = (b'"%b":[%b]' % (k.encode(), b",".join(v)) for k, v in arrays.items())
        return b"{" + self.target.rest + b",".join(written) + b"}"

    @property
    def size(self) -> int:
        """Count the bytes of the body without putting it together."""
        arrays: dict[str, int] = {}
        for piece in self.pieces:
            if isinstance(piece, Objects):
                arrays["attributes"] = arrays.get("attributes", 0) + piece.size
            else:
                for array, data, _ in piece.parts:
                    arrays[array] = arrays.get(array, 0) + len(data) + 1
        if "" in arrays:
            return arrays[""] - 1
        around = sum(len(array) + 4 + size for array, size in arrays.items())
        return around + len(arrays) + 1 + len(self.target.rest)

    @property
    def rows(self) -> tuple[int, ...]:
        """Give the rows behind it, in the order of its units."""
        return tuple(chain.from_iterable(map(_rows, self.pieces)))

    @property
    def ranges(self) -> tuple[tuple[int, int], ...]:
        """Give the rows behind it as ranges, both ends included, ascending."""
        if len(self.pieces) == 1 and isinstance(self.pieces[0], Objects):
            first, last = int(self.pieces[0].rows[0]), int(self.pieces[0].rows[-1])
            if last - first + 1 == len(self.pieces[0]):
                return ((first, last),)
        rows = np.unique(np.concatenate([np.asarray(piece.rows) for piece in self.pieces]))
        breaks = np.flatnonzero(np.diff(rows) > 1)
        firsts = rows[np.concatenate([[0], breaks + 1])]
        lasts = rows[np.concatenate([breaks, [len(rows) - 1]])]
        return tuple(zip(firsts.tolist(), lasts.tolist(), strict=True))

    def rows_of(self, unit: int) -> tuple[int, ...]:
        """Give the rows behind one unit."""
        for piece in self.pieces:
            if unit < len(piece):
                return piece.rows_of(unit)
            unit -= len(piece)
        return ()

    def rows_at(self, input_array: str, index: int) -> tuple[int, ...]:
        """Give the rows behind an object of an array of the body; none if there is none."""
        for piece in self.pieces:
            for array, _, objects in _parts(piece):
                if array == input_array and index < objects:
                    return piece.rows_of(index if isinstance(piece, Objects) else 0)
                index -= objects if array == input_array else 0
        return ()

    def only(self, units: Sequence[int]) -> Batch:
        """Give the same batch with some of its units, which must ascend."""
        everything = list(self._each_unit())
        first = self.part[0] if self.part else 0
        return replace(
            self,
            pieces=tuple(everything[unit] for unit in units),
            part=(first + units[0], first + units[-1] + 1),
        )

    def halves(self) -> tuple[Batch, Batch]:
        """Part it into two."""
        middle = self.units // 2
        return self.only(range(middle)), self.only(range(middle, self.units))

    def identifiers(self) -> tuple[Identifier | None, ...]:
        """Give whom each unit is about: the profile of its first object, if it names one."""
        return tuple(map(_identifier, self._each_unit()))

    def _each_unit(self) -> Iterator[Unit]:
        return chain.from_iterable(piece.units for piece in self.pieces)


def _parts(piece: Piece) -> tuple[Part, ...]:
    return (piece.part,) if isinstance(piece, Objects) else piece.parts


def _rows(piece: Piece) -> Sequence[int]:
    if isinstance(piece, Unit):
        return piece.rows
    rows: list[int] = piece.rows.tolist()
    return rows


def _identifier(unit: Unit) -> Identifier | None:
    data = unit.parts[0].data
    try:
        item: Any = json.loads(b"[%b]" % data)[0]
    except (ValueError, IndexError):
        return None
    if not isinstance(item, dict):
        return None
    named = {_RECIPIENT.get(str(key), str(key)): value for key, value in item.items()}
    found = identify(named)
    return found if isinstance(found, Identifier) else None
