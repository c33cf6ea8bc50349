"""Which filters Braze has, how each was verified and what stays uncertain. Data, no filter.

`docs/liquid.md` and the findings about filters that Braze does not have are made from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from b2bkit.braze.sources import (
    LIQUID_ADVANCED_FILTERS,
    LIQUID_DEFAULTS,
    LIQUID_FILTERS,
    RUBY_LIQUID,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from b2bkit.braze.sources import Source

Support = Literal["yes", "reference", "no"]
Verified = Literal["docs example", "docs", "run in Ruby", "assumed"]


@dataclass(frozen=True, slots=True)
class FilterInfo:
    """Say whether Braze has a filter and how far its preview can be trusted.

    Args:
        name: The filter's name.
        support: `yes` (in Braze's tables), `reference` (not in them, but in the engine Braze
            builds on) or `no`.
        verified: Where its results come from: a `docs example` with its output, the `docs`'
            description, the reference engine `run in Ruby`, or `assumed`.
        uncertain: What is not known, as a sentence; blank where nothing is.
        source: The page that says so.
        instead: For a filter that Braze does not have: what to use, as a sentence.
    """

    name: str
    support: Support
    verified: Verified
    source: Source
    uncertain: str = ""
    instead: str = ""


def _described(name: str, verified: Verified, uncertain: str = "") -> FilterInfo:
    return FilterInfo(name, "yes", verified, LIQUID_FILTERS, uncertain)


def _advanced(name: str, verified: Verified, uncertain: str = "") -> FilterInfo:
    return FilterInfo(name, "yes", verified, LIQUID_ADVANCED_FILTERS, uncertain)


def _reference(name: str, uncertain: str = "") -> FilterInfo:
    unlisted = "Braze's tables do not list it."
    return FilterInfo(
        name, "reference", "run in Ruby", RUBY_LIQUID, f"{unlisted} {uncertain}".strip()
    )


def _missing(name: str, instead: str) -> FilterInfo:
    return FilterInfo(name, "no", "docs", LIQUID_FILTERS, "", instead)


def _unknown(name: str, instead: str) -> FilterInfo:
    unlisted = "Neither in Braze's tables nor in the engine that was run (Liquid 5.4)."
    return FilterInfo(name, "no", "assumed", RUBY_LIQUID, unlisted, instead)


_DIVISION = "Braze's reaction to a division by zero is not documented."
_MISSING_HASHED = "What Braze prints for a missing value is not documented."
_BACKSLASH = "In the replacement Ruby reads a backslash as a command."
_KINDS = "Braze's reaction to items of different kinds is not documented."

_ROWS = (
    # arrays
    _described("join", "run in Ruby"),
    _described("first", "run in Ruby", "Of text nil; Liquid 5.13 gives a character."),
    _described("last", "run in Ruby", "Of text nil; Liquid 5.13 gives a character."),
    _described("compact", "run in Ruby"),
    _described("concat", "run in Ruby"),
    _described("map", "run in Ruby"),
    _described("reverse", "run in Ruby"),
    _described("size", "run in Ruby", "A whole number gives Ruby's 8 bytes: do not rely on it."),
    _described("sort", "run in Ruby", _KINDS),
    _described("sort_natural", "run in Ruby"),
    _described("uniq", "run in Ruby"),
    _described("where", "run in Ruby"),
    _described("slice", "docs example"),
    # numbers
    _described("abs", "run in Ruby"),
    _described("at_least", "run in Ruby"),
    _described("at_most", "run in Ruby"),
    _described("ceil", "run in Ruby"),
    _described("divided_by", "docs example", _DIVISION),
    _described("floor", "run in Ruby"),
    _described("minus", "docs example"),
    _described("modulo", "run in Ruby", _DIVISION),
    _described("plus", "docs example"),
    _described("round", "docs example"),
    _described("times", "run in Ruby"),
    _described("money", "docs example", "Thousands separators, and text as input."),
    _advanced("number_with_delimiter", "docs example", "Text that is no number is left alone."),
    # text
    _described("append", "run in Ruby"),
    _described("capitalize", "docs example"),
    _described("downcase", "run in Ruby"),
    _described("escape", "run in Ruby"),
    _described("newline_to_br", "run in Ruby"),
    _described("prepend", "run in Ruby"),
    _described("remove", "docs example"),
    _described("remove_first", "run in Ruby"),
    _described("replace", "run in Ruby", _BACKSLASH),
    _described("replace_first", "run in Ruby", _BACKSLASH),
    _described("split", "docs example"),
    _described("strip", "run in Ruby"),
    _described("strip_html", "run in Ruby"),
    _described("strip_newlines", "run in Ruby"),
    _described("truncate", "docs example"),
    _described("truncatewords", "docs example"),
    _described("upcase", "docs example"),
    # dates and defaults
    _described(
        "date",
        "run in Ruby",
        "Some outputs on Braze's page are not what its formats give; microseconds at most, and"
        " only the years 1 to 9999.",
    ),
    _described(
        "time_zone",
        "docs",
        "Gone from the newest page; unknown zones, and whether Rails' zone names work.",
    ),
    FilterInfo("default", "yes", "docs example", LIQUID_DEFAULTS),
    # Braze's own
    _advanced("md5", "docs example", _MISSING_HASHED),
    _advanced("sha1", "docs example", _MISSING_HASHED),
    _advanced("sha2", "docs example", _MISSING_HASHED),
    _advanced("base64", "docs", "Listed under this name; the example writes base64_encode."),
    _advanced("base64_encode", "docs example"),
    _advanced("hmac_sha1", "docs", "The older name of hmac_sha1_hex."),
    _advanced("hmac_sha1_hex", "docs example"),
    _advanced("hmac_sha1_base64", "docs example"),
    _described("hmac_sha256", "assumed", "Hexadecimal is assumed."),
    _advanced("hmac_sha256_hex", "docs example"),
    _advanced("hmac_sha256_base64", "docs example"),
    _described("hmac_sha512", "assumed", "Hexadecimal is assumed."),
    _advanced("url_encode", "docs example"),
    _advanced("url_escape", "docs example", "Which of the signs #, [ and ] it leaves alone."),
    _advanced("url_param_escape", "docs example", "Which of the signs ! ' ( ) * it escapes."),
    _advanced("property_accessor", "docs example", "What it gives for anything but a hash."),
    _advanced(
        "json_escape",
        "docs",
        "Beyond quotes and backslashes: control characters are escaped, / < and letters are not.",
    ),
    _advanced("json_parse", "docs example", "What Braze does with text that is no JSON."),
    _advanced("as_json_string", "docs", "Whether Braze escapes < > & as Rails does."),
    # in the reference engine, not in Braze's tables
    _reference("base64_decode"),
    _reference("base64_url_safe_decode"),
    _reference("base64_url_safe_encode"),
    _reference("escape_once"),
    _reference("h", "Another name of escape."),
    _reference("remove_last"),
    _reference("replace_last"),
    _reference("url_decode"),
    # not in Braze
    _missing("money_with_currency", "Use `money` and write the currency beside it."),
    _missing("money_without_currency", "Use `money`."),
    _missing("lstrip", "Use `strip`."),
    _missing("rstrip", "Use `strip`."),
    _missing("index", "Write the place in brackets, such as `items[0]`."),
    _missing("find_index", "Loop over the items and keep `forloop.index0`."),
    _missing("camelcase", "Store the text as it is to be shown."),
    _missing("camelize", "Store the text as it is to be shown."),
    _missing("handle", "Use `downcase` and `replace: ' ', '-'`."),
    _missing("handleize", "Use `downcase` and `replace: ' ', '-'`."),
    _missing("pluralize", "Use `if` with the number."),
    _missing("highlight", "Use `replace` with the tags you want."),
    _missing("format_address", "Print the parts of the address one by one."),
    _unknown("json", "Use `as_json_string`, or `json_escape` inside quotes."),
    _unknown("sum", "Add up in a loop with `plus`."),
    _unknown("find", "Use `where` and `first`."),
    _unknown("has", "Use `where` and `size`."),
    _unknown("reject", "Loop over the items and leave some out."),
    _unknown("squish", "Use `strip` and `split: ' '` with `join`."),
)

SUPPORTED: Mapping[str, FilterInfo] = MappingProxyType({row.name: row for row in _ROWS})
"""Every filter we know of, by name."""
