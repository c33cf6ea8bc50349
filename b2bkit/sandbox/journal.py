"""What a store tells so that its state can be kept, and the journal that keeps nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from b2bkit.profiles import Event, Profile, Purchase, Type
    from b2bkit.sandbox.calls import Incoming
    from b2bkit.sandbox.catalogs import Catalog


class Journal(Protocol):
    """Keep what a store tells. Nothing counts as kept before `commit`."""

    def save(self, profile: Profile, turn: int) -> None:
        """Keep a profile as it is now, and when it was last updated."""

    def remove(self, braze_id: str) -> None:
        """Forget a profile with its events and purchases."""

    def append(self, braze_id: str, events: Iterable[Event], purchases: Iterable[Purchase]) -> None:
        """Keep single events and purchases of a profile."""

    def learn(self, types: Mapping[str, Type], *, forced: bool) -> None:
        """Keep types of attributes."""

    def save_catalog(self, name: str, catalog: Catalog) -> None:
        """Keep a catalog as it is now."""

    def keep_request(self, request: Incoming) -> int:
        """Keep a request that was accepted and is not applied yet; give the number it has."""

    def forget_request(self, number: int) -> None:
        """Forget a request, because it was applied."""

    def clear(self) -> None:
        """Forget everything."""

    def commit(self) -> None:
        """Make what was told since the last time safe."""

    def close(self) -> None:
        """Let go of the file."""


class NoJournal:
    """Keep nothing: the state lives in memory only."""

    def save(self, profile: Profile, turn: int) -> None:
        """Do nothing."""

    def remove(self, braze_id: str) -> None:
        """Do nothing."""

    def append(self, braze_id: str, events: Iterable[Event], purchases: Iterable[Purchase]) -> None:
        """Do nothing."""

    def learn(self, types: Mapping[str, Type], *, forced: bool) -> None:
        """Do nothing."""

    def save_catalog(self, name: str, catalog: Catalog) -> None:
        """Do nothing."""

    def keep_request(self, request: Incoming) -> int:  # noqa: ARG002 - part of the protocol
        """Do nothing."""
        return 0

    def forget_request(self, number: int) -> None:
        """Do nothing."""

    def clear(self) -> None:
        """Do nothing."""

    def commit(self) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Do nothing."""
