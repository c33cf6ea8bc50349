"""The tags Braze has, each parsed by python-liquid where it has it too, and put by ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liquid.builtin.illegal import Illegal
from liquid.builtin.tags.comment_tag import CommentTag

from b2bkit.liquid.tags import catalogs, conditions, loops, output, unsupported, variables
from b2bkit.liquid.tags.abort import AbortMessage
from b2bkit.liquid.tags.connected_content import ConnectedContent
from b2bkit.liquid.tags.liquid_tag import BrazeLiquid
from b2bkit.liquid.tags.message_extras import MessageExtras

if TYPE_CHECKING:
    from liquid import Environment, Tag

TAGS: tuple[type[Tag], ...] = (
    output.BrazeText,
    output.BrazeOutput,
    output.BrazeEcho,
    variables.BrazeAssign,
    variables.BrazeCapture,
    variables.BrazeIncrement,
    variables.BrazeDecrement,
    conditions.BrazeIf,
    conditions.BrazeUnless,
    conditions.BrazeCase,
    conditions.BrazeIfChanged,
    loops.BrazeFor,
    loops.BrazeTableRow,
    loops.BrazeCycle,
    loops.BrazeBreak,
    loops.BrazeContinue,
    BrazeLiquid,
    CommentTag,
    Illegal,
    AbortMessage,
    ConnectedContent,
    catalogs.CatalogItems,
    catalogs.CatalogSelectionItems,
    MessageExtras,
    unsupported.Include,
    unsupported.Render,
)


def register(env: Environment) -> None:
    """Give an environment Braze's tags, and no others."""
    for tag in TAGS:
        env.add_tag(tag)
