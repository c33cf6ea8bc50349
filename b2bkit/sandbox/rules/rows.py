"""How a rule of the REST side is written down: kept, with its test, or left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from b2bkit.braze.rules import Rule

if TYPE_CHECKING:
    from b2bkit.braze.sources import Source


def kept(id_: str, rule: str, value: str, source: Source | None, test: str, note: str = "") -> Rule:
    """Write down a rule that is kept; `test` counts from `tests`."""
    return Rule(id_, rule, value, source, emulated=True, test=f"tests/{test}", note=note)


def left_out(id_: str, rule: str, source: Source | None, note: str = "") -> Rule:
    """Write down something that is not emulated."""
    return Rule(id_, rule, "not emulated", source, emulated=False, note=note)
