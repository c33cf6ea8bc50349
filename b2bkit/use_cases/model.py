"""`UseCase`: what one file of the library holds, with the chosen names filled in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from b2bkit.webhook import Webhook

if TYPE_CHECKING:
    from collections.abc import Mapping

    from b2bkit.liquid import Context


@dataclass(frozen=True, slots=True)
class NameField:
    """Describe a name that a person may choose.

    Args:
        label: What it is, for a form.
        default: The name where none is chosen.
        help: What it is for, with an example.
    """

    label: str
    default: str
    help: str


@dataclass(frozen=True, repr=False)
class UseCaseWebhook(Webhook):
    """A webhook in its place in a use case.

    Args:
        id: Its name in the use case.
        trigger: What sends it, as the file says: `action`, `event` ...; empty if it says nothing.
    """

    id: str = ""
    trigger: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class UseCase:
    """Hold one use case in one variant.

    Args:
        id: Its name, which is the file's.
        variant: `recommended`, or `as-documented`: the text of Braze's article.
        variants: The variants there are.
        title: What it is, in a few words.
        goal: What it is good for, as a sentence.
        where: How it is configured in Braze: step -> what to do there, in the article's order.
        permission: The permission that the API key needs.
        notice: What to notice, sentence by sentence.
        today: What Braze offers today instead.
        names: Placeholder -> the name that stands in its place.
        name_fields: Placeholder -> label, default and help.
        webhooks: Its webhooks by id, in order.
        sample: A user and an event to try it with.
    """

    id: str
    variant: str
    variants: tuple[str, ...]
    title: str
    goal: str
    where: dict[str, str]
    permission: str
    notice: tuple[str, ...]
    today: str
    names: dict[str, str]
    name_fields: dict[str, NameField]
    webhooks: dict[str, UseCaseWebhook]
    sample: Context

    @property
    def webhook(self) -> UseCaseWebhook:
        """Give the first webhook, which is the only one of most use cases."""
        return next(iter(self.webhooks.values()))

    def __repr__(self) -> str:
        return f"<UseCase {self.id}, {self.variant}>"
