"""The filters for any value: `default` and `property_accessor`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from b2bkit.liquid.compare import truthy

if TYPE_CHECKING:
    from b2bkit.liquid.filters.inputs import Filter


def default(value: Any, fallback: Any = "", *, allow_false: Any = False, **_: Any) -> Any:
    """Give `fallback` for what is missing, nil, false or empty; blanks and 0 are kept.

    With `allow_false: true` false is kept too.
    """
    if value is False:
        return value if truthy(allow_false) else fallback
    is_empty = isinstance(value, (str, list, tuple, dict)) and not value
    return fallback if value is None or is_empty else value


def property_accessor(value: Any, key: Any) -> Any:
    """Give a hash's value under a key that may hold blanks or come from a variable.

    Braze, Advanced filters. Of anything but a hash it gives nil, which is assumed.
    """
    return value.get(key) if isinstance(value, dict) and isinstance(key, str) else None


FILTERS: dict[str, Filter] = {"default": default, "property_accessor": property_accessor}
