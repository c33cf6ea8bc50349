"""Faults that can be dialled: errors, delays, lost connections, damaged answers.

Which request is hit is decided here; what a fault does to it is done in `rest` and `wire`. These
are ours: Braze documents which statuses there are, not how often they come.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from random import Random
from typing import Any, Literal

from b2bkit.sandbox.errors import SandboxError

Drop = Literal["before", "after"]
Damage = Literal["truncated", "not-json"]

_WHEN = ("every", "probability", "first")


@dataclass(frozen=True, slots=True)
class Fault:
    """Describe one fault. Without `every`, `probability` and `first` it hits every request.

    Args:
        path: The path it hits; `None` hits all.
        every: It hits every n-th request of its path.
        probability: It hits a request with this probability.
        first: It hits the first n requests.
        status: The answer's status. Without `apply` the request is then not applied.
        apply: Whether a request that gets `status` is applied nevertheless.
        delay_ms: Milliseconds that the answer takes longer.
        drop: The connection dies `before` the request is applied, or `after`.
        body: The answer's body is cut in the middle (`truncated`), or is no JSON (`not-json`).

    Raises:
        SandboxError: If a value is none of a fault's.
    """

    path: str | None = None
    every: int | None = None
    probability: float | None = None
    first: int | None = None
    status: int | None = None
    apply: bool = False
    delay_ms: float = 0
    drop: Drop | None = None
    body: Damage | None = None

    def __post_init__(self) -> None:
        for name, sound in _CHECKS.items():
            value = getattr(self, name)
            if value is not None and not sound(value):
                raise SandboxError(f"{value!r} cannot be the {name!r} of a fault.")
        if sum(getattr(self, name) is not None for name in _WHEN) > 1:
            raise SandboxError(f"A fault has at most one of {', '.join(_WHEN)}.")

    @classmethod
    def read(cls, written: Any) -> Fault:
        """Read a fault from JSON.

        Raises:
            SandboxError: If a key or a value is none of a fault's.
        """
        if not isinstance(written, Mapping):
            raise SandboxError("A fault is an object.")
        unknown = sorted(set(written) - {each.name for each in fields(cls)})
        if unknown:
            raise SandboxError(f"A fault has no {', '.join(map(repr, unknown))}.")
        return cls(**{name: value for name, value in written.items() if value is not None})


class Faults:
    """Decide which requests are hit.

    Args:
        seed: Seed of the faults with a probability, so that a lesson can be repeated.
    """

    def __init__(self, seed: int = 0) -> None:
        self._seed = seed
        self.set([])

    def set(self, written: Any) -> None:
        """Replace all faults, and begin counting anew.

        Args:
            written: A list of faults, as JSON or as `Fault`.

        Raises:
            SandboxError: If one of them is no fault; nothing is replaced then.
        """
        if not isinstance(written, Sequence) or isinstance(written, str):
            raise SandboxError("Faults are a list.")
        faults = [each if isinstance(each, Fault) else Fault.read(each) for each in written]
        self._faults = [(fault, [0]) for fault in faults]
        self._random = Random(self._seed)  # noqa: S311 - which requests fail is no secret

    def pick(self, path: str) -> Fault | None:
        """Count a request, and give the first fault that hits it."""
        hit = None
        for fault, seen in self._faults:
            if fault.path in (None, path):
                seen[0] += 1
                if self._hits(fault, seen[0]) and hit is None:
                    hit = fault
        return hit

    def _hits(self, fault: Fault, number: int) -> bool:
        if fault.every is not None:
            return number % fault.every == 0
        if fault.first is not None:
            return number <= fault.first
        return fault.probability is None or self._random.random() < fault.probability


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


_CHECKS: dict[str, Callable[[Any], bool]] = {
    "path": lambda value: isinstance(value, str),
    "every": lambda value: _is_whole(value) and value > 0,
    "probability": lambda value: _is_number(value) and 0 <= value <= 1,
    "first": lambda value: _is_whole(value) and value >= 0,
    "status": lambda value: _is_whole(value) and 200 <= value <= 599,
    "apply": lambda value: isinstance(value, bool),
    "delay_ms": lambda value: _is_number(value) and 0 <= value <= 600_000,
    "drop": lambda value: value in ("before", "after"),
    "body": lambda value: value in ("truncated", "not-json"),
}
