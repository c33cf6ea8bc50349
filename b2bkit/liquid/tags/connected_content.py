"""`connected_content`: answered from what the context gives for its URL, never fetched.

Source: Braze, Making a Connected Content call, Local Connected Content variables and Connected
Content retries (2026).
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from liquid import Tag
from liquid.exceptions import LiquidError, LiquidSyntaxError
from liquid.token import TOKEN_EXPRESSION, TOKEN_TAG

from b2bkit.braze.sources import CONNECTED_CONTENT
from b2bkit.liquid.calls import Call
from b2bkit.liquid.pieces import Piece
from b2bkit.liquid.printing import to_text
from b2bkit.liquid.tags.rerender import rerendered
from b2bkit.liquid.tags.tag_text import TagText

if TYPE_CHECKING:
    from collections.abc import Mapping

    from liquid import Token, TokenStream

    from b2bkit.liquid.environment import BrazeEnvironment
    from b2bkit.liquid.rendering import Out, Rendering

DEFAULT_NAME = "connected"
STATUS_KEY = "__http_status_code__"
METHODS = ("GET", "POST")


class ConnectedContentPiece(Piece):
    """Saves what a URL answers with, or prints it where it is not JSON."""

    __slots__ = ("said",)

    def __init__(self, token: Token, said: TagText) -> None:
        super().__init__(token)
        self.said = said
        self.blank = False

    @property
    def static_name(self) -> str:
        """Name the variable it saves to, as far as that is known before a render."""
        save = self.said.options.get("save")
        if save is None:
            return DEFAULT_NAME
        return "".join(piece for piece in save.pieces if isinstance(piece, str))

    def put(self, context: Rendering, out: Out) -> None:
        """Make no call; take the answer from the context."""
        try:
            call = self._call(context)
            answer = (context.context.connected_content or {}).get(call.url)
            text = self._answered(call, answer, context)
        except LiquidError as error:
            context.failed(error, self.token, out)
            return
        out.append(text)
        out.check(context.run)

    def _call(self, context: Rendering) -> Call:
        method = self._option("method", context).upper() or METHODS[0]
        if method not in METHODS:
            context.run.at = self.token
            _note_method(method, context)
        kind = self._option("content_type", context)
        return Call(
            url=self.said.words[0].evaluate(context),
            method=method if method in METHODS else METHODS[0],
            body=_encoded(self._option("body", context), kind) or None,
            saved_as=self._option("save", context) or DEFAULT_NAME,
        )

    def _option(self, name: str, context: Rendering) -> str:
        return self.said.options[name].evaluate(context) if name in self.said.options else ""

    def _answered(self, call: Call, answer: Mapping[str, Any] | None, context: Rendering) -> str:
        """Save an answer and give the text that takes the tag's place."""
        context.run.at = self.token
        if answer is None:
            context.run.calls.append(call)
            _note_unanswered(call, context)
            return self._failed(call, context)
        status = answer.get("status", 200)
        context.run.calls.append(replace(call, status=status))
        if not 200 <= status < 300:
            if "retry" in self.said.options:
                context.run.failed_retry = (
                    f"{call.method} {call.url} answered {status}, also when it was retried"
                )
            return self._failed(call, context)
        body = _read(answer.get("body", ""))
        if "rerender" in self.said.options:
            body = rerendered(body, context)
        if isinstance(body, str):
            return body
        if isinstance(body, dict):
            body = {**body, STATUS_KEY: status}
        context.assign(call.saved_as, body)
        return ""

    def _failed(self, call: Call, context: Rendering) -> str:
        context.assign(call.saved_as, None)
        return ""


def _read(body: Any) -> Any:
    """Read a JSON object or array; anything else is text."""
    if not isinstance(body, str):
        return body if isinstance(body, dict | list) else to_text(body)
    try:
        read = json.loads(body)
    except (ValueError, RecursionError):
        return body
    return read if isinstance(read, dict | list) else body


def _encoded(body: str, content_type: str) -> str:
    """Make a form's `key=value&key=value` JSON, where the request's type is JSON."""
    if "json" not in content_type.lower() or body.lstrip()[:1] in ("{", "[", ""):
        return body
    pairs = (pair.partition("=") for pair in body.split("&"))
    return json.dumps({key: value for key, _, value in pairs}, ensure_ascii=False)


def _note_method(method: str, context: Rendering) -> None:
    context.run.note(
        "connected-content-method",
        "error",
        f"Connected Content knows only GET and POST, not {method}.",
        "Write `:method post`, or leave it out.",
        CONNECTED_CONTENT,
    )


def _note_unanswered(call: Call, context: Rendering) -> None:
    context.run.note(
        "connected-content-unanswered",
        "warning",
        f"What {call.method} {call.url} answers is not known here: it counts as nothing.",
        "Give an answer for this URL in `connected_content`.",
        CONNECTED_CONTENT,
    )


class ConnectedContent(Tag):
    """`{% connected_content URL :option value %}`."""

    name = "connected_content"
    block = False
    env: BrazeEnvironment

    def parse(self, stream: TokenStream) -> Piece:
        """Parse a `connected_content`."""
        token = stream.expect(TOKEN_TAG)
        if stream.peek.kind == TOKEN_EXPRESSION:
            next(stream)
            said = TagText(stream.current, self.env)
            if said.words:
                return ConnectedContentPiece(token, said)
        raise LiquidSyntaxError("`connected_content` needs a URL.", token=token)
