"""What only a rendered request shows: a body that is not JSON, an identifier that is blank.

Further rules are checks of their own; how a body is rendered lives in `b2bkit.webhook.webhook`.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from b2bkit.braze import sources
from b2bkit.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from b2bkit.liquid import TemplateError
    from b2bkit.webhook.errors import WebhookError
    from b2bkit.webhook.request import Request

_IDENTIFIERS = ("external_id", "external_user_id", "braze_id")
_LISTS_OF_IDENTIFIERS = ("external_ids", "external_user_ids", "braze_ids")


def request_findings(request: Request) -> Iterator[Finding]:
    """Find what is wrong with a rendered request."""
    if request.body is None or not _says_json(request):
        return
    if request.json_error is not None:
        yield _not_json(request)
    else:
        yield from _blank_ids(request.json, request.body)


def template_error(part: str, error: TemplateError) -> Finding:
    """Say that the Liquid of a part cannot be rendered."""
    return Finding(
        id="template-error",
        severity="error",
        part=part,
        line=error.line,
        column=error.column,
        message=f"{error.message}." if error.message[-1:].isalnum() else error.message,
        remedy="Correct the Liquid at this place; Braze would not send the message.",
        source=str(sources.USING_LIQUID),
    )


def not_a_request(error: WebhookError) -> Finding:
    """Say that what a part renders to cannot be sent."""
    return Finding(
        id="not-a-request",
        severity="error",
        part=error.part,
        line=None,
        column=None,
        message=str(error),
        remedy="Look at what the fields in it hold for this user.",
        source="b2bkit",
    )


def key_value_typing() -> Finding:
    """Say what is not known about the key-value mode."""
    return Finding(
        id="key-value-typing",
        severity="info",
        part="body",
        line=None,
        column=None,
        message="Here every value of a key-value body is sent as a JSON text; how Braze types "
        "them is not documented.",
        remedy="Use Raw Text where a number, a boolean or a list is meant.",
        source=str(sources.CREATE_A_WEBHOOK),
    )


def _says_json(request: Request) -> bool:
    content_type = request.headers.get("Content-Type", "")
    return not content_type or "json" in content_type.lower()


def _not_json(request: Request) -> Finding:
    problem = request.json_error
    assert problem is not None  # noqa: S101 - the caller has looked
    return Finding(
        id="body-not-json",
        severity="error",
        part="body",
        line=problem.line,
        column=problem.column,
        message=f"The rendered body is not JSON: {problem.message} Braze answers 400 and does not "
        "try again.",
        remedy=problem.remedy,
        source=str(sources.API_ERRORS),
        traps=(problem.trap,) if problem.trap else (),
    )


def _blank_ids(body: Any, text: str) -> Iterator[Finding]:
    seen: Counter[str] = Counter()
    for place, name in _blank_places(body):
        line, column = _find(text, name, seen[name])
        seen[name] += 1
        yield Finding(
            id="blank-id",
            severity="error",
            part="body",
            line=line,
            column=column,
            message=f"{place} is blank, so Braze cannot tell which user is meant.",
            remedy="Abort the message when the identifier is blank; anonymous users have a "
            "braze_id, but no external_id.",
            source=str(sources.BRAZE_TO_BRAZE),
        )


def _blank_places(body: Any) -> Iterator[tuple[str, str]]:
    """Give each place of a blank identifier, in words, and the name it has there."""
    if not isinstance(body, dict):
        return
    yield from _blank_in(body, "")
    for array, items in body.items():
        for index, item in enumerate(items if isinstance(items, list) else ()):
            if isinstance(item, dict):
                yield from _blank_in(item, f"{array}[{index}].")


def _blank_in(item: dict[str, Any], where: str) -> Iterator[tuple[str, str]]:
    for name, value in item.items():
        if name in _IDENTIFIERS and _is_blank(value):
            yield f"{where}{name}", name
        elif name in _LISTS_OF_IDENTIFIERS and isinstance(value, list):
            yield from (
                (f"{where}{name}[{i}]", name) for i, it in enumerate(value) if _is_blank(it)
            )
        elif name == "user_alias" and isinstance(value, dict):
            for key in ("alias_name", "alias_label"):
                if key in value and _is_blank(value[key]):
                    yield f"{where}user_alias.{key}", key


def _is_blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _find(text: str, name: str, nth: int) -> tuple[int | None, int | None]:
    """Find line and column of the nth blank value of a name; `None` where it is not sure."""
    pattern = rf'"{name}"\s*:\s*(?="\s*"|null\b)'
    found = list(re.finditer(pattern, text))
    if nth >= len(found):
        return None, None
    position = found[nth].end()
    return text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position)
