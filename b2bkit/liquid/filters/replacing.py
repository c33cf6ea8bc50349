r"""The filters that replace and remove, with Ruby's reading of a backslash in the replacement.

In Ruby a replacement of two backslashes is one, `\0` is the text found and `\'` is all that
comes after it. Who wants to escape text for JSON by hand falls into this: use `json_escape`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from liquid.filter import with_context

from b2bkit.braze.sources import RUBY_LIQUID
from b2bkit.liquid.filters.inputs import Filter, text_of

if TYPE_CHECKING:
    from b2bkit.liquid.rendering import Rendering
    from b2bkit.liquid.run import Run

_REFERENCE = re.compile(r"\\([0-9&`'\\])")


@with_context
def replace(value: Any, old: Any, new: Any = "", *, context: Rendering) -> str:
    """Replace every occurrence; a missing replacement removes."""
    return _replaced(text_of(value), text_of(old), text_of(new), context.run)


@with_context
def replace_first(value: Any, old: Any, new: Any = "", *, context: Rendering) -> str:
    """Replace the first occurrence."""
    return _replaced(text_of(value), text_of(old), text_of(new), context.run, most=1)


@with_context
def replace_last(value: Any, old: Any, new: Any, *, context: Rendering) -> str:
    """Replace the last occurrence; backslashes are taken as they are."""
    text, mark, fresh = text_of(value), text_of(old), text_of(new)
    context.run.check_size(len(text) + len(fresh))
    before, found, after = text.rpartition(mark) if mark else (text, "", "")
    return before + fresh + after if found == mark else text


def remove(value: Any, old: Any) -> str:
    """Remove every occurrence."""
    mark = text_of(old)
    return text_of(value).replace(mark, "") if mark else text_of(value)


def remove_first(value: Any, old: Any) -> str:
    """Remove the first occurrence."""
    return text_of(value).replace(text_of(old), "", 1)


def remove_last(value: Any, old: Any) -> str:
    """Remove the last occurrence."""
    text, mark = text_of(value), text_of(old)
    before, found, after = text.rpartition(mark) if mark else (text, "", "")
    return before + after if found == mark else text


def _replaced(text: str, old: str, new: str, run: Run, most: int = -1) -> str:
    if _REFERENCE.search(new):
        return _replaced_by_reference(text, old, new, run, most)
    if len(new) > len(old):
        count = text.count(old) if most < 0 else 1
        run.check_size(len(text) + count * (len(new) - len(old)))
    return text.replace(old, new, most)


def _replaced_by_reference(text: str, old: str, new: str, run: Run, most: int) -> str:
    _note_backslash(run, new)
    pieces: list[str] = []
    size = end = 0
    for match in re.finditer(re.escape(old), text):
        pieces += [text[end : match.start()], _meant(new, match)]
        size += len(pieces[-2]) + len(pieces[-1])
        run.check_size(size)
        end = match.end()
        if most == 1:
            break
    return "".join([*pieces, text[end:]])


def _meant(new: str, match: re.Match[str]) -> str:
    def meaning(reference: re.Match[str]) -> str:
        sign = reference[1]
        if sign in "0&":
            return match.group()
        if sign == "`":
            return match.string[: match.start()]
        if sign == "'":
            return match.string[match.end() :]
        return "\\" if sign == "\\" else ""

    return _REFERENCE.sub(meaning, new)


def _note_backslash(run: Run, new: str) -> None:
    run.note(
        "replace-backslash",
        "warning",
        f"Ruby reads the backslash in the replacement {new[:40]!r} as a command: two become one,"
        " \\0 is the text found, \\' is what comes after it.",
        "To escape text for JSON use `json_escape`.",
        RUBY_LIQUID,
    )


FILTERS: dict[str, Filter] = {
    "remove": remove,
    "remove_first": remove_first,
    "remove_last": remove_last,
    "replace": replace,
    "replace_first": replace_first,
    "replace_last": replace_last,
}
