"""Plain names that are taken for Braze's own, or that nobody sets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from b2bkit.braze.sources import LIQUID_FILTERS, LIQUID_TAGS, USING_LIQUID
from b2bkit.liquid.diagnosis.operands import LOCAL, uses
from b2bkit.liquid.diagnosis.rule import Found, Rule
from b2bkit.liquid.namespaces import NAMESPACES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from b2bkit.liquid.diagnosis.sheets import Reading
    from b2bkit.liquid.diagnosis.words import Word
    from b2bkit.liquid.markups import Markup

STANDARD_TAGS = frozenset(
    {"user_id", "braze_id", "first_name", "last_name", "email_address", "phone_number", "gender"}
    | {"date_of_birth", "city", "country", "language", "time_zone", "most_recent_locale"}
    | {"most_recent_location", "most_recent_app_version", "last_used_app_date"}
    | {"random_bucket_number"}
)
"""Braze's standard attributes by their Liquid names (Supported personalization tags, 2026)."""

NOW = "now"


def _shadowed(reading: Reading) -> Iterator[Found]:
    taken = STANDARD_TAGS.union(NAMESPACES)
    for markup in reading.markups:
        words = reading.words(markup)
        if markup.name in ("assign", "capture") and words and words[0].text in taken:
            name = words[0].text
            yield Found(
                markup.sheet,
                words[0].at,
                f"A variable called `{name}` has the name of a tag of Braze's: that may affect"
                " other Liquid in the message.",
                f"Call it something else, such as `my_{name}`.",
            )


def _unset(reading: Reading) -> Iterator[tuple[Markup, Word]]:
    """Yield each plain name that is read and never set; none where a content block is unknown."""
    if not reading.complete:
        return
    for markup in reading.markups:
        for word, key, _ in uses(reading.words(markup)):
            if key[0] == LOCAL and not reading.kinds.sets(word.text):
                yield markup, word


def _now(reading: Reading) -> Iterator[Found]:
    for markup, word in _unset(reading):
        if word.text == NOW:
            said = "`now` without quotes is a variable that nobody sets: it is blank."
            yield Found(markup.sheet, word.at, said, "Write `'now'` for the present moment.")


def _without_dollar(reading: Reading) -> Iterator[Found]:
    for markup, word in _unset(reading):
        if word.text in STANDARD_TAGS:
            said = f"`{word.text}` is a variable that nobody sets: it is blank."
            yield Found(markup.sheet, word.at, said, f"Write `${{{word.text}}}` for the attribute.")


RULES = (
    Rule(
        "local-shadows-tag",
        "warning",
        "A variable with the name of a tag of Braze's",
        USING_LIQUID,
        _shadowed,
    ),
    Rule("now-without-quotes", "error", "`now` where `'now'` is meant", LIQUID_FILTERS, _now),
    Rule(
        "attribute-without-dollar",
        "warning",
        "A standard attribute's name without `${}`",
        LIQUID_TAGS,
        _without_dollar,
    ),
)
