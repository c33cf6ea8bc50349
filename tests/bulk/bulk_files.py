"""Pieces that the tests of bulk share: files, and what a plan would send."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from b2bkit.bulk import plan

if TYPE_CHECKING:
    from pathlib import Path

    from b2bkit.bulk import Plan


def table(folder: Path, *rows: str, name: str = "people.csv") -> Path:
    """Write lines of text as a file."""
    path = folder / name
    path.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def cells(folder: Path, *rows: tuple[str, ...], name: str = "cells.csv") -> Path:
    """Write cells as a CSV file, in quotes where needed."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    path = folder / name
    path.write_bytes(text.getvalue().encode())
    return path


def planned(folder: Path, *rows: str, **options: Any) -> Plan:
    """Plan a file of these lines."""
    return plan(table(folder, *rows), **options)


def objects(a_plan: Plan, array: str = "attributes") -> list[dict[str, Any]]:
    """Give the objects of all requests, without what every object has."""
    found = [each for batch in a_plan.batches() for each in json.loads(batch.body).get(array, ())]
    return [{k: v for k, v in each.items() if k != "_update_existing_only"} for each in found]


def refused(a_plan: Plan) -> list[tuple[int, str | None, str]]:
    """Give what a plan refuses."""
    return [tuple(each) for each in a_plan.refused]
