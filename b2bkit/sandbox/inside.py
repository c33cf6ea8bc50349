"""A hand inside the sandbox: look at its state, and set it, past all rules of Braze's.

What a request does is in `workspace`; this is for people who practise, and for tests.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from b2bkit.profiles import Identifier, Profile, type_of
from b2bkit.profiles.dates import write_moment
from b2bkit.profiles.types import TYPES
from b2bkit.sandbox.catalogs import read_catalogs, write_catalogs
from b2bkit.sandbox.errors import SandboxError
from b2bkit.sandbox.feed import Replaced
from b2bkit.sandbox.seeds import read_seed
from b2bkit.sandbox.state import restore_state, write_state
from b2bkit.sandbox.views import profile_view

if TYPE_CHECKING:
    from b2bkit.sandbox.workspace import Workspace


class Inside:
    """Look into a workspace, and set it up.

    Args:
        workspace: The workspace.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def view(self, external_id: str) -> dict[str, Any] | None:
        """Show a profile; `None` if there is none with this external id."""
        with self._workspace.lock:
            self._workspace.settle()
            found = self._workspace.store.find(Identifier("external_id", external_id))
            return profile_view(self._workspace.store, found) if found else None

    def views(self) -> list[dict[str, Any]]:
        """Show all profiles, in order of creation."""
        with self._workspace.lock:
            self._workspace.settle()
            return [
                profile_view(self._workspace.store, profile) for profile in self._workspace.store
            ]

    def read_log(self) -> list[dict[str, Any]]:
        """Show the log, oldest first."""
        with self._workspace.lock:
            self._workspace.settle()
            return self._workspace.log.as_json()

    def snapshot(self) -> dict[str, Any]:
        """Take the state of profiles and types, as JSON."""
        with self._workspace.lock:
            self._workspace.settle()
            return write_state(self._workspace.store)

    def restore(self, state: Any) -> None:
        """Bring back a state that `snapshot` took; what is queued is forgotten.

        Raises:
            SandboxError: If it is none; the state is then as it was.
        """
        with self._workspace.lock:
            restore_state(self._workspace.store, state)
            self._workspace.queue.clear()
            self._tell_replaced()

    def force_types(self, types: Any) -> None:
        """Force types of attributes, as the dashboard can.

        Raises:
            SandboxError: If it is no object of attribute names and types.
        """
        if not isinstance(types, Mapping) or not all(each in TYPES for each in types.values()):
            raise SandboxError(
                'Types are an object such as {"visits": "number"}; the types are '
                f"{', '.join(TYPES)}."
            )
        with self._workspace.lock:
            self._workspace.store.force(types)
            self._workspace.store.commit()

    def put_users(self, seed: Any) -> None:
        """Add or replace users: `{"users": [...]}` in the shape of an export; catalogs too.

        Raises:
            SandboxError: If it has not that shape; users before the one at fault are put.
        """
        read = read_seed(seed if isinstance(seed, Mapping) else {})
        self.put_catalogs(read.catalogs)
        for user in read.users:
            self.put_user(user)

    def put_catalogs(self, catalogs: Any, *, keep_known: bool = False) -> None:
        """Add or replace catalogs: `{"name": [item, ...]}`.

        With `keep_known` a catalog that is there already stays as it is.

        Raises:
            SandboxError: If one has not that shape; nothing is put then.
        """
        made = read_catalogs(catalogs)
        with self._workspace.lock:
            known = self._workspace.store.catalogs if keep_known else {}
            self._workspace.store.put_catalogs(
                {name: catalog for name, catalog in made.items() if name not in known}
            )
            self._workspace.store.commit()

    def catalogs(self) -> dict[str, list[dict[str, Any]]]:
        """Show all catalogs."""
        with self._workspace.lock:
            self._workspace.settle()
            return write_catalogs(self._workspace.store.catalogs)

    def put_user(self, exported: Mapping[str, Any], *, keep_known: bool = False) -> None:
        """Add a user in the shape of an export, or replace the one with the same identifier.

        With `keep_known` a user who is there already stays as it is.

        This is a hand on the state, not a request: no rule of Braze's is applied, and the types of
        the custom attributes become those of the values given.

        Raises:
            SandboxError: If it has not that shape.
        """
        try:
            profile = Profile.from_export(exported)
        except ValueError as error:
            raise SandboxError(f"This user cannot be put into the sandbox: {error}") from error
        with self._workspace.lock:
            known = self._known(profile)
            if known and keep_known:
                return
            profile = replace(
                profile,
                braze_id=profile.braze_id
                or (known.braze_id if known else self._workspace.store.new_braze_id()),
                created_at=profile.created_at or write_moment(self._workspace.clock()),
            )
            if known:
                self._workspace.store.remove(known)
            self._workspace.store.put(profile)
            custom = profile.custom_attributes.items()
            self._workspace.store.learn({name: type_of(value) for name, value in custom})
            self._workspace.store.commit()
            self._tell_replaced(profile.braze_id)

    def _tell_replaced(self, braze_id: str | None = None) -> None:
        self._workspace.feed.tell([Replaced(self._workspace.clock(), braze_id)])

    def _known(self, profile: Profile) -> Profile | None:
        identifiers = [Identifier("braze_id", profile.braze_id)]
        if profile.external_id is not None:
            identifiers.append(Identifier("external_id", profile.external_id))
        identifiers += [Identifier("user_alias", n, label) for label, n in profile.aliases.items()]
        return next(filter(None, map(self._workspace.store.find, identifiers)), None)
