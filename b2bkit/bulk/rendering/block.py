"""Blocks of rows, rendered: what goes to a worker, and what comes back.

Plain attributes objects come back side by side in one text, as columns give them; all else row by
row. Everything is bytes, numbers and tuples, so that it goes through a pipe and onto a disk.
"""

from __future__ import annotations

import pickle
from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from b2bkit.bulk.rendering.row import Place, RowRenderer
from b2bkit.bulk.values import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from b2bkit.bulk.rendering.bodies import Content

ADDS, SETS = 1, 2


@dataclass(slots=True)
class Job:
    """Hold rows to be rendered.

    Args:
        numbers: Their numbers.
        who: Their identifiers.
        columns: Their cells, column by column.
    """

    numbers: Sequence[int]
    who: Sequence[str]
    columns: Sequence[Sequence[str]]


@dataclass(slots=True)
class Rendered:
    """Hold rendered rows.

    Args:
        problems: Row, column (blank for the whole row) and problem of what cannot be sent.
        profiles: Numbers of the profiles, one for each row and profile.
        codes: For each of those, four times the row plus the bits `ADDS` and `SETS`.
        pieces: What is sent, pickled: it is only unpacked when requests are made.
        points: Data points.
        creates: Profiles that may be created.
    """

    problems: list[tuple[int, str, Problem]] = field(default_factory=list)
    profiles: array[int] = field(default_factory=lambda: array("Q"))
    codes: array[int] = field(default_factory=lambda: array("q"))
    pieces: bytes = b""
    points: int = 0
    creates: int = 0


@dataclass(slots=True)
class Run:
    """Hold plain attributes objects of consecutive rows.

    Args:
        lengths: Bytes of each object, its comma included.
        rows: The row of each.
        adds: Whether each adds, as 0 or 1.
        data: The objects.
    """

    lengths: array[int] = field(default_factory=lambda: array("i"))
    rows: array[int] = field(default_factory=lambda: array("q"))
    adds: bytearray = field(default_factory=bytearray)
    data: bytes | bytearray = field(default_factory=bytearray)


Single = tuple[Place, int, "Content"]


def render_block(renderer: RowRenderer, job: Job) -> Rendered:
    """Render rows, in order."""
    done = Rendered()
    pieces: list[Run | Single] = []
    run: Run | None = None
    rows = zip(*job.columns, strict=True) if job.columns else [()] * len(job.numbers)
    for row, who, cells in zip(job.numbers, job.who, rows, strict=True):
        found = renderer.render(cells, who)
        if isinstance(found, Problem):
            column, _, kind = found.found.rpartition("\n")
            done.problems.append((row, column, Problem(found.reason, kind)))
            continue
        place, content = found
        _note(done, row, content)
        if content.plain and place is renderer.fixed:
            if run is None:
                run = Run()
                pieces.append(run)
            data = content.parts[0][1]
            run.data += data
            run.data += b","
            run.lengths.append(len(data) + 1)
            run.rows.append(row)
            run.adds.append(content.adds)
        else:
            run = None
            pieces.append((place, row, content))
    done.pieces = pickle.dumps(pieces, protocol=5)
    return done


def unpacked(pieces: bytes) -> list[Run | Single]:
    """Give back what `render_block` packed."""
    found: list[Any] = pickle.loads(pieces)  # noqa: S301 - we wrote it ourselves
    return found


def _note(done: Rendered, row: int, content: Content) -> None:
    done.points += content.points
    done.creates += content.creates
    flags = (ADDS if content.adds else 0) | (SETS if content.sets else 0)
    code = row * 4 + (ADDS | SETS if content.order else flags)
    for who in content.who:
        done.profiles.append(hash(who) & 0xFFFFFFFFFFFFFFFF)
        done.codes.append(code)
