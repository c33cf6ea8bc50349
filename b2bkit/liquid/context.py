"""The values a template is rendered with, sorted as Braze's Liquid sees them. No rendering here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from b2bkit.braze.names import liquid_name
from b2bkit.liquid.namespaces import NAMESPACES, STANDARD

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, kw_only=True)
class Context:
    """Hold what a message is personalised with; every value is JSON-like, `None` is "not given".

    It reads as a mapping of the keywords that were given, so `Context(**context)` copies it.

    Args:
        attributes: Standard attributes by their Liquid names: `${user_id}`, `${email_address}`.
        custom_attribute: `custom_attribute.${...}`.
        event_properties: `event_properties.${...}` of the event that triggered the message.
        context: Canvas context, `context.${...}`.
        canvas_entry_properties: The older name of the properties a Canvas was entered with.
        api_trigger_properties: `api_trigger_properties.${...}`.
        campaign: `campaign.${name}` and its like; the next ones likewise.
        canvas: `canvas.${...}`.
        card: `card.${...}`.
        app: `app.${...}`.
        subscribed_state: `subscribed_state.${...}`.
        most_recently_used_device: `most_recently_used_device.${...}`.
        targeted_device: `targeted_device.${...}`.
        sms: `sms.${...}`.
        whats_app: `whats_app.${...}`.
        content_blocks: Text of each content block, by name.
        catalogs: Items by ID, by catalog: `{"games": {"1234": {"title": "Tales"}}}`.
        catalog_selections: Lists of items, by catalog and selection.
        connected_content: What each URL answers: `{url: {"status": 200, "body": "...",
            "content_type": "application/json"}}`. Nothing is ever fetched.
        variables: Plain Liquid variables.
        now: The moment of the render: aware, or UTC if it names no offset; `None` is the clock's.

    Raises:
        ValueError: `now` is a text that is not an ISO 8601 date and time, or an answer in
            `connected_content` is not a mapping with a whole number as its status.
    """

    attributes: Mapping[str, Any] | None = None
    custom_attribute: Mapping[str, Any] | None = None
    event_properties: Mapping[str, Any] | None = None
    context: Mapping[str, Any] | None = None
    canvas_entry_properties: Mapping[str, Any] | None = None
    api_trigger_properties: Mapping[str, Any] | None = None
    campaign: Mapping[str, Any] | None = None
    canvas: Mapping[str, Any] | None = None
    card: Mapping[str, Any] | None = None
    app: Mapping[str, Any] | None = None
    subscribed_state: Mapping[str, Any] | None = None
    most_recently_used_device: Mapping[str, Any] | None = None
    targeted_device: Mapping[str, Any] | None = None
    sms: Mapping[str, Any] | None = None
    whats_app: Mapping[str, Any] | None = None
    content_blocks: Mapping[str, str] | None = None
    catalogs: Mapping[str, Mapping[str, Any]] | None = None
    catalog_selections: Mapping[str, Mapping[str, Any]] | None = None
    connected_content: Mapping[str, Mapping[str, Any]] | None = None
    variables: Mapping[str, Any] | None = None
    now: datetime | str | None = None
    moment: datetime | None = field(init=False, repr=False, compare=False, default=None)

    def __post_init__(self) -> None:
        if self.now is not None:
            object.__setattr__(self, "moment", _moment(self.now))
        for url, answer in (self.connected_content or {}).items():
            _check_answer(url, answer)

    @classmethod
    def from_profile(cls, profile: Mapping[str, Any], **others: Any) -> Self:
        """Take a profile as `/users/export/ids` gives it; other keywords as for `Context`.

        API names become Liquid names (`external_id` -> `user_id`), and `custom_attributes`
        becomes `custom_attribute`. Given `attributes` and `custom_attribute` go over it.
        """
        attributes = {
            liquid_name(name): value
            for name, value in profile.items()
            if name != "custom_attributes"
        }
        custom = dict(profile.get("custom_attributes") or {})
        return cls(
            attributes=attributes | dict(others.pop("attributes", None) or {}),
            custom_attribute=custom | dict(others.pop("custom_attribute", None) or {}),
            **others,
        )

    def replace(self, **changes: Any) -> Self:
        """Give a context with some keywords changed."""
        return type(self)(**{**self, **changes})

    @cached_property
    def namespaces(self) -> dict[str, Mapping[str, Any]]:
        """Give what `${...}` reads, by the word before it; `attributes` where there is none."""
        given = ((name, getattr(self, name)) for name in (STANDARD, *NAMESPACES))
        return {name: values for name, values in given if values}

    @cached_property
    def globals(self) -> dict[str, Any]:
        """Give what a plain name reads: variables, then namespaces."""
        spaces: dict[str, Any] = {k: v for k, v in self.namespaces.items() if k != STANDARD}
        return {**spaces, **(self.variables or {})}

    def keys(self) -> tuple[str, ...]:
        """List the keywords that were given."""
        return tuple(name for name in _KEYWORDS if getattr(self, name) is not None)

    def __getitem__(self, keyword: str) -> Any:
        if keyword not in _KEYWORDS or (value := getattr(self, keyword)) is None:
            raise KeyError(keyword)
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(self.keys())

    def __len__(self) -> int:
        return len(self.keys())


_KEYWORDS = tuple(each.name for each in fields(Context) if each.init)


def _moment(now: datetime | str) -> datetime:
    if isinstance(now, str):
        try:
            now = datetime.fromisoformat(now)
        except ValueError as error:
            raise ValueError(
                f"now={now!r} is not a date and time: write it as in '2026-03-15T10:00:00Z'."
            ) from error
    return now if now.tzinfo else now.replace(tzinfo=UTC)


def _check_answer(url: str, answer: object) -> None:
    fits = isinstance(answer, Mapping) and isinstance(answer.get("status", 200), int)
    if not fits:
        raise ValueError(
            f"connected_content[{url!r}] is not an answer: write it as in"
            " {'status': 200, 'body': '...'}."
        )
