"""`catalog_items` and `catalog_selection_items`: both set `items`.

Source: Braze, Use catalogs (2026).
"""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any

from liquid import Tag
from liquid.exceptions import LiquidError, LiquidSyntaxError
from liquid.token import TOKEN_EXPRESSION, TOKEN_TAG

from b2bkit.braze.sources import CATALOGS
from b2bkit.liquid.pieces import Piece
from b2bkit.liquid.tags.rerender import rerendered
from b2bkit.liquid.tags.tag_text import TagText

if TYPE_CHECKING:
    from liquid import Token, TokenStream

    from b2bkit.liquid.environment import BrazeEnvironment
    from b2bkit.liquid.rendering import Out, Rendering

VARIABLE = "items"


class CatalogPiece(Piece):
    """Sets `items`; prints nothing."""

    __slots__ = ("said",)

    def __init__(self, token: Token, said: TagText) -> None:
        super().__init__(token)
        self.said = said
        self.blank = False

    def put(self, context: Rendering, out: Out) -> None:
        """Take the items from the context."""
        try:
            context.run.at = self.token
            catalog, *names = [word.evaluate(context) for word in self.said.words]
            items: Any = self.found(catalog, names, context)
            if "rerender" in self.said.options:
                items = rerendered(items, context)
            context.assign(VARIABLE, items)
        except LiquidError as error:
            context.failed(error, self.token, out)

    @abstractmethod
    def found(self, catalog: str, names: list[str], context: Rendering) -> list[Any]:
        """List the items that the tag names, in its order."""


class ItemsPiece(CatalogPiece):
    """Takes items by their IDs; one that is not there is left out."""

    __slots__ = ()

    def found(self, catalog: str, names: list[str], context: Rendering) -> list[Any]:
        """List the items with these IDs."""
        given = (context.context.catalogs or {}).get(catalog, {})
        for name in names:
            if name not in given:
                _note_missing(f"item {name!r} of catalog {catalog!r}", "catalogs", context)
        return [given[name] for name in names if name in given]


class SelectionPiece(CatalogPiece):
    """Takes the items of a selection."""

    __slots__ = ()

    def found(self, catalog: str, names: list[str], context: Rendering) -> list[Any]:
        """List the items of the selection."""
        selection = names[0] if names else ""
        given = (context.context.catalog_selections or {}).get(catalog, {})
        if selection not in given:
            what = f"selection {selection!r} of catalog {catalog!r}"
            _note_missing(what, "catalog_selections", context)
        return list(given.get(selection, ()))


def _note_missing(what: str, keyword: str, context: Rendering) -> None:
    context.run.note(
        "catalog-item-missing",
        "warning",
        f"There is no {what} here: `{VARIABLE}` is without it, and what is read of it is blank.",
        f"Give it in `{keyword}`, or check the name; catalogs and IDs are case-sensitive.",
        CATALOGS,
    )


class _CatalogTag(Tag):
    block = False
    env: BrazeEnvironment
    piece: type[CatalogPiece]

    def parse(self, stream: TokenStream) -> Piece:
        """Parse the catalog's name and what follows."""
        token = stream.expect(TOKEN_TAG)
        if stream.peek.kind == TOKEN_EXPRESSION:
            next(stream)
            said = TagText(stream.current, self.env)
            if len(said.words) > 1:
                return self.piece(token, said)
        raise LiquidSyntaxError(
            f"`{self.name}` needs a catalog and what to take from it.", token=token
        )


class CatalogItems(_CatalogTag):
    """`{% catalog_items Catalog id id :rerender %}`."""

    name = "catalog_items"
    piece = ItemsPiece


class CatalogSelectionItems(_CatalogTag):
    """`{% catalog_selection_items Catalog selection :rerender %}`."""

    name = "catalog_selection_items"
    piece = SelectionPiece
