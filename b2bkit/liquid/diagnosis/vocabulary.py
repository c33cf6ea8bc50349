"""Filters and tags that Braze does not have, or does not mention."""

from __future__ import annotations

from difflib import get_close_matches
from itertools import pairwise
from typing import TYPE_CHECKING

from b2bkit.braze.sources import LIQUID_FILTERS, LIQUID_TAGS, RUBY_LIQUID
from b2bkit.liquid import filters
from b2bkit.liquid.diagnosis.rule import Found, Rule
from b2bkit.liquid.tags import supported as tags

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from b2bkit.liquid.diagnosis.sheets import Reading
    from b2bkit.liquid.diagnosis.words import Word
    from b2bkit.liquid.markups import Markup

_COMMON_SLIPS = {"elseif": "elsif", "elif": "elsif", "end": "endif", "abort": "abort_message"}
_TRY = "Try it in Braze before you rely on it."


def filter_names(reading: Reading) -> Iterator[tuple[Markup, Word]]:
    """Yield each use of a filter: the output or tag, and the filter's name in it."""
    for markup in reading.markups:
        words = reading.words(markup)
        for pipe, name in pairwise(words):
            if pipe.text == "|" and name.kind == "name":
                yield markup, name


def _filters_missing(reading: Reading) -> Iterator[Found]:
    for markup, name in filter_names(reading):
        known = filters.SUPPORTED.get(name.text)
        if known is None or known.support == "no":
            said = f"Braze has no filter `{name.text}`: the value passes through unchanged."
            remedy = known.instead if known else _alternative(name.text, _offered_filters())
            source = known.source if known else LIQUID_FILTERS
            yield Found(markup.sheet, name.at, said, remedy, source=source)


def _offered_filters() -> list[str]:
    return [info.name for info in filters.SUPPORTED.values() if info.support == "yes"]


def _filters_unlisted(reading: Reading) -> Iterator[Found]:
    for markup, name in filter_names(reading):
        known = filters.SUPPORTED.get(name.text)
        if known and known.support == "reference":
            said = f"Braze's pages do not list the filter `{name.text}`; Ruby's Liquid has it."
            yield Found(markup.sheet, name.at, said, _TRY)


def _tags_missing(reading: Reading) -> Iterator[Found]:
    for markup in reading.markups:
        if not markup.name or markup.name in tags.PARTS:
            continue
        known = tags.SUPPORTED.get(markup.name)
        if known is None or known.support == "no":
            said = f"Braze has no tag `{markup.name}`: it cannot read the message."
            remedy = known.instead if known else _alternative(markup.name, _offered_tags())
            source = known.source if known else LIQUID_TAGS
            yield Found(markup.sheet, markup.at, said, remedy, source=source)


def _offered_tags() -> list[str]:
    return [info.name for info in tags.SUPPORTED.values() if info.support == "yes"] + [*tags.PARTS]


def _tags_unlisted(reading: Reading) -> Iterator[Found]:
    for markup in reading.markups:
        known = tags.SUPPORTED.get(markup.name)
        if known and known.support == "reference":
            said = f"Braze's pages do not mention the tag `{markup.name}`; Ruby's Liquid has it."
            yield Found(markup.sheet, markup.at, said, _TRY)


def _alternative(name: str, offered: Collection[str]) -> str:
    """Say what may have been meant."""
    close = _COMMON_SLIPS.get(name) or next(
        iter(get_close_matches(name.lower(), sorted(offered), n=1, cutoff=0.7)), None
    )
    return f"Did you mean `{close}`?" if close in offered else "See docs/liquid.md for what it has."


RULES = (
    Rule(
        "unsupported-filter",
        "error",
        "A filter that Braze does not have",
        LIQUID_FILTERS,
        _filters_missing,
    ),
    Rule(
        "unlisted-filter",
        "warning",
        "A filter that only the engine has which Braze builds on",
        RUBY_LIQUID,
        _filters_unlisted,
    ),
    Rule(
        "unsupported-tag",
        "error",
        "A tag that Braze does not have, such as `render`",
        LIQUID_TAGS,
        _tags_missing,
        explains=True,
    ),
    Rule(
        "unlisted-tag",
        "warning",
        "A tag that only the engine has which Braze builds on",
        RUBY_LIQUID,
        _tags_unlisted,
    ),
)
