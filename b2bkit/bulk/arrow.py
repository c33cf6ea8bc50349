"""Between numpy and pyarrow, by their bytes.

pyarrow's own ways (`pa.array`, `to_numpy`) import pandas, which takes as much memory as all the
rest of a plan.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray


def text_array(texts: Iterable[bytes]) -> pa.StringArray:
    """Make an array of texts in UTF-8."""
    texts = list(texts)
    offsets = np.zeros(len(texts) + 1, np.int32)
    np.cumsum([len(text) for text in texts], out=offsets[1:])
    data = pa.py_buffer(b"".join(texts))
    return pa.StringArray.from_buffers(len(texts), pa.py_buffer(offsets), data)


def mask_array(mask: NDArray[np.bool_]) -> pa.BooleanArray:
    """Make an array of booleans."""
    bits = pa.py_buffer(np.packbits(mask, bitorder="little"))
    return pa.Array.from_buffers(pa.bool_(), len(mask), [None, bits])


def mask_of(array: pa.BooleanArray) -> NDArray[np.bool_]:
    """Read an array of booleans."""
    bits = np.frombuffer(array.buffers()[1], np.uint8)
    unpacked = np.unpackbits(bits, bitorder="little", count=array.offset + len(array))
    mask: NDArray[np.bool_] = unpacked[array.offset :].view(np.bool_)
    return mask


def places_of(array: pa.Int32Array) -> NDArray[np.int32]:
    """Read the indices of an array that was encoded as a dictionary."""
    places: NDArray[np.int32] = np.frombuffer(array.buffers()[1], np.int32)
    return places[array.offset : array.offset + len(array)]
