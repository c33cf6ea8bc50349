"""`:rerender`: Liquid that comes with an answer or a catalog item, rendered once more.

Only fields that the message itself mentions are known then, because Braze looks for them before it
renders. Source: Braze, Making a Connected Content call and Use catalogs (2026).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from liquid.exceptions import LiquidError, LiquidSyntaxError

from b2bkit.braze.sources import CONNECTED_CONTENT
from b2bkit.liquid.faults import Fault
from b2bkit.liquid.rendering import Out

if TYPE_CHECKING:
    from b2bkit.liquid.rendering import Rendering
    from b2bkit.liquid.syntax import Rewritten


def rerendered(value: Any, context: Rendering) -> Any:
    """Render the Liquid in a text, and in each text of a list or table.

    One level only: a `:rerender` inside it does nothing.

    Raises:
        Fault: The Liquid does not parse.
    """
    if context.rerendering:
        return value
    if isinstance(value, str):
        return _rendered(value, context)
    if isinstance(value, dict):
        return {key: rerendered(each, context) for key, each in value.items()}
    if isinstance(value, list):
        return [rerendered(each, context) for each in value]
    return value


def _rendered(text: str, context: Rendering) -> str:
    try:
        tree = context.env.tree(text, {})
    except LiquidSyntaxError as error:
        said = f"the Liquid to rerender does not parse, {error.args[0]}"
        raise Fault(said, "Correct it where it comes from.") from error
    run, namespaces = context.run, context.namespaces
    run.pinned, context.rerendering = run.at, True
    context.namespaces = _mentioned(tree.text, context)
    out = Out()
    try:
        tree.block.put(context, out)
    except LiquidError as error:
        error.token = run.pinned
        raise
    finally:
        run.pinned, context.rerendering, context.namespaces = None, False, namespaces
    return out.text(run)


def _mentioned(text: Rewritten, context: Rendering) -> dict[str, dict[str, Any]]:
    """Keep the fields that the message itself mentions; note the others that are asked for."""
    known = context.text.fields()
    for reference in text.references.values():
        if reference.field not in known:
            context.run.note(
                "rerender-field-unknown",
                "warning",
                f"Rerendered Liquid reads {reference}, which the message itself does not mention:"
                " it is blank.",
                "Mention it in the message too, for example in an `assign`.",
                CONNECTED_CONTENT,
            )
    return {
        space: {name: value for name, value in values.items() if (space, name) in known}
        for space, values in context.namespaces.items()
    }
