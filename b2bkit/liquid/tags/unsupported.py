"""Tags that Liquid has and Braze has not, and what to use instead."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from liquid import Tag
from liquid.exceptions import LiquidSyntaxError
from liquid.token import TOKEN_TAG

if TYPE_CHECKING:
    from liquid import TokenStream

_INCLUDE = "{{content_blocks.${name}}}"


class _Unsupported(Tag):
    block = False

    def parse(self, stream: TokenStream) -> NoReturn:
        """Refuse the tag.

        Raises:
            LiquidSyntaxError: Always.
        """
        said = f"Braze has no tag `{self.name}`: use a content block, `{_INCLUDE}`."
        raise LiquidSyntaxError(said, token=stream.expect(TOKEN_TAG))


class Include(_Unsupported):
    """`{% include %}`."""

    name = "include"


class Render(_Unsupported):
    """`{% render %}`: it was in an older copy of Braze's list, and taken out again."""

    name = "render"
