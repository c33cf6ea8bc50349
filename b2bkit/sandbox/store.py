"""Where profiles live: look-up by every identifier, their events and purchases, attribute types.

Memory is the one place where profiles are looked up; a journal may keep what the store holds. What
happens to profiles is decided in `applying` and the endpoints.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from b2bkit.profiles import AttributeTypes, Event, Identifier, Profile, Purchase, Type
from b2bkit.sandbox.ids import Ids
from b2bkit.sandbox.journal import NoJournal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from b2bkit.sandbox.calls import Incoming
    from b2bkit.sandbox.catalogs import Catalog
    from b2bkit.sandbox.disk import Disk
    from b2bkit.sandbox.journal import Journal


class Store:
    """Hold the profiles of one workspace, in memory unless a journal keeps them."""

    def __init__(self) -> None:
        self._journal: Journal = NoJournal()
        self.ids = Ids()
        self._turn = 0
        self._forced: dict[str, Type] = {}
        self._empty()

    def __len__(self) -> int:
        return len(self._profiles)

    def __iter__(self) -> Iterator[Profile]:
        return iter(self._profiles.values())

    def keep_in(self, disk: Disk) -> None:
        """Hold what a file holds instead, and have it keep what happens from now on."""
        self._journal = NoJournal()
        self._empty()
        disk.load(self)
        self._changed.clear()
        self._journal = disk

    def clear(self) -> None:
        """Forget everything but forced types."""
        self._empty()
        self._journal.clear()
        self._journal.learn(self._forced, forced=True)

    def commit(self) -> None:
        """Have the journal make safe what changed."""
        for braze_id in self._changed:
            if braze_id in self._profiles:
                self._journal.save(self._profiles[braze_id], self._touched[braze_id])
        self._changed.clear()
        self._journal.commit()

    def let_go(self) -> None:
        """Close the journal, and go on in memory only."""
        self.commit()
        self._journal.close()
        self._journal = NoJournal()

    def find(self, identifier: Identifier) -> Profile | None:
        """Find the profile that an identifier names.

        Of several with one e-mail address or phone: the one updated last that has an external id,
        otherwise the one updated last. Source: Braze, Track users (2026).
        """
        found = self.find_all(identifier)
        if len(found) < 2:
            return found[0] if found else None
        return max(found, key=self._rank)

    def find_all(self, identifier: Identifier) -> list[Profile]:
        """Find every profile that an identifier names, in order of creation."""
        if identifier.kind == "braze_id":
            profile = self._profiles.get(identifier.value)
            return [profile] if profile else []
        return [self._profiles[one] for one in self._by_identifier.get(_normal(identifier), ())]

    def new_braze_id(self) -> str:
        """Make up an id that no profile has."""
        while (braze_id := self.ids.braze_id()) in self._profiles:
            pass
        return braze_id

    def turn(self, profile: Profile) -> int:
        """Say when a profile was last updated: the greater, the later."""
        return self._touched[profile.braze_id]

    def put(self, profile: Profile, turn: int | None = None) -> None:
        """Add or replace a profile, and count it as updated now (or at the turn given)."""
        before = self._profiles.get(profile.braze_id)
        if before is None or not _same_identity(before, profile):
            self._unlink(before)
            for identifier in _identifiers(profile):
                self._by_identifier.setdefault(identifier, {})[profile.braze_id] = None
        self._profiles[profile.braze_id] = profile
        self._turn = self._turn + 1 if turn is None else max(self._turn, turn)
        self._touched[profile.braze_id] = self._turn if turn is None else turn
        self._changed[profile.braze_id] = None

    def remove(self, profile: Profile) -> None:
        """Remove a profile with its events and purchases."""
        self._unlink(self._profiles.pop(profile.braze_id, None))
        self._touched.pop(profile.braze_id, None)
        self._events.pop(profile.braze_id, None)
        self._purchases.pop(profile.braze_id, None)
        self._journal.remove(profile.braze_id)

    def add(
        self, braze_id: str, events: Iterable[Event] = (), purchases: Iterable[Purchase] = ()
    ) -> None:
        """Append to the events and purchases of a profile."""
        self._events.setdefault(braze_id, []).extend(events)
        self._purchases.setdefault(braze_id, []).extend(purchases)
        self._journal.append(braze_id, events, purchases)

    def events(self, profile: Profile) -> tuple[Event, ...]:
        """Give the single events of a profile, oldest first."""
        return tuple(self._events.get(profile.braze_id, ()))

    def purchases(self, profile: Profile) -> tuple[Purchase, ...]:
        """Give the single purchases of a profile, oldest first."""
        return tuple(self._purchases.get(profile.braze_id, ()))

    def learn(self, types: Mapping[str, Type]) -> None:
        """Remember types of attributes that were detected; a forced type stays."""
        new = {name: type_ for name, type_ in types.items() if name not in self._forced}
        if new:
            self._types.update(new)
            self._journal.learn(new, forced=False)

    def force(self, types: Mapping[str, Type]) -> None:
        """Force types of attributes, as the dashboard can; `clear` keeps them."""
        self._forced.update(types)
        self._types.update(types)
        self.types = AttributeTypes(self._types, frozenset(self._forced))
        self._journal.learn(types, forced=True)

    def keep_request(self, request: Incoming) -> int:
        """Have the journal keep a request that is queued; give the number it has there."""
        number = self._journal.keep_request(request)
        self._journal.commit()
        return number

    def forget_request(self, number: int) -> None:
        """Have the journal forget a request with the next commit, because it is applied."""
        self._journal.forget_request(number)

    def put_catalogs(self, catalogs: Mapping[str, Catalog]) -> None:
        """Add or replace catalogs."""
        self.catalogs.update(catalogs)
        for name in catalogs:
            self.keep_catalog(name)

    def keep_catalog(self, name: str) -> None:
        """Have the journal keep a catalog that was changed."""
        if name in self.catalogs:
            self._journal.save_catalog(name, self.catalogs[name])

    def _empty(self) -> None:
        self.ids.clear()
        self._profiles: dict[str, Profile] = {}
        self._touched: dict[str, int] = {}
        self._turn = 0
        self._changed: dict[str, None] = {}
        self._by_identifier: dict[Identifier, dict[str, None]] = {}
        self._events: dict[str, list[Event]] = {}
        self._purchases: dict[str, list[Purchase]] = {}
        self.catalogs: dict[str, Catalog] = {}
        self._types: dict[str, Type] = dict(self._forced)
        self.types = AttributeTypes(self._types, frozenset(self._forced))

    def _rank(self, profile: Profile) -> tuple[bool, int]:
        return profile.external_id is not None, self._touched[profile.braze_id]

    def _unlink(self, profile: Profile | None) -> None:
        if profile is None:
            return
        for identifier in _identifiers(profile):
            holders = self._by_identifier[identifier]
            holders.pop(profile.braze_id, None)
            if not holders:
                del self._by_identifier[identifier]


def _identifiers(profile: Profile) -> set[Identifier]:
    found = {Identifier("user_alias", name, label) for label, name in profile.aliases.items()}
    if profile.external_id is not None:
        found.add(Identifier("external_id", profile.external_id))
    if profile.email:
        found.add(Identifier("email", profile.email.lower()))
    if profile.phone:
        found.add(Identifier("phone", profile.phone))
    tokens = profile.attributes.get("push_tokens", ())
    return found | {Identifier("push_token", token["token"]) for token in tokens}


def _same_identity(one: Profile, other: Profile) -> bool:
    if one.external_id != other.external_id or one.aliases != other.aliases:
        return False
    if one.attributes is other.attributes:
        return True
    names = ("email", "phone", "push_tokens")
    return all(one.attributes.get(name) == other.attributes.get(name) for name in names)


def _normal(identifier: Identifier) -> Identifier:
    if identifier.kind == "email":
        return Identifier("email", identifier.value.lower())
    return identifier
