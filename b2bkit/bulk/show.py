"""A plan in words and tables, for terminals and notebooks. No cell of the file is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from b2bkit import display

if TYPE_CHECKING:
    from collections.abc import Sequence

    from b2bkit.bulk.planned import Plan
    from b2bkit.bulk.refusals import RefusedRow
    from b2bkit.bulk.verdict import ColumnReport

REFUSED_SHOWN = 20
"""Rows that are listed; all of them are in `plan.refused`."""


def column_row(column: ColumnReport) -> dict[str, Any]:
    """Give what is shown of a column, by heading."""
    return {
        "column": column.name,
        "becomes": column.target if column.op is None else f"{column.target} ({column.op})",
        "type": column.type,
        "decided by": column.decided_by,
        "suggested": column.suggested,
        "shares": ", ".join(f"{kind} {_share(share)}" for kind, share in column.shares.items()),
        "blank": column.blank,
        "conflicts": column.conflicting,
        "rows": _rows([each.row for each in column.conflicts], column.conflicting),
        "losses": " ".join(
            f"{each.loss.value} ({_rows(each.rows, each.count)})" for each in column.losses
        ),
    }


def headline(plan: Plan) -> str:
    """Say in a sentence what the plan would do."""
    where = plan.endpoint or "an address that Braze does not document"
    parts = [f"{plan.valid:,} of {plan.rows:,} rows go to {where}"]
    if len(plan.refused):
        parts.append(f"{len(plan.refused):,} are refused")
    if plan.unchanged:
        parts.append(f"{plan.unchanged:,} are unchanged")
    return f"{', '.join(parts)}. Nothing is sent yet."


def text(plan: Plan) -> str:
    """Show a plan on a terminal."""
    rows = [column_row(each) for each in plan.columns]
    heads = ("column", "becomes", "type", "decided by", "shares", "blank", "conflicts", "losses")
    lines = [
        headline(plan),
        *(f"! {notice}" for notice in plan.notices),
        *(str(finding) for finding in plan.findings),
        "",
        *(f"{name}: {words}" for name, words in plan.price.words(plan.rate)),
        "",
        *_table(heads, [[str(row[head]) for head in heads] for row in rows]),
    ]
    if len(plan.refused):
        lines += ["", "Refused:"]
        lines += [f"  row {r}, {c or 'whole row'}: {why}" for r, c, why in _refused(plan)]
        lines += _more(plan)
    return "\n".join(lines)


def html(plan: Plan) -> str:
    """Show a plan in a notebook; everything from outside is escaped."""
    rows = [column_row(each) for each in plan.columns]
    parts = [display.line(headline(plan), strong=True)]
    parts += [display.line(notice) for notice in plan.notices]
    parts += [display.line(str(finding)) for finding in plan.findings]
    parts.append(display.named_values(dict(plan.price.words(plan.rate))))
    if rows:
        parts.append(display.table(list(rows[0]), [list(row.values()) for row in rows]))
    if len(plan.refused):
        listed = display.table(("row", "column", "reason"), _refused(plan))
        note = "".join(display.line(line) for line in _more(plan))
        parts.append(display.folded(f"Refused rows ({len(plan.refused):,})", listed + note))
    return f"<div>{''.join(parts)}</div>"


def _refused(plan: Plan) -> list[RefusedRow]:
    return plan.refused.first(REFUSED_SHOWN)


def _more(plan: Plan) -> list[str]:
    left = len(plan.refused) - REFUSED_SHOWN
    return [f"  and {left:,} more: see plan.refused, or --json"] if left > 0 else []


def _share(share: float) -> str:
    return "100 %" if share == 1 else f"{min(share * 100, 99.9):.1f} %"


def _rows(rows: Sequence[int], count: int) -> str:
    if not count:
        return ""
    shown = ", ".join(str(row) for row in rows[:5])
    return f"{'row' if count == 1 else 'rows'} {shown}{' ...' if count > 5 else ''}"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in (heads, *rows)
    ]
