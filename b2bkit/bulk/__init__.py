"""Bulk updates from a file: planned first, shown, then run exactly as planned.

`source` reads the file, `survey` and `verdict` decide what its columns are, `rows` and `rendering`
turn rows into objects, `merging` and `packing` put them into requests; `Plan` holds it all. Running
it is the task of `run`. The names are handed out on first use: they bring pyarrow along.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from b2bkit.bulk.batch import Batch, Target
    from b2bkit.bulk.errors import BulkError, FileChanged, FileProblem, PlanProblem
    from b2bkit.bulk.planned import Plan
    from b2bkit.bulk.planning import plan
    from b2bkit.bulk.source import open_source

_HOME = {
    "Batch": "b2bkit.bulk.batch",
    "BulkError": "b2bkit.bulk.errors",
    "FileChanged": "b2bkit.bulk.errors",
    "FileProblem": "b2bkit.bulk.errors",
    "Plan": "b2bkit.bulk.planned",
    "PlanProblem": "b2bkit.bulk.errors",
    "Target": "b2bkit.bulk.batch",
    "open_source": "b2bkit.bulk.source",
    "plan": "b2bkit.bulk.planning",
}

__all__ = [
    "Batch",
    "BulkError",
    "FileChanged",
    "FileProblem",
    "Plan",
    "PlanProblem",
    "Target",
    "open_source",
    "plan",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'b2bkit.bulk' has no attribute {name!r}")
    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value
