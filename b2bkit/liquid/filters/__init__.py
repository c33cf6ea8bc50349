"""Braze's filters for Liquid, a family a module; `SUPPORTED` says how sure each of them is.

Filters that Braze does not have are not registered: what happens to their value is the
business of whoever renders. So is the size of a result; only filters that can multiply what they
are given measure it before they make it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from b2bkit.liquid.filters import (
    amounts,
    arithmetic,
    encoding,
    escapes,
    json_text,
    lists,
    replacing,
    sorting,
    text,
    times,
    values,
)
from b2bkit.liquid.filters.supported import SUPPORTED, FilterInfo

if TYPE_CHECKING:
    from collections.abc import Mapping

    from liquid import Environment

    from b2bkit.liquid.filters.inputs import Filter

__all__ = ["FILTERS", "SUPPORTED", "FilterInfo", "register"]

FILTERS: Mapping[str, Filter] = {
    **amounts.FILTERS,
    **arithmetic.FILTERS,
    **encoding.FILTERS,
    **escapes.FILTERS,
    **json_text.FILTERS,
    **lists.FILTERS,
    **replacing.FILTERS,
    **sorting.FILTERS,
    **text.FILTERS,
    **times.FILTERS,
    **values.FILTERS,
}


def register(env: Environment) -> None:
    """Give `env` these filters and take away all it had."""
    env.filters.clear()
    env.filters.update(FILTERS)
