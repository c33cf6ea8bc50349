"""Where the Explorer sends to, and whether the person has said that they mean it. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from b2bkit.addresses import Address, AddressError
from b2bkit.braze.instances import Instance, UnknownInstance
from b2bkit.errors import B2bkitError

if TYPE_CHECKING:
    from b2bkit.sandbox import Sandbox

SANDBOX: Final = "sandbox"
CUSTOM: Final = "custom"


@dataclass(frozen=True, slots=True)
class Target:
    """Hold which instance was chosen. Any change of it takes the tick away.

    Args:
        choice: `sandbox`, the name of a documented instance, or `custom`.
        url: The address for `custom`, as typed.
        understood: Whether the person ticked that this writes to a live workspace.
    """

    choice: str = SANDBOX
    url: str = ""
    understood: bool = False

    def with_choice(self, choice: str) -> Target:
        """Choose an instance."""
        return replace(self, choice=choice, understood=False)

    def with_url(self, url: str) -> Target:
        """Type an address."""
        return replace(self, url=url, understood=False)

    def with_tick(self, *, understood: bool) -> Target:
        """Tick, or take the tick away."""
        return replace(self, understood=understood)

    @property
    def is_sandbox(self) -> bool:
        """Tell whether the sandbox of this kernel is chosen: the only one that needs no tick."""
        return self.choice == SANDBOX

    def instance(self, sandbox: Sandbox) -> Instance:
        """Give the instance that is meant.

        Raises:
            UnknownInstance: If the address is not one to send to.
        """
        if self.is_sandbox:
            return Instance.sandbox(sandbox.url)
        if self.choice != CUSTOM:
            return Instance.named(self.choice)
        if not self.url.strip():
            raise UnknownInstance(
                "The custom URL is blank. Write an address such as https://rest.iad-06.braze.com."
            )
        return Instance.at(self.url.strip())

    @property
    def braze(self) -> Instance | None:
        """Give the documented instance that is meant; `None` for the sandbox and other servers."""
        if self.is_sandbox:
            return None
        if self.choice != CUSTOM:
            return Instance.named(self.choice)
        try:
            custom = Instance.at(self.url.strip())
        except B2bkitError:
            return None
        return custom if custom.is_braze else None

    @property
    def place(self) -> str:
        """Name where the key belongs: the origin for an address of one's own, else the choice."""
        if self.choice != CUSTOM:
            return self.choice
        try:
            return Address.read(self.url.strip()).origin
        except AddressError:
            return CUSTOM


def choices() -> list[tuple[str, str]]:
    """List what can be chosen, as labels and choices."""
    named = [(f"{each.name} ({each.host})", each.name) for each in Instance.all()]
    return [("Sandbox on this machine", SANDBOX), *named, ("Custom URL", CUSTOM)]
