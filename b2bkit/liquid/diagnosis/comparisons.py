"""Text compared with a number, which Liquid never makes one of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from b2bkit.braze.sources import LIQUID_OPERATORS, RUBY_LIQUID
from b2bkit.liquid.diagnosis.conditions import CONDITIONS
from b2bkit.liquid.diagnosis.operands import LOCAL, operand
from b2bkit.liquid.diagnosis.rule import Found, Rule
from b2bkit.liquid.diagnosis.words import comparisons

if TYPE_CHECKING:
    from collections.abc import Iterator

    from b2bkit.liquid.diagnosis.kinds import Kinds
    from b2bkit.liquid.diagnosis.operands import Key, Operand
    from b2bkit.liquid.diagnosis.sheets import Reading
    from b2bkit.liquid.diagnosis.words import Word
    from b2bkit.liquid.markups import Markup

_ORDERING = ("<", ">", "<=", ">=")
_EQUATING = ("==", "!=", "<>")
_DIGITS = re.compile(r"['\"]\s*-?\d+(?:\.\d+)?\s*['\"]")

Side = Literal["number", "text", "digits"]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two values that are compared, as a condition or a `when` does."""

    markup: Markup
    left: Operand
    sign: str
    right: Operand


def pairs(reading: Reading) -> Iterator[Pair]:
    """Yield what is compared with what; a `when` compares with its `case`."""
    subject: list[Operand | None] = []
    for markup in reading.markups:
        words = reading.words(markup)
        if markup.name == "case":
            subject.append(operand(words))
        elif markup.name == "endcase" and subject:
            subject.pop()
        elif markup.name == "when" and subject and subject[-1]:
            choices = (word for word in words if word.kind in ("quoted", "number"))
            for choice in choices:
                if literal := operand((choice,)):
                    yield Pair(markup, subject[-1], "==", literal)
        elif markup.name in CONDITIONS:
            for left, sign, right in comparisons(words):
                values = operand(left), operand(right)
                if values[0] and values[1]:
                    yield Pair(markup, values[0], sign.text, values[1])


def _mixed(reading: Reading) -> Iterator[Found]:
    """Find comparisons of which one side is evidently text and the other a number."""
    for pair in pairs(reading):
        sides = [_side(each, reading.kinds) for each in (pair.left, pair.right)]
        if "number" not in sides:
            continue
        number, text = (pair.left, pair.right) if sides[0] == "number" else (pair.right, pair.left)
        other = sides[1] if sides[0] == "number" else sides[0]
        if other in ("text", "digits") and _fails(pair.sign, other, text):
            yield _mismatch(pair, number, text)
        elif other is None and (found := _missing_as_text(pair, text, reading.kinds)):
            yield found


def _side(value: Operand, kinds: Kinds) -> Side | None:
    kind = kinds.of(value).kind
    if kind == "text" and value.word.kind == "quoted" and not value.filters:
        return "digits" if _DIGITS.fullmatch(value.word.text) else "text"
    return kind if kind in ("number", "text") else None


def _fails(sign: str, other: Side, text: Operand) -> bool:
    """Tell whether a comparison with a number cannot be meant: `== ''` may be."""
    is_literal = text.word.kind == "quoted" and not text.filters
    return sign in _ORDERING or (sign in _EQUATING and (other == "digits" or not is_literal))


def _mismatch(pair: Pair, number: Operand, text: Operand) -> Found:
    shown = f"{text.word.text} is text and {number.word.text} a number"
    literal = text.word.kind == "quoted" and not text.filters
    remedy = (
        f"Take the quotes off: {text.word.text[1:-1].strip()}."
        if literal
        else f"Make it a number first: `{{% assign n = {text.word.text} | plus: 0 %}}`."
    )
    if pair.sign in _ORDERING:
        said = (
            f"{shown}: `{pair.sign}` fails between them. Stock Liquid prints an error into the"
            " text; what Braze does is not documented."
        )
        return Found(pair.markup.sheet, text.word.at, said, remedy, source=RUBY_LIQUID)
    never = "always" if pair.sign in ("!=", "<>") else "never"
    return Found(pair.markup.sheet, text.word.at, f"{shown}: this is {never} true.", remedy)


def _missing_as_text(pair: Pair, value: Operand, kinds: Kinds) -> Found | None:
    """Find a number compared with what is text for those who lack it, as `default: '0'` makes."""
    fallback = kinds.of(value).fallback
    if fallback is None or fallback.kind != "quoted":
        return None
    digits = bool(_DIGITS.fullmatch(fallback.text))
    if pair.sign not in _ORDERING and not (digits and pair.sign in _EQUATING):
        return None
    plain = fallback.text[1:-1].strip() if digits else "0"
    return Found(
        pair.markup.sheet,
        value.word.at,
        f"For users without a value {value.word.text} is the text {fallback.text}, which"
        " compares with no number.",
        f"Write `default: {plain}`, without quotes.",
        "warning",
    )


def _inconsistent(reading: Reading) -> Iterator[Found]:
    """Find a value that is compared with 1 in one place and with '2' in another."""
    seen: dict[Key, dict[str, list[tuple[Markup, Word]]]] = {}
    for pair in pairs(reading):
        for value, literal in ((pair.left, pair.right), (pair.right, pair.left)):
            kind = _literal_kind(literal, pair.sign)
            if kind and value.key and not value.filters and _is_open(value, reading.kinds):
                by_kind = seen.setdefault(value.key, {"number": [], "digits": []})
                by_kind[kind].append((pair.markup, literal.word))
    for both in seen.values():
        numbers = {_plain(word) for _, word in both["number"]}
        digits = {_plain(word) for _, word in both["digits"]}
        if numbers - digits and digits - numbers:
            markup, word = next(it for it in both["digits"] if _plain(it[1]) not in numbers)
            other = next(it for _, it in both["number"] if _plain(it) not in digits)
            yield Found(
                markup.sheet,
                word.at,
                f"The same value is compared with the text {word.text} here and with the number"
                f" {other.text} elsewhere: one of the two is never true.",
                "Write all of them with quotes, or all without.",
            )


def _literal_kind(literal: Operand, sign: str) -> str | None:
    if literal.filters or sign not in (*_ORDERING, *_EQUATING):
        return None
    if literal.word.kind == "number":
        return "number"
    is_digits = literal.word.kind == "quoted" and _DIGITS.fullmatch(literal.word.text)
    return "digits" if is_digits else None


def _is_open(value: Operand, kinds: Kinds) -> bool:
    """Tell whether nothing is known of a value but what it is compared with."""
    name = str(value.key[1])
    steady = value.key[0] != LOCAL or not kinds.sets(name) or kinds.sets_once(name)
    guess = kinds.of(value)
    return steady and guess.kind is None and guess.fallback is None


def _plain(word: Word) -> str:
    return word.text.strip("'\" ")


RULES = (
    Rule(
        "text-compared-with-number",
        "error",
        "A text compared with a number",
        LIQUID_OPERATORS,
        _mixed,
    ),
    Rule(
        "compared-both-ways",
        "warning",
        "A value compared with a number here and with quoted digits there",
        LIQUID_OPERATORS,
        _inconsistent,
    ),
)
