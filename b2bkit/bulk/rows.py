"""Rows as attributes objects, straight from their columns: a block in, one buffer of JSON out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow.compute as pc

from b2bkit.braze.answers import Answer
from b2bkit.braze.limits import EXTERNAL_ID_BYTES
from b2bkit.bulk.arrow import mask_array, text_array
from b2bkit.bulk.columns import MERGE
from b2bkit.bulk.fragments import ColumnEncoder, short_text, text_member
from b2bkit.bulk.pieces import Objects
from b2bkit.bulk.rules import as_problem
from b2bkit.bulk.texts import EMAIL, Texts, may_operate
from b2bkit.bulk.values import Problem
from b2bkit.profiles import identify, rule_for

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pyarrow as pa
    from numpy.typing import NDArray

    from b2bkit.bulk.columns import Column, IdColumn
    from b2bkit.bulk.source import Block
    from b2bkit.bulk.verdict import ColumnReport

TOO_LARGE = Problem("the object is larger than a request may be")


@dataclass(frozen=True, slots=True)
class Slab:
    """Hold the objects of a block.

    Args:
        objects: The objects of the rows that can be sent.
        problems: Row, column and problem of each cell that cannot.
        points: Data points of all objects.
    """

    objects: Objects
    problems: Sequence[tuple[int, str, Problem]]
    points: int


class RowEncoder:
    """Turn rows into attributes objects.

    Args:
        identifier: Where the identifier stands.
        names: Names of the file's columns.
        columns: Place and verdict of each column that becomes an attribute.
        null: The text that means null; `None` for none.
        create: Whether unknown profiles are created.
        limit: Bytes that one object may have.
    """

    def __init__(
        self,
        identifier: IdColumn,
        names: Sequence[str],
        columns: Sequence[tuple[int, ColumnReport]],
        *,
        null: str | None,
        create: bool,
        limit: int,
    ) -> None:
        self._id = IdEncoder(identifier, names)
        self._columns = [(place, ColumnEncoder(column, null)) for place, column in columns]
        self._ops = [(place, column.op, column.type) for place, column in columns]
        self._control = f',"_update_existing_only":{"false" if create else "true"}'
        self._limit = limit

    @property
    def places(self) -> set[int]:
        """Give the places of the columns that are needed."""
        return {*self._id.places, *(place for place, _ in self._columns)}

    def encode(self, block: Block) -> Slab:
        """Turn the rows of a block into objects."""
        start, problems = self._id.encode(block.columns)
        found = [(place, self._id.name, problem) for place, problem in problems]
        pieces: list[str | pa.StringArray] = [*start, self._control]
        points: int | NDArray[np.int64] = 0
        for place, encoder in self._columns:
            encoded = encoder.encode(block.columns[place])
            pieces += encoded.pieces
            points = points + encoded.points
            found += [(at, encoder.name, problem) for at, problem in encoded.problems]
        written = pc.binary_join_element_wise(*_fewer([*pieces, "},"]), "")
        lengths = np.diff(Texts(written).offsets)
        found += [
            (int(at), self._id.name, TOO_LARGE) for at in np.flatnonzero(lengths > self._limit)
        ]
        numbers = block.numbers
        refused = [(int(numbers[at]), name, problem) for at, name, problem in found]
        good = np.ones(len(numbers), bool)
        if found:
            good[[at for at, _, _ in found]] = False
            written, numbers = written.filter(mask_array(good)), numbers[good]
        objects = _objects(written, numbers, self._which_add(block, good))
        cost = points * len(numbers) if isinstance(points, int) else int(points[good].sum())
        return Slab(objects, refused, cost)

    def _which_add(self, block: Block, good: NDArray[np.bool_]) -> NDArray[np.bool_] | None:
        adds = np.zeros(len(good), bool)
        for place, op, type_ in self._ops:
            texts = Texts(block.columns[place])
            if op:
                adds |= texts.lengths > 0
            elif type_ == "json":
                adds |= may_operate(texts)
        return adds[good] if adds.any() else None


def which_add_and_set(
    block: Block, columns: Sequence[Column]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Tell which rows add and which set, before types are known: by which cells are filled.

    A row that merges objects (`_merge_objects`) counts as both: it cannot be merged with others
    attribute by attribute.
    """
    adds, sets = np.zeros((2, len(block.numbers)), bool)
    for column in columns:
        texts = Texts(block.columns[column.place])
        filled = texts.lengths > 0
        operates = filled if column.op or column.target == MERGE else may_operate(texts)
        adds |= operates
        if not column.op:
            sets |= filled
    return adds, sets


