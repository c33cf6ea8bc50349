"""Write a request as a curl command for any POSIX shell. The key stays a variable."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from b2bkit.secrets import put_in

if TYPE_CHECKING:
    from collections.abc import Mapping

KEY_VARIABLE = "$BRAZE_API_KEY"
_SPECIAL_IN_DOUBLE_QUOTES = re.compile(r'([\\"$`])')
_MARK = "\0"


def curl(method: str, url: str, headers: Mapping[str, str], body: str | None) -> str:
    """Write the command, one option a line; the same bytes leave curl as would leave Braze."""
    globbing = "--globoff " if re.search(r"[][{}]", url) else ""
    options = [_header(name, value) for name, value in headers.items()]
    if body is not None:
        if not any(name.lower() == "content-type" for name in headers):
            options.append("-H 'Content-Type:'")  # else curl would call the body a form
        reads_no_file = "--data-raw" if body.startswith("@") else "--data-binary"
        options.append(f"{reads_no_file} {_quoted(body)}")
    return " \\\n  ".join([f"curl {globbing}-X {method} {_quoted(url)}", *options])


def _header(name: str, value: str) -> str:
    if not value:
        return f"-H {_quoted(f'{name};')}"  # curl's way to send a header without a value
    if name.lower() == "authorization":
        marked = put_in(value, _MARK)
        if _MARK in marked:
            text = _SPECIAL_IN_DOUBLE_QUOTES.sub(r"\\\1", f"{name}: {marked}")
            return f'-H "{text.replace(_MARK, KEY_VARIABLE)}"'
    return f"-H {_quoted(f'{name}: {value}')}"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", r"'\''") + "'"
