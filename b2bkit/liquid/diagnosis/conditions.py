"""What Braze's conditions cannot hold: filters, parentheses, signs of other languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from b2bkit.braze.sources import LIQUID_CONDITIONS, LIQUID_OPERATORS, LIQUID_USE_CASES, RUBY_LIQUID
from b2bkit.liquid.diagnosis.rule import Found, Rule
from b2bkit.liquid.diagnosis.words import COMPARING, clauses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from b2bkit.liquid.diagnosis.sheets import Reading
    from b2bkit.liquid.diagnosis.words import Word
    from b2bkit.liquid.markups import Markup

CONDITIONS = frozenset({"if", "elsif", "unless", "case", "when"})
LOOPS = frozenset({"for", "tablerow"})

_ASSIGN_FIRST = "Set a variable first, as in `{% assign count = list | size %}`, and use that."
_SIGNS = {
    "=": "Write `==`.",
    "===": "Write `==`.",
    "=>": "Write `>=`.",
    "=<": "Write `<=`.",
    "!": "Use `unless`, or compare with `!= true`.",
}
_WORDS = {"AND": "Write `and`.", "And": "Write `and`.", "OR": "Write `or`.", "Or": "Write `or`."}
_ARITHMETIC = {"+": "plus", "-": "minus", "*": "times", "/": "divided_by", "%": "modulo"}


def _filters(reading: Reading) -> Iterator[Found]:
    for markup in reading.markups:
        pipes = [word for word in reading.words(markup) if word.text == "|"]
        if markup.name not in CONDITIONS | LOOPS:
            pipes = [word for word in pipes if word.brackets]
        if bare := next((word for word in pipes if not word.braces), None):
            said = f"Filters do not work in {_where(markup, bare)}."
            if markup.name in CONDITIONS and not bare.brackets:
                said = f"{said[:-1]}: Braze drops it and tests the value before it."
            yield Found(markup.sheet, bare.at, said, _ASSIGN_FIRST)
        elif pipes:
            said = (
                f"Braze says that filters do not work in {_where(markup, pipes[0])}; its use case"
                " library writes them in inner braces all the same."
            )
            yield Found(markup.sheet, pipes[0].at, said, _ASSIGN_FIRST, "warning", LIQUID_USE_CASES)


def _where(markup: Markup, pipe: Word) -> str:
    return "square brackets" if pipe.brackets else f"`{markup.name}`"


def _comparisons(reading: Reading) -> Iterator[Found]:
    for markup in reading.markups:
        if markup.name not in ("", "echo", "assign"):
            continue
        words = reading.words(markup)
        for before, word, after in zip(words, words[1:], words[2:], strict=False):
            joins = word.text in (*COMPARING, "and", "or") and word.kind != "quoted"
            if joins and before.is_value() and after.starts_value():
                what = "an `assign`" if markup.name == "assign" else "an output"
                yield Found(
                    markup.sheet,
                    word.at,
                    f"There are no comparisons in {what}: Braze takes the value before"
                    f" `{word.text}` and drops the rest.",
                    "Use `if` with the comparison, and set or print the value inside it.",
                    source=LIQUID_OPERATORS if markup.name == "assign" else RUBY_LIQUID,
                )
                break


def _symbols(reading: Reading) -> Iterator[Found]:
    for markup in reading.markups:
        for word in reading.words(markup):
            if word.text in ("&&", "||"):
                yield Found(markup.sheet, word.at, *_symbol(markup, word.text))
                break


def _symbol(markup: Markup, sign: str) -> tuple[str, str]:
    if markup.name in CONDITIONS:
        said = f"Braze has no `{sign}`: it reads the first comparison only."
        return said, f"Write `{'and' if sign == '&&' else 'or'}`."
    remedy = "For a fallback write `| default: '...'`." if sign == "||" else "Use `if` and `and`."
    return f"Braze has no `{sign}`.", remedy


def _parentheses(reading: Reading) -> Iterator[Found]:
    for markup in reading.markups:
        if markup.name not in CONDITIONS:
            continue
        words = reading.words(markup)
        for place, word in enumerate(words):
            if word.text == "(" and not _is_range(words[place + 1 :]):
                yield Found(
                    markup.sheet,
                    word.at,
                    "Braze has no parentheses: they stick to the names beside them, so that what"
                    " is inside is not found and this part of the condition is false.",
                    "Put one `if` inside another; `and` and `or` are worked out from the right.",
                )
                break


def _is_range(words: tuple[Word, ...]) -> bool:
    """Tell whether these words go on as `1..3)`."""
    for word in words:
        if word.text in ("..", "(", ")"):
            return word.text == ".."
    return False


def _foreign(reading: Reading) -> Iterator[Found]:
    for markup in reading.markups:
        words = reading.words(markup)
        for place, word in enumerate(words):
            if remedy := _translation(markup, words, place):
                said = f"`{word.text}` is not Liquid: Braze cannot read this."
                yield Found(markup.sheet, word.at, said, remedy)
                break


def _translation(markup: Markup, words: tuple[Word, ...], place: int) -> str | None:
    """Give what to write for a word that other languages have; nothing for a word of Liquid."""
    word = words[place]
    before = words[place - 1] if place else None
    after = words[place + 1] if place + 1 < len(words) else None
    if word.kind not in ("sign", "name") or after is None or not after.starts_value():
        return None
    joins = before is not None and before.is_value()
    if markup.name in CONDITIONS:
        if word.text == "not" and not joins:
            return "Use `unless`, or compare with `!= true`."
        if word.text in _SIGNS:
            return _SIGNS[word.text]
        if joins and word.text in _WORDS:
            return _WORDS[word.text]
    if joins and word.kind == "sign" and word.text in _ARITHMETIC:
        return f"Use a filter, as in `| {_ARITHMETIC[word.text]}: 1`, in an `assign` before it."
    return None


def _literals(reading: Reading) -> Iterator[Found]:
    for markup in reading.markups:
        if markup.name not in ("if", "elsif", "unless"):
            continue
        parts = list(clauses(reading.words(markup)))
        for part in parts if len(parts) > 1 else ():
            if len(part) == 1 and part[0].kind in ("quoted", "number"):
                literal = part[0].text
                said = f"{literal} is compared with nothing here: by itself it is always true."
                remedy = f"Write the comparison out, as in `name == {literal}`."
                yield Found(markup.sheet, part[0].at, said, remedy)
                break


def _else(reading: Reading) -> Iterator[Found]:
    for markup in reading.markups:
        if markup.name == "else" and markup.said.strip():
            start = markup.inside + len(markup.said) - len(markup.said.lstrip())
            said = "What stands behind `else` is ignored: its block is put without a test."
            yield Found(markup.sheet, start, said, "Write `elsif` for a further condition.")


def _late_reversed(reading: Reading) -> Iterator[Found]:
    for markup in reading.markups:
        if markup.name not in LOOPS:
            continue
        words = reading.words(markup)
        colon = next((place for place, word in enumerate(words) if word.text == ":"), len(words))
        for word in words[colon + 2 :]:
            if word.text == "reversed" and word.kind == "name":
                said = "`reversed` is read right behind the list only: here it is ignored."
                yield Found(markup.sheet, word.at, said, "Move it before `limit:` and `offset:`.")
                break


RULES = (
    Rule(
        "filter-in-condition",
        "error",
        "A filter in `if`, `unless`, `case`, `when`, `for` or square brackets",
        LIQUID_OPERATORS,
        _filters,
        explains=True,
    ),
    Rule(
        "comparison-in-assign",
        "error",
        "A comparison, `and` or `or` in an `assign` or output",
        LIQUID_OPERATORS,
        _comparisons,
        explains=True,
    ),
    Rule("symbolic-and-or", "error", "`&&` or `||`", LIQUID_OPERATORS, _symbols, explains=True),
    Rule(
        "parentheses-in-condition",
        "error",
        "Parentheses in a condition that are no range",
        LIQUID_OPERATORS,
        _parentheses,
        explains=True,
    ),
    Rule(
        "foreign-operator",
        "error",
        "`=`, `not`, `+` and other signs of other languages",
        LIQUID_OPERATORS,
        _foreign,
        explains=True,
    ),
    Rule(
        "literal-alone",
        "warning",
        "A text or number beside `and` or `or`, as in `name == 'a' or 'b'`",
        LIQUID_CONDITIONS,
        _literals,
    ),
    Rule("else-with-condition", "error", "A condition behind `else`", RUBY_LIQUID, _else),
    Rule(
        "reversed-too-late",
        "warning",
        "`reversed` behind `limit:` or `offset:` of a `for`",
        RUBY_LIQUID,
        _late_reversed,
    ),
)
