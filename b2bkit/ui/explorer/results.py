"""What came of sending, as HTML: the answer, the profile before and after, the table of results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from b2bkit import display
from b2bkit.ui.explorer.outcome import HEAD, compare, rows, short
from b2bkit.ui.markup import Markup, element, folded, join, sentence, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from b2bkit.ui.explorer.sending import Result
    from b2bkit.ui.markup import Tone

SHOWN = 50
"""Results in the table; the older ones are in the history of their client."""
_TONES: dict[str, Tone] = {"accepted": "good", "accepted with errors": "warning"}


def answer(result: Result, number: int) -> Markup:
    """Say what the answer to a numbered request means, what was left out, and show the body."""
    tone = _TONES.get(result.outcome, "error")
    title = f"Answer to request {number}"
    said = [
        element("div", title, class_="b2b-group", role="heading", aria_level="4"),
        sentence(result.summary, tone, role="status"),
    ]
    if result.dropped:
        left_out = "; ".join(result.dropped)
        said.append(
            sentence(f"Left out without a word in the answer: {left_out}. "
                     "Only the sandbox's own log says so.", "warning")
        )  # fmt: skip
    said += [sentence(f"The sandbox notes: {note}.") for note in result.notes]
    if response := result.response:
        is_json = response.json is not None
        body = display.pretty(response.json) if is_json else response.body
        shown = Markup(display.code(body, is_json=is_json))
        said.append(folded(f"Response body ({response.status})", shown, is_open=True))
    return join(said)


def profile(result: Result) -> Markup:
    """Compare the profile before and after, attribute by attribute."""
    if not result.was_watched:
        return sentence("Profiles are only looked at in the sandbox.")
    if result.before is None and result.after is None:
        return sentence("No user ID was filled in, so there is no profile to look at.")
    parts = compare(result.before, result.after)
    lines = [
        (_marked(row.name, row.change), row.before, _marked(row.after, row.change), row.change)
        for row in parts
    ]
    caption = f"Profile of {short(result.user)} in the sandbox, before and after"
    return table(("Attribute", "Before", "After", "Change"), lines, caption=caption)


def _marked(text: str, change: str) -> object:
    return text if change == "unchanged" else element("b", text)


def result_table(results: Sequence[Result]) -> Markup:
    """Show the newest results, one a row."""
    lines = rows(results)[:SHOWN]
    shown = table(HEAD, lines, caption=f"Results ({len(results)} sent, the newest first)")
    return element(
        "div",
        shown,
        class_="b2b-scroll b2b-results",
        tabindex="0",
        role="region",
        aria_label="Results",
    )
