"""A block of rows as columns of text: what every kind of file becomes, and all else works on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Block:
    """Hold some consecutive rows.

    Args:
        first: Number of the first of them; row 1 is the first row of data in the file.
        count: How many there are, those that could not be read included.
        columns: Place of a column in the file -> the cells of the rows that could be read, as text;
            only the columns that were asked for.
        numbers: The numbers of the rows that could be read.
        unreadable: Number and reason of each row that could not.
    """

    first: int
    count: int
    columns: Mapping[int, pa.StringArray]
    numbers: NDArray[np.int64]
    unreadable: tuple[tuple[int, str], ...] = ()
