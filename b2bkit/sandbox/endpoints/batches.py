"""What the endpoints that take a list of up to 50 things have in common.

Each item is checked on its own; unsound items come back in `errors` with array and index, and the
others are worked on. A body of which nothing is sound is refused.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from b2bkit.braze import answers
from b2bkit.braze.answers import SUCCESS, Answer
from b2bkit.braze.limits import RECIPIENTS
from b2bkit.profiles import Refusal
from b2bkit.sandbox.calls import Outcome, Reply, Work, refuse
from b2bkit.sandbox.log import DroppedItem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from b2bkit.sandbox.feed import Happening
    from b2bkit.sandbox.store import Store


@dataclass(slots=True)
class Batch:
    """Collect the sound items of a body, and the refusals of the others."""

    items: list[tuple[str, int, Any]] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)

    def read(self, body: Mapping[str, Any], name: str, read: Callable[[Any], Any]) -> Reply | None:
        """Read one array of a body, item by item; give the reply of a fatal error, if any.

        Args:
            body: The body.
            name: Name of the array; it may be missing.
            read: Makes something of an item, or an `Answer` that refuses it.
        """
        array = body.get(name)
        if array is None:
            return None
        if not isinstance(array, list):
            return refuse(answers.must_be_array(name))
        if len(array) > RECIPIENTS:
            return refuse(answers.TOO_MANY_IDS)
        for index, item in enumerate(array):
            found = read(item) if isinstance(item, dict) else answers.must_be_object(name)
            if isinstance(found, Answer):
                self.refusals.append(Refusal(found.text, name, index))
            else:
                self.items.append((name, index, found))
        return None

    def reply(self, status: int, work: Work, empty: Answer, **more: Any) -> Reply:
        """Answer for the sound items; refuse when there are none."""
        errors: dict[str, Any] = (
            {"errors": [asdict(each) for each in self.refusals]} if self.refusals else {}
        )
        if not self.items:
            return refuse(empty, **errors)
        return Reply(status, {"message": SUCCESS, **more, **errors}, work)


def for_each(
    items: list[tuple[str, int, Any]],
    do: Callable[[Store, Any, datetime], str | list[Happening]],
) -> Work:
    """Make work that does one thing for each item.

    What it does for an item gives back what is to be told of it, or the reason why it did nothing.
    """

    def work(store: Store, now: datetime) -> Outcome:
        outcome = Outcome()
        for name, index, item in items:
            done = do(store, item, now)
            if isinstance(done, str):
                outcome.dropped.append(DroppedItem(name, index, None, done))
                continue
            outcome.applied += 1
            outcome.happenings += done
        return outcome

    return work
