"""The process that renders: reads jobs from its standard input, writes what they became.

It is started as a program of its own (`python -m`), so that neither a notebook nor a script without
`if __name__ == "__main__"` is run a second time. It never writes a cell anywhere but to its parent.
"""

from __future__ import annotations

import pickle
import struct
import sys
import traceback
from typing import IO, Any

from b2bkit.bulk.rendering.block import render_block
from b2bkit.bulk.rendering.row import RowRenderer

_LENGTH = struct.Struct("<Q")


def send(pipe: IO[bytes], message: Any) -> None:
    """Write a message into a pipe."""
    data = pickle.dumps(message, protocol=5)
    pipe.write(_LENGTH.pack(len(data)))
    pipe.write(data)
    pipe.flush()


def receive(pipe: IO[bytes]) -> Any:
    """Read a message from a pipe.

    Raises:
        EOFError: If the other side is gone.
    """
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    data = pipe.read(length)
    if len(data) < length:
        raise EOFError
    return pickle.loads(data)  # noqa: S301 - it comes from our own parent or child


def main() -> None:
    """Render until the parent has nothing more."""
    jobs, results = sys.stdin.buffer, sys.stdout.buffer
    try:
        renderer = RowRenderer(receive(jobs))
        while True:
            send(results, render_block(renderer, receive(jobs)))
    except EOFError:
        return
    except Exception as error:  # noqa: BLE001 - the parent raises it, without what it says
        where = traceback.extract_tb(error.__traceback__)[-1]
        send(results, f"{type(error).__name__} in {where.name}, line {where.lineno}")


if __name__ == "__main__":
    main()
