"""How a parsed value is written in Liquid."""

from __future__ import annotations

from typing import Any

from b2bkit.liquid.environment import BlockText
from b2bkit.liquid.explain import showing
from b2bkit.liquid.expressions import (
    COMPARISONS,
    And,
    Comparison,
    Constant,
    FieldValue,
    Indirect,
    Or,
    Range,
    Variable,
)
from b2bkit.liquid.pipeline import Pipeline, Step

_SIGNS = dict(
    zip(COMPARISONS.values(), ("==", "!=", "contains", "<", "<=", ">", ">="), strict=True)
)


def said(value: Any) -> str:
    """Write a value as Liquid; what is watched is written as what it is."""
    match value:
        case Constant():
            return showing.literal(value.value)
        case Variable():
            return value.name + path(value.keys)
        case FieldValue():
            return f"{value.reference}{path(value.keys)}"
        case Indirect():
            return f"[{said(value.name)}]{path(value.keys)}"
        case Pipeline():
            return " | ".join([said(value.left), *map(filtered, value.steps)])
        case Comparison():
            return f"{said(value.left)} {sign(value)} {said(value.right)}"
        case And() | Or():
            word = "and" if isinstance(value, And) else "or"
            return f"{said(value.left)} {word} {said(value.right)}"
        case Range():
            return f"({said(value.start)}..{said(value.stop)})"
        case BlockText():
            return "the content block"
    return said(value.inner)


def path(keys: tuple[Any, ...]) -> str:
    """Write a path into a value: `.name`, `[0]`, `[key]`."""
    return "".join(map(_step, keys))


def _step(key: Any) -> str:
    if isinstance(key, str):
        return f".{key}" if key.isidentifier() else f"[{showing.literal(key)}]"
    return f"[{key if isinstance(key, int) else said(key)}]"


def sign(comparison: Comparison) -> str:
    """Write the sign of a comparison."""
    return _SIGNS[comparison.holds]


def filtered(step: Step) -> str:
    """Write a filter with its arguments."""
    named = (f"{name}: {said(value)}" for name, value in step.named.items())
    arguments = ", ".join([*map(said, step.arguments), *named])
    return f"{step.token.value}: {arguments}" if arguments else step.token.value
