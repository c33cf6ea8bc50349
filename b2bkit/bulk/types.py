"""The types a column may have, and what each is for Braze's rules."""

from __future__ import annotations

from typing import Literal

CellType = Literal["text", "integer", "float", "boolean", "date", "list", "json"]
CELL_TYPES: tuple[CellType, ...] = (
    "text", "integer", "float", "boolean", "date", "list", "json",
)  # fmt: skip

Operation = Literal["inc", "add", "remove"]
OPERATIONS: tuple[Operation, ...] = ("inc", "add", "remove")
"""What a column may do instead of setting: count up, add to an array, remove from one."""
