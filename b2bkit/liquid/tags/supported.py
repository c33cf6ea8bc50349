"""Which tags Braze has, how each was verified and what stays uncertain. Data, no tag.

`docs/liquid.md` and the findings about tags that Braze does not have are made from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from b2bkit.braze.sources import (
    ABORTING_MESSAGES,
    CATALOGS,
    CONNECTED_CONTENT,
    LIQUID_ADVANCED_FILTERS,
    LIQUID_CONDITIONS,
    LIQUID_TAGS,
    RUBY_LIQUID,
    USING_LIQUID,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from b2bkit.braze.sources import Source

Support = Literal["yes", "reference", "no"]
Verified = Literal["docs example", "docs", "run in Ruby"]


@dataclass(frozen=True, slots=True)
class TagInfo:
    """Say whether Braze has a tag and how far its preview can be trusted.

    Args:
        name: The tag's name.
        support: `yes` (in Braze's docs), `reference` (not in them, but in the engine Braze builds
            on) or `no`.
        verified: Where its behaviour comes from: a `docs example`, the `docs`' description, or the
            reference engine `run in Ruby`.
        source: The page that says so.
        inside: Tags that belong to it, such as `elsif`.
        ends: The tag that closes it; blank where nothing does.
        uncertain: What is not known, as a sentence; blank where nothing is.
        instead: For a tag that Braze does not have: what to use, as a sentence.
    """

    name: str
    support: Support
    verified: Verified
    source: Source
    inside: tuple[str, ...] = ()
    ends: str = ""
    uncertain: str = ""
    instead: str = ""


def _reference(name: str, *, ends: str = "", uncertain: str = "") -> TagInfo:
    said = f"Braze's docs do not mention it. {uncertain}".strip()
    return TagInfo(name, "reference", "run in Ruby", RUBY_LIQUID, (), ends, said)


def _missing(name: str, source: Source, uncertain: str) -> TagInfo:
    instead = "Use a content block: `{{content_blocks.${name}}}`."
    return TagInfo(name, "no", "docs", source, (), "", uncertain, instead)


_ROWS = (
    TagInfo("if", "yes", "docs example", LIQUID_CONDITIONS, ("elsif", "else"), "endif"),
    TagInfo("unless", "yes", "docs example", LIQUID_CONDITIONS, ("elsif", "else"), "endunless"),
    TagInfo("case", "yes", "docs example", LIQUID_CONDITIONS, ("when", "else"), "endcase"),
    TagInfo("for", "yes", "docs example", USING_LIQUID, ("else",), "endfor"),
    TagInfo("break", "yes", "run in Ruby", USING_LIQUID),
    TagInfo("continue", "yes", "run in Ruby", USING_LIQUID),
    TagInfo("assign", "yes", "docs example", USING_LIQUID),
    TagInfo("capture", "yes", "docs example", USING_LIQUID, (), "endcapture"),
    TagInfo("comment", "yes", "docs", USING_LIQUID, (), "endcomment"),
    TagInfo("#", "yes", "docs", USING_LIQUID, uncertain="Liquid 5.4 and later."),
    TagInfo("raw", "yes", "run in Ruby", USING_LIQUID, (), "endraw"),
    TagInfo("echo", "yes", "run in Ruby", USING_LIQUID, uncertain="In newer docs only."),
    TagInfo("liquid", "yes", "run in Ruby", USING_LIQUID, uncertain="In newer docs only."),
    TagInfo(
        "abort_message",
        "yes",
        "docs example",
        ABORTING_MESSAGES,
        uncertain="In a webhook it is assumed to stop all parts at once.",
    ),
    TagInfo(
        "connected_content",
        "yes",
        "docs example",
        CONNECTED_CONTENT,
        uncertain="Never fetched: answered from what you give, and each call is listed.",
    ),
    TagInfo("catalog_items", "yes", "docs example", CATALOGS, uncertain="Items are what you give."),
    TagInfo(
        "catalog_selection_items",
        "yes",
        "docs",
        CATALOGS,
        uncertain="Items are what you give; the selection's own filters are not worked out.",
    ),
    TagInfo("message_extras", "yes", "docs", LIQUID_ADVANCED_FILTERS),
    _reference("cycle"),
    _reference("tablerow", ends="endtablerow"),
    _reference("increment"),
    _reference("decrement"),
    _reference("ifchanged", ends="endifchanged"),
    _missing(
        "render", LIQUID_TAGS, "An older copy of Braze's list had it; it was taken out again."
    ),
    _missing("include", LIQUID_TAGS, "Never in Braze's docs."),
)

SUPPORTED: Mapping[str, TagInfo] = MappingProxyType({row.name: row for row in _ROWS})
"""Every tag we know of, by name."""

PARTS: frozenset[str] = frozenset(part for row in _ROWS for part in (*row.inside, row.ends) if part)
"""Tags that belong to another one, such as `else` and `endif`."""