def _fewer(pieces: Sequence[str | pa.StringArray]) -> list[str | pa.StringArray]:
    """Put texts that stand side by side into one: joining costs by the piece."""
    fewer: list[str | pa.StringArray] = []
    for piece in pieces:
        if isinstance(piece, str) and fewer and isinstance(fewer[-1], str):
            fewer[-1] += piece
        else:
            fewer.append(piece)
    return fewer


class IdEncoder:
    """Turn identifiers into the beginning of an object: `{"external_id":"ada"`.

    Args:
        identifier: Where the identifier stands.
        names: Names of the file's columns.
    """

    def __init__(self, identifier: IdColumn, names: Sequence[str]) -> None:
        self.name = names[identifier.place]
        self.places = identifier.places
        self._id = identifier

    def encode(
        self, columns: Mapping[int, pa.StringArray]
    ) -> tuple[tuple[str | pa.StringArray, ...], list[tuple[int, Problem]]]:
        """Turn the identifiers of some rows, and tell which ones cannot be."""
        array = columns[self._id.place]
        if self._id.kind == "user_alias":
            pairs = list(zip(array.to_pylist(), self._labels(columns), strict=True))
            written, problems = self._one_by_one(pairs)
            return (written,), problems
        texts = Texts(array)
        sure = short_text(texts) & (texts.lengths > 0) & (texts.at(0) > 32) & (texts.at(0) < 127)
        if self._id.kind == "email":
            sure &= texts.matches(EMAIL)
        before = f'{{"{self._id.kind}":"'
        if sure.all():
            return (before, array, '"'), []
        others = ~sure
        rest = [(text, "") for text in array.filter(mask_array(others)).to_pylist()]
        exact, problems = self._one_by_one(rest)
        places = np.flatnonzero(others)
        joined = pc.binary_join_element_wise(before, array, '"', "")
        written = pc.replace_with_mask(joined, mask_array(others), exact)
        return (written,), [(int(places[at]), problem) for at, problem in problems]

    def _labels(self, columns: Mapping[int, pa.StringArray]) -> list[str]:
        if self._id.label is None:
            return [self._id.label_text] * len(columns[self._id.place])
        labels: list[str] = columns[self._id.label].to_pylist()
        return labels

    def _one_by_one(
        self, identifiers: Sequence[tuple[str, str]]
    ) -> tuple[pa.StringArray, list[tuple[int, Problem]]]:
        problems = [(at, self._objection(*each)) for at, each in enumerate(identifiers)]
        written = text_array(("{" + self._member(*each)).encode() for each in identifiers)
        return written, [(at, it) for at, it in problems if it]

    def _member(self, text: str, label: str) -> str:
        if self._id.kind != "user_alias":
            return text_member(self._id.kind, text)
        named = f"{text_member('alias_name', text)},{text_member('alias_label', label)}"
        return f'"user_alias":{{{named}}}'

    def _objection(self, text: str, label: str) -> Problem | None:
        """Ask Braze's rules about an identifier."""
        kind = self._id.kind
        value = {"alias_name": text, "alias_label": label} if kind == "user_alias" else text
        found = identify({kind: value})
        if isinstance(found, Answer):
            return Problem(found.text)
        rule = rule_for(kind, "text") if kind in {"email", "phone"} else None
        return as_problem(rule(text)) if rule else None


def _objects(
    written: pa.StringArray, numbers: NDArray[np.int64], adds: NDArray[np.bool_] | None
) -> Objects:
    texts = Texts(written)
    data = written.buffers()[2]
    view = memoryview(data) if data is not None else memoryview(b"")
    return Objects(view, texts.offsets.astype(np.int64), numbers, adds)


assert EXTERNAL_ID_BYTES > 255  # noqa: S101 - a short identifier is never too long
