"""How Liquid is typed: quotes, braces, and `${}` where it is not Liquid at all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from b2bkit.braze.sources import (
    ABORTING_MESSAGES,
    LIQUID_FAQ,
    LIQUID_FILTERS,
    LIQUID_TAGS,
    USING_LIQUID,
)
from b2bkit.liquid.diagnosis.rule import Found, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from b2bkit.liquid.diagnosis.sheets import Reading
    from b2bkit.liquid.markups import Markup
    from b2bkit.liquid.syntax import Rewritten

_CURLY = "“”„‟‘’‚‛"
_DASHES = "–—"
_CURLY_REASON = re.compile(rf"\s*\(?\s*([{_CURLY}])")
_BARE = re.compile(r"\$\{[ \t]*[^\s{}\"][^{}\"\n]*\}")
_WORD_BEFORE = re.compile(r"\w+\.$")


def _curly(reading: Reading) -> Iterator[Found]:
    for markup in reading.markups:
        if (at := _first_curly(reading, markup)) is not None:
            sign = markup.sheet.written[at]
            what = "curly quote" if sign in _CURLY else "long dash"
            remedy = "Write a straight quote, `'` or `\"`." if sign in _CURLY else "Write `-`."
            said = f"The {what} {sign} is no sign of Liquid: Braze cannot read this."
            yield Found(markup.sheet, at, said, remedy)


def _first_curly(reading: Reading, markup: Markup) -> int | None:
    if markup.name == "abort_message":
        quote = _CURLY_REASON.match(markup.sheet.written, markup.inside, markup.after)
        return quote.start(1) if quote else None
    signs = (word for word in reading.words(markup) if word.kind == "sign")
    return next((word.at for word in signs if word.text in _CURLY + _DASHES), None)


def _triple(reading: Reading) -> Iterator[Found]:
    for sheet, _, at, _ in reading.unreadable:
        if sheet.written.startswith("{{{", at):
            yield Found(
                sheet,
                at,
                "Three opening braces in a row are not valid: the message fails.",
                "Write two. Where the first belongs to JSON, put a space behind it.",
            )


def _nested(reading: Reading) -> Iterator[Found]:
    for sheet in reading.sheets:
        needed = [it for it in reading.markups if it.sheet is sheet and _spreads(it)]
        found = [at for at in sheet.braces if not any(it.start < at < it.end for it in needed)]
        if not found:
            continue
        more = len(found) - 1
        others = f", here and in {more} more {'places' if more > 1 else 'place'}" if more else ""
        yield Found(
            sheet,
            found[0],
            f"Braces stand inside a tag or output{others}. Braze's filters page writes them, its"
            " newest FAQ says not to.",
            "Set a variable first for what they hold."
            if found[0] in sheet.groups
            else "Leave the inner braces out: they mean nothing.",
        )


def _spreads(markup: Markup) -> bool:
    """Tell whether it is an `assign` over several lines, where Braze asks for inner braces."""
    return markup.name == "assign" and markup.text.startswith("{%") and "\n" in markup.said.strip()


def _spread(reading: Reading) -> Iterator[Found]:
    for markup in filter(_spreads, reading.markups):
        for word in reading.words(markup):
            if word.kind == "reference" and not word.braces:
                yield Found(
                    markup.sheet,
                    word.at,
                    f"Braze reads an `assign` over several lines only if each of its variables"
                    f" stands in braces; {word.text} does not.",
                    f"Write the `assign` on one line, or {{{{{word.text}}}}}.",
                )
                break


def _bare(reading: Reading) -> Iterator[Found]:
    for sheet in reading.sheets:
        broken = [
            (it.opened, _line_end(sheet, it.at)) for it in reading.unreadable if it.sheet is sheet
        ]
        for at in sheet.bare:
            written = _BARE.match(sheet.written, at)
            if written is None or any(start <= at < end for start, end in broken):
                continue
            word = _WORD_BEFORE.search(sheet.written, 0, at)
            yield Found(
                sheet,
                word.start() if word else at,
                f"{written[0]} stands outside braces. Two examples of Braze's write it so, all"
                " others do not; here it stays as it is.",
                f"Write {{{{{word[0] if word else ''}{written[0]}}}}}.",
            )


def _line_end(sheet: Rewritten, at: int) -> int:
    end = sheet.written.find("\n", at)
    return len(sheet.written) if end < 0 else end


def _reason(reading: Reading) -> Iterator[Found]:
    for markup in reading.markups:
        if markup.name != "abort_message":
            continue
        liquid = re.search(r"\{\{|\$\{", markup.said)
        if liquid:
            yield Found(
                markup.sheet,
                markup.inside + liquid.start(),
                "The reason of an abort is not rendered: the log shows this Liquid as it stands.",
                "Write a fixed text.",
            )


RULES = (
    Rule(
        "curly-quotes",
        "error",
        "Curly quotes or long dashes inside Liquid, outside of quoted text",
        USING_LIQUID,
        _curly,
        explains=True,
    ),
    Rule("triple-braces", "error", "`{{{`", USING_LIQUID, _triple, explains=True),
    Rule("nested-braces", "info", "Braces inside a tag or output", LIQUID_FAQ, _nested),
    Rule(
        "assign-over-lines",
        "warning",
        "An `assign` over several lines with a variable that is not in braces",
        LIQUID_FILTERS,
        _spread,
    ),
    Rule("bare-reference", "warning", "`${...}` outside braces", LIQUID_TAGS, _bare),
    Rule(
        "abort-reason-liquid",
        "warning",
        "Liquid in the reason of an abort",
        ABORTING_MESSAGES,
        _reason,
    ),
)
