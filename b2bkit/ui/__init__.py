"""The front ends: for each a model without widgets, and a view beside it.

A model takes what a person does and says what is to be seen; it is tested without a browser. A view
is made of ipywidgets and holds no rule. Names are handed out on first use, so that a model can be
imported without the widgets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from b2bkit.ui.explorer.view import Explorer

__all__ = ["Explorer"]


def __getattr__(name: str) -> Any:
    if name != "Explorer":
        raise AttributeError(f"module 'b2bkit.ui' has no attribute {name!r}")
    from b2bkit.ui.explorer.view import Explorer

    return Explorer
