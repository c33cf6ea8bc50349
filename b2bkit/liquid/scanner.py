"""The scanner: Braze's text rewritten to python-liquid's, without changing its length.

It finds where text, outputs and tags begin and end, which needs care: `{{${n}}}}` is an output and
a brace, and a `%}` in a name ends nothing.

Because each character keeps its place, every error of the parser still points into the author's
text. What python-liquid does not know is replaced by a plain name of the same length, and kept
beside the text by its offset:

- `custom_attribute.${zip code}` and `${name}` become a name, and a `Reference`;
- `{{ a | minus: b }}` inside a tag or a filter's argument becomes a name, and a `Group`;
- `{{ a }}` without a filter, inside a tag, loses its braces, which mean nothing there.

Quoted strings, `raw` and comments are left alone. `connected_content` and its like read text with
outputs in it: there only the `${}` are replaced. Content blocks are put in before (`blocks`).

Source: Braze, Using Liquid and Supported personalization tags (2026).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NoReturn

from liquid import Token
from liquid.exceptions import LiquidSyntaxError

from b2bkit.liquid.namespaces import CONTENT_BLOCKS, NAMESPACES
from b2bkit.liquid.quotes import after_string
from b2bkit.liquid.syntax import Group, Part, Reference, Rewritten

if TYPE_CHECKING:
    from b2bkit.liquid.places import Origin

TEXT_TAGS = frozenset(
    {"connected_content", "catalog_items", "catalog_selection_items", "message_extras"}
)
"""Tags that read text with outputs in it, not an expression."""

STATIC_TAGS = frozenset({"abort_message", "#"})
"""Tags whose text is never Liquid."""

DEEPEST = 100
"""Braces inside one another."""

_OPENING = re.compile(r"\{\{|\{%-?\s*(?P<tag>#|\w*)")
_RAW = re.compile(r"\{%-?\s*raw\s*-?%\}")
_RAW_END = re.compile(r"\{%-?\s*endraw\s*-?%\}")
_COMMENT_PART = re.compile(r"(?P<raw>\{%-?\s*raw\s*-?%\})|\{%-?\s*(?P<name>comment|endcomment)\b")
_LIQUID_COMMENT_END = re.compile(r"\n[ \t]*endcomment\b|%\}")
_MARK = re.compile(r"""\$\{|\{\{|\}\}|%\}|['"|\n]""")
_TEXT_MARK = re.compile(r"\$\{|\{\{|%\}|\n")
_GROWN_TOGETHER = re.compile(r"(?:[\w\]-]|(?<!\.)\.)\Z")
_BARE = re.compile(r"\$\{")
_OUTPUT_END = re.compile(r"\}\}")
_TAG_END = re.compile(r"%\}")
_LINE_END = re.compile(r"%\}|\n")
_LINE_NAME = re.compile(r"\s*(#|\w*)")
_NOT_NEWLINE = re.compile(r"[^\n]")


def rewrite(text: str, origin: Origin) -> Rewritten:
    """Rewrite a whole text.

    Raises:
        LiquidSyntaxError: Something is opened and not closed, or braces stand where they must
            not. Its token holds the offset.
    """
    scanner = Scanner(text, origin)
    scanner.scan()
    return scanner.result()


class Scanner:
    """Walk a text once; `chars` is its rewriting, changed in place."""

    def __init__(self, text: str, origin: Origin) -> None:
        self.text = text
        self.origin = origin
        self.chars = list(text)
        self.parts: list[Part] = []
        self.references: dict[int, Reference] = {}
        self.groups: dict[int, Group] = {}
        self.braces: list[int] = []
        self.bare: list[int] = []
        self.depth = 0

    def result(self) -> Rewritten:
        """Give the rewritten text and what was found in it."""
        rewritten = Rewritten("".join(self.chars), self.text, self.origin)
        rewritten.parts = self.parts
        rewritten.references, rewritten.groups = self.references, self.groups
        rewritten.braces, rewritten.bare = tuple(self.braces), tuple(self.bare)
        return rewritten

    def scan(self) -> None:
        """Read the whole text.

        Raises:
            LiquidSyntaxError: As `rewrite`.
        """
        at = 0
        while found := _OPENING.search(self.text, at):
            self._plain(at, found.start())
            at = self._tag(found) if found["tag"] is not None else self._whole_output(found.start())
        self._plain(at, len(self.text))

    def _plain(self, start: int, end: int) -> None:
        if start < end:
            self.parts.append(Part("text", start, start, end))
            self.bare.extend(found.start() for found in _BARE.finditer(self.text, start, end))

    def _whole_output(self, start: int) -> int:
        after = self._output(start)
        self._add("output", start, start + 2, after - 2)
        return after

    def _output(self, start: int) -> int:
        """Scan an output; give the offset behind it."""
        if self.text.startswith("{{{", start):
            self._fail("Three opening braces in a row are not valid: write `{{`.", start)
        return self._markup(start + 2, _OUTPUT_END, start)[0] + 2

    def _tag(self, found: re.Match[str]) -> int:
        start, name, at = found.start(), found["tag"], found.end()
        if name == "raw" and (raw := _RAW.match(self.text, start)):
            return self._raw(raw)
        if name == "liquid":
            after = self._liquid(at, start)
        else:
            after = self._tag_text(name, at, _TAG_END, start) + 2
        self._add("tag", start, at, after - 2, name, found.start("tag"))
        return self._comment(after) if name == "comment" else after

    def _add(
        self,
        kind: Literal["output", "tag", "raw"],
        start: int,
        inside: int,
        after: int,
        name: str = "",
        named: int = 0,
    ) -> None:
        """Note a part that may begin or end with a hyphen."""
        left = self.text.startswith("-", start + 2)
        inside = max(inside, start + 2 + left)
        right = after > inside and self.text[after - 1] == "-"
        self.parts.append(Part(kind, start, inside, after - right, name, named, left, right))

    def _tag_text(self, name: str, at: int, closing: re.Pattern[str], start: int) -> int:
        """Scan what a tag says, and give the offset of what closes it."""
        if name in STATIC_TAGS:
            found = closing.search(self.text, at)
            if found is None:
                self._unclosed(start)
            return found.start()
        if name in TEXT_TAGS:
            return self._text(at, closing, start)
        return self._markup(at, closing, start)[0]

    def _raw(self, raw: re.Match[str]) -> int:
        end = _RAW_END.search(self.text, raw.end())
        if end is None:
            self._fail("`raw` is never closed: add `{% endraw %}`.", raw.start())
        left, right = raw[0].startswith("{%-"), raw[0].endswith("-%}")
        self.parts.append(Part("raw", raw.start(), raw.end(), end.start(), left=left, right=right))
        return end.end()

    def _comment(self, at: int) -> int:
        """Step over a comment and blank it out; give the offset behind it."""
        opening = self.parts.pop()
        depth = 1
        while part := _COMMENT_PART.search(self.text, at):
            at = part.end()
            if part["raw"] and (end := _RAW_END.search(self.text, at)):
                at = end.end()
            elif part["name"]:
                depth += 1 if part["name"] == "comment" else -1
            if depth == 0:
                return self._after_comment(opening, part)
        return self._fail("`comment` is never closed: add `{% endcomment %}`.", opening.start)

    def _after_comment(self, opening: Part, closing: re.Match[str]) -> int:
        inside = self.text.index("%}", opening.after) + 2
        hidden = self.text[inside : closing.start()]
        self.chars[inside : closing.start()] = _NOT_NEWLINE.sub(" ", hidden)
        end = _TAG_END.search(self.text, closing.end())
        if end is None:
            self._unclosed(closing.start())
        right = self.text[end.start() - 1] == "-"
        self.parts.append(
            Part("raw", opening.start, inside, inside, left=opening.left, right=right)
        )
        return end.end()

    def _liquid(self, at: int, start: int) -> int:
        """Scan a `liquid` tag, in which each line is a tag; give the offset behind it."""
        while True:
            line = _LINE_NAME.match(self.text, at)
            name = line[1] if line else ""
            at = line.end() if line else at
            if name == "comment" and (end := _LIQUID_COMMENT_END.search(self.text, at)):
                at = end.start()
            at = self._tag_text(name, at, _LINE_END, start)
            if self.text[at] == "%":
                return at + 2

    def _markup(self, at: int, closing: re.Pattern[str], opened: int) -> tuple[int, bool]:
        """Scan an expression; give the offset of what closes it, and whether it has a filter."""
        piped, first, stop = False, at, -1
        while mark := _MARK.search(self.text, at):
            what, at = mark[0], mark.end()
            if closing.fullmatch(what):
                return mark.start(), piped
            if what == "${":
                at = self._reference(mark.start(), first)
            elif what == "{{":
                at = self._inner(mark.start())
            elif what == "|":
                piped = True
            elif what in "'\"":
                if stop < at:
                    end = closing.search(self.text, at)
                    stop = end.start() if end else len(self.text)
                braces = closing is _OUTPUT_END
                at = after_string(self.text, what, at, stop, braces=braces)
        return self._unclosed(opened)

    def _inner(self, start: int) -> int:
        """Scan braces inside a tag or output: blank them out, or keep what they hold as a group."""
        if self.text.startswith("{{{", start):
            self._fail("Three opening braces in a row are not valid: write `{{`.", start)
        self.braces.append(start)
        self.depth += 1
        if self.depth > DEEPEST:
            self._fail(f"Braces stand more than {DEEPEST} deep in one another.", start)
        end, piped = self._markup(start + 2, _OUTPUT_END, start)
        self.depth -= 1
        inside, after = self._within(start, end)
        if piped:
            text = "".join(self.chars[inside:after])
            self.groups[start] = Group(text, inside, start, end + 2 - start)
            self._cover(start, end + 2, "_")
        else:
            self._cover(start, inside, " ")
            self._cover(after, end + 2, " ")
        return end + 2

    def _within(self, start: int, end: int) -> tuple[int, int]:
        """Leave out the hyphens of `{{-` and `-}}`, which mean nothing inside a tag."""
        inside = start + 3 if self.text.startswith("{{-", start) else start + 2
        after = end - 1 if self.text[end - 1] == "-" and end - 1 >= inside else end
        return inside, after

    def _text(self, at: int, closing: re.Pattern[str], opened: int) -> int:
        """Scan a tag that reads text with outputs in it; give the offset of what closes it."""
        while mark := _TEXT_MARK.search(self.text, at):
            if closing.fullmatch(mark[0]):
                return mark.start()
            at = mark.end()
            if mark[0] == "{{":
                at = self._output(mark.start())
            elif mark[0] == "${":
                at = self._reference(mark.start(), opened, known=True)
        return self._unclosed(opened)

    def _reference(self, dollar: int, first: int, *, known: bool = False) -> int:
        """Put a plain name in place of `namespace.${name}`; give the offset behind it."""
        close = self.text.find("}", dollar)
        name = self.text[dollar + 2 : close].strip() if close > 0 else ""
        if not name or "{" in name:
            self._fail("`${` needs a name and a closing brace, as in `${first_name}`.", dollar)
        namespace = self._namespace(dollar, first)
        start = dollar - len(namespace) - 1 if namespace else dollar
        if known and namespace not in (*NAMESPACES, CONTENT_BLOCKS):
            namespace, start = "", dollar
        elif _GROWN_TOGETHER.search(self.text, max(first, start - 2), start):
            self._fail("`${...}` cannot follow this directly.", start - 1)
        self.references[start] = Reference(namespace, name, start, close + 1 - start)
        self._cover(start, close + 1, "_")
        return close + 1

    def _namespace(self, dollar: int, first: int) -> str:
        """Read the word before `.${`; blank where there is none."""
        start = dollar - 1
        if start < first or self.text[start] != ".":
            return ""
        while start > first and (self.text[start - 1].isalnum() or self.text[start - 1] == "_"):
            start -= 1
        return self.text[start : dollar - 1]

    def _cover(self, start: int, end: int, filler: str) -> None:
        self.chars[start:end] = filler * (end - start)

    def _unclosed(self, opened: int) -> NoReturn:
        opening = self.text[opened : opened + 2]
        closing = "}}" if opening == "{{" else "%}"
        self._fail(f"`{opening}` is never closed: add `{closing}`.", opened)

    def _fail(self, message: str, at: int) -> NoReturn:
        raise LiquidSyntaxError(message, token=Token("illegal", "", at, self.text))
