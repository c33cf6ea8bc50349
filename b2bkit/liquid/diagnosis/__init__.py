"""What can be seen to be wrong in a text, before anything is rendered.

Works on the words of the author's text and not on what was parsed, so that a text that cannot be
parsed is read too. Each rule is one kind of thing; `RULES` lists them all, and `docs/liquid.md` is
made from it. What only a run shows is in `Template.preview`; what concerns the whole webhook is a
check's matter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from b2bkit.braze.sources import USING_LIQUID
from b2bkit.findings import SEVERITIES, Finding
from b2bkit.liquid.diagnosis import (
    channels,
    comparisons,
    conditions,
    names,
    printing,
    vocabulary,
    writing,
)
from b2bkit.liquid.diagnosis.rule import Found, Rule, part_of
from b2bkit.liquid.diagnosis.sheets import read
from b2bkit.liquid.errors import TemplateError
from b2bkit.liquid.limits import Limits
from b2bkit.liquid.template import Template

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from b2bkit.liquid.diagnosis.sheets import Reading
    from b2bkit.liquid.markups import Markup

__all__ = ["RULES", "Rule", "diagnose"]

RULES: tuple[Rule, ...] = (
    *writing.RULES,
    *conditions.RULES,
    *comparisons.RULES,
    *vocabulary.RULES,
    *names.RULES,
    *printing.RULES,
    *channels.RULES,
)

_LIMITS = Limits(seconds=5)
"""A long text on a busy machine is no mistake of its author's."""

UNREADABLE = "template-error"
"""Id of the finding for what does not parse, the same as a preview's."""


def diagnose(
    source: str,
    *,
    content_blocks: Mapping[str, str] | None = None,
    channel: str = "webhook",
) -> list[Finding]:
    """Find what is wrong in a text in Braze's Liquid, also in one that does not parse.

    Args:
        source: The text.
        content_blocks: Text of each content block it uses, by name.
        channel: The channel it is written for: `webhook`, `email`, `push`, `in_app_message`,
            `content_card`, `banner`, `sms` or `whats_app`.

    Returns:
        Findings in the order of their places, errors first at the same place. Their part is
        `template`, or `content block NAME` where line and column count in that block.
    """
    blocks = dict(content_blocks or {})
    reading = read(source, blocks, channel)
    found = [(rule, each) for rule in RULES for each in rule.look(reading)]
    explaining = [each for rule, each in found if rule.explains]
    findings = [rule.finding(each) for rule, each in found]
    findings += _unreadable(source, blocks, reading, explaining)
    return sorted(dict.fromkeys(findings), key=_order)


def _order(finding: Finding) -> tuple[str, int, int, int]:
    block = "" if finding.part == part_of(None) else finding.part
    rank = SEVERITIES.index(finding.severity)
    return block, finding.line or 0, finding.column or 0, rank


def _unreadable(
    source: str, blocks: Mapping[str, str], reading: Reading, explaining: list[Found]
) -> Iterator[Finding]:
    """Yield what cannot be read or parsed, where no rule has said so better."""
    known = {(id(found.sheet), found.at) for found in explaining}
    for sheet, _, at, message in reading.unreadable:
        if (id(sheet), at) not in known:
            place = sheet.origin.place(at)
            yield _finding(message, part_of(place.block), place.line, place.column)
    if reading.unreadable:
        return
    try:
        Template(source, content_blocks=blocks, limits=_LIMITS)
    except TemplateError as error:
        if not any(_is_at(error, markup) for markup in _at(explaining, reading)):
            yield _finding(error.message, part_of(error.block), error.line, error.column)


def _at(explaining: list[Found], reading: Reading) -> Iterator[Markup]:
    """Yield the outputs and tags in which something was found."""
    for found in explaining:
        for markup in reading.markups:
            if markup.sheet is found.sheet and markup.start <= found.at < markup.end:
                yield markup


def _is_at(error: TemplateError, markup: Markup) -> bool:
    start, end = markup.place, markup.sheet.origin.place(markup.end)
    where = error.line, error.column
    inside = (start.line, start.column) <= where < (end.line, end.column)
    return start.block == error.block and inside


def _finding(message: str, part: str, line: int, column: int) -> Finding:
    said = message if message.endswith(".") else f"{message}."
    remedy = "Correct the Liquid at this place; Braze would not send the message."
    return Finding(UNREADABLE, "error", part, line, column, said, remedy, str(USING_LIQUID))
