"""The Explorer without widgets: what a person does goes in, what is to be seen comes out.

Each use case keeps its own draft, so that nothing typed is lost when another is looked at.
Whoever wants to know of changes, registers with `watch`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from b2bkit.client import Client
from b2bkit.errors import B2bkitError
from b2bkit.ui.entries import Entry
from b2bkit.ui.explorer import people
from b2bkit.ui.explorer.draft import RECOMMENDED, Draft
from b2bkit.ui.explorer.look import Look, look
from b2bkit.ui.explorer.sending import Result, Sender
from b2bkit.ui.explorer.slots import USER_ID
from b2bkit.ui.explorer.target import Target

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from b2bkit.ui.session import Session
    from b2bkit.webhook import Request


class NothingToSend(B2bkitError):  # noqa: N818 - named for what happened
    """Raised when Send is clicked and there is no request that would be sent."""


class ExplorerModel:
    """Hold the state of one Explorer: `draft`, what it comes to (`look`), `target` and `results`.

    Args:
        session: The kernel's session: its sandbox, and a number for each Explorer.
        use_case: Id of the use case to begin with.
        variant: The variant to begin with.
        make_client: Makes the clients; another one for tests.
    """

    draft: Draft
    look: Look

    def __init__(
        self,
        session: Session,
        use_case: str,
        variant: str = RECOMMENDED,
        *,
        make_client: Callable[..., Client] = Client,
    ) -> None:
        self.session = session
        self.number = session.number("explorer")
        self.sender = Sender(session, make_client)
        self.target = Target()
        self.results: list[Result] = []
        self._watcher: Callable[[], None] = _do_nothing
        self._replaced: Callable[[], None] = _do_nothing
        self._left: dict[str, tuple[Draft, Look]] = {}
        self._prepared: tuple[str, str] | None = None
        self._edited: set[str] = set()
        self._begin(use_case, variant)

    def watch(
        self, watcher: Callable[[], None], replaced: Callable[[], None] | None = None
    ) -> None:
        """Call the watcher after every change, and `replaced` when another takes its place."""
        self._replaced()
        self._watcher, self._replaced = watcher, replaced or _do_nothing

    # Choose

    def choose(self, use_case: str) -> None:
        """Choose a use case; what was typed for it before is there again."""
        self._left[self.draft.use_case] = (self.draft, self.look)
        if use_case in self._left:
            draft, self.look = self._left[use_case]
            self._set(draft)
        else:
            self._begin(use_case, RECOMMENDED)
        self._watcher()

    def choose_variant(self, variant: str) -> None:
        """Choose another variant of the use case."""
        self._take(self.draft.with_variant(variant))

    def name(self, placeholder: str, name: str) -> None:
        """Fill in a name."""
        self._take(self.draft.with_name(placeholder, name))

    # Fill

    def fill(self, key: str, entry: Entry) -> None:
        """Fill in a field."""
        self._edited.add(key)
        self._take(self.draft.with_entry(key, entry))

    def edit_body(self, body: str) -> None:
        """Edit the body."""
        own = self.look.use_case.webhook.body
        self._take(self.draft.with_own_body() if body == own else self.draft.with_body(body))

    def use_own_body(self) -> None:
        """Go back to the use case's body."""
        self._take(self.draft.with_own_body())

    # Send

    def aim(self, target: Target) -> None:
        """Choose where to send, or set the tick; the URL follows a live instance."""
        self.target = target
        self._set(self.draft)
        self._watcher()

    def use_key(self, typed: str) -> None:
        """Use a key for the place that is chosen.

        Raises:
            KeyMissing: If what was typed is no key.
        """
        self.sender.use_key(self.target, typed)
        self._watcher()

    def forget_key(self) -> None:
        """Let go of the key for the place that is chosen."""
        self.sender.forget_key(self.target)
        self._watcher()

    @property
    def user(self) -> str:
        """Give the external id that was filled in; blank when there is none."""
        return people.user_id(self.look.slots)

    async def send(self) -> Result:
        """Send the request that is to be seen, and note what came of it.

        Raises:
            NothingToSend: If there is no request, or it is not what the fields and the body say.
            ClientError: If it was refused before anything was sent.
        """
        request, target, user = self._ready(), self.target, self.user
        title = self.look.use_case.title
        self.sender.client(target)  # refuses before anything is touched
        if target.is_sandbox and user:
            self._put_user(user)
        self._edited.clear()
        result = await self.sender.send(request, target, user)
        result = replace(result, use_case=title)
        self.results.append(result)
        if result.after is not None and self.user == user:
            self._refresh(result.after)
        self._watcher()
        return result

    def reset_user(self) -> None:
        """Start again: the sample's values in the fields, and in the sandbox a user who has them.

        Results stay to be seen.
        """
        self._prepared = None
        self._edited.clear()
        self._set(self._own_user(self.draft.without_entries()))
        if self.target.is_sandbox and self.user:
            self.session.sandbox.put_user(people.exported(self.user, self.look.slots))
        self._watcher()

    def _begin(self, use_case: str, variant: str) -> None:
        self.draft = Draft(use_case, variant)
        self.look = look(self.draft, home=self.target.braze)
        self._set(self._own_user(self.draft))

    def _own_user(self, draft: Draft) -> Draft:
        """Give every Explorer but the first a user of its own."""
        own = (self.look.use_case.sample.attributes or {}).get(people.USER_ID)
        if self.number == 1 or not own:
            return draft
        return draft.with_entry(USER_ID, Entry("text", f"{own}-{self.number}"))

    def _set(self, draft: Draft) -> None:
        self.draft = draft
        self.look = look(draft, self.look, self.target.braze)

    def _take(self, draft: Draft) -> None:
        self._set(draft)
        self._watcher()

    def _ready(self) -> Request:
        if problem := self.look.problem:
            place = f" ({problem.place})" if problem.place else ""
            raise NothingToSend(f"Nothing was sent. First mend this: {problem.message}{place}")
        if self.look.aborted is not None:
            raise NothingToSend(
                f"Nothing was sent, as Braze would send nothing for this user: {self.look.aborted}"
            )
        if self.look.request is None:
            raise NothingToSend("Nothing was sent: these fields make no request.")
        return self.look.request

    def _put_user(self, user: str) -> None:
        """Put what was filled in into the profile: all of it at first, then when it was edited."""
        sandbox, slots = self.session.sandbox, self.look.slots
        known, who = sandbox.profile(user), (self.draft.use_case, user)
        is_edited = any(people.is_of_profile(s) and s.key in self._edited for s in slots)
        if known is None or self._prepared != who or is_edited:
            sandbox.put_user(people.exported(user, slots, onto=known))
        self._prepared = who

    def _refresh(self, profile: Mapping[str, Any]) -> None:
        """Bring the fields up to the profile, but for those edited since Send was clicked."""
        fresh = people.refreshed(profile, self.look.slots)
        kept = {key: entry for key, entry in fresh.items() if key not in self._edited}
        if kept:
            self._set(self.draft.with_entries(kept))


def _do_nothing() -> None:
    pass
