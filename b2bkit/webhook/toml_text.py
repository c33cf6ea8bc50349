"""A webhook as TOML: `[webhook]` with `url`, `method`, `body`, and `[webhook.headers]`.

The same tables stand in the files of the use cases. No key is written: a webhook has none.
"""

from __future__ import annotations

import json
import re
import tomllib
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from b2bkit.webhook.errors import WebhookError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from b2bkit.webhook.webhook import Webhook

FIELDS = ("url", "method", "headers", "body")
"""What of a table makes the webhook."""
_BESIDE = ("id", "variant", "trigger")
"""What else a table of a use case may hold."""
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_NOT_LITERAL = re.compile(r"'''|'\Z|[^\n\t\x20-\x7e\x80-\U0010ffff]")


def read(source: str | Path) -> dict[str, Any]:
    """Read the fields of the one webhook in a TOML text or file.

    Raises:
        WebhookError: If it is not TOML, or not one webhook.
    """
    is_path = isinstance(source, Path) or not re.search(r"^\[|[\n=]", source)
    text = Path(source).read_text("utf-8") if is_path else str(source)
    try:
        found = tomllib.loads(text).get("webhook")
    except tomllib.TOMLDecodeError as error:
        raise WebhookError(f"The TOML cannot be read: {error}.") from error
    tables = found if isinstance(found, list) else [found]
    if len(tables) != 1 or not isinstance(tables[0], dict):
        count = len(tables) if found else "no"
        raise WebhookError(f"The TOML holds {count} webhooks where one [webhook] is needed.")
    return fields_of(tables[0])


def fields_of(table: Mapping[str, Any]) -> dict[str, Any]:
    """Give the fields of a webhook from its table, checked.

    Raises:
        WebhookError: If one is missing, unknown or not text.
    """
    for name in table:
        if name not in FIELDS + _BESIDE:
            near = get_close_matches(name, FIELDS + _BESIDE, n=1)
            hint = f" Did you mean {near[0]}?" if near else ""
            raise WebhookError(f"A [webhook] has no {name}.{hint}")
    if "url" not in table:
        raise WebhookError("The [webhook] has no url.", "url")
    _check_text("url", table["url"])
    _check_text("method", table.get("method", ""))
    _check_texts("headers", table.get("headers", {}))
    if not isinstance(table.get("body", ""), str):
        _check_texts("body", table["body"])
    return {name: table[name] for name in FIELDS if name in table}


def write(webhook: Webhook) -> str:
    """Write a webhook as TOML; `read` gives it back."""
    lines = ["[webhook]", f"url = {_string(webhook.url)}", f"method = {_string(webhook.method)}"]
    if isinstance(webhook.body, str):
        lines.append(f"body = {_string(webhook.body)}")
    tables = {"headers": webhook.headers}
    if webhook.body is not None and not isinstance(webhook.body, str):
        tables["body"] = webhook.body
    for name, texts in tables.items():
        if texts or name == "body":
            lines += ["", f"[webhook.{name}]"]
            lines += [f"{_key(key)} = {_string(text)}" for key, text in texts.items()]
    return "\n".join(lines) + "\n"


def _check_text(name: str, value: Any) -> None:
    if not isinstance(value, str):
        raise WebhookError(f"{name} must be a text in quotes.", name)


def _check_texts(name: str, value: Any) -> None:
    if not isinstance(value, dict) or not all(isinstance(it, str) for it in value.values()):
        raise WebhookError(f"[webhook.{name}] must be a table of names and texts.", name)


def _key(key: str) -> str:
    return key if _BARE_KEY.fullmatch(key) else _basic(key)


def _string(text: str) -> str:
    if "\n" in text and not _NOT_LITERAL.search(text):
        return f"'''\n{text}'''"
    return _basic(text)


def _basic(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
