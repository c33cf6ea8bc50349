"""Every handler shows its own failure, and long work can be stopped."""

import asyncio

import ipywidgets as w
import pytest

from b2bkit.errors import B2bkitError
from b2bkit.ui.panel import Panel


class PlannedError(B2bkitError):
    pass


@pytest.fixture
def panel():
    return Panel(name="test", hide=lambda text: text.replace("s3cret", "•••"))


def fail(error):
    def handler(*_):
        raise error

    return handler


@pytest.mark.parametrize(
    ("error", "shown", "folded"),
    [
        (PlannedError("The key s3cret is <b>wrong</b>."), "The key ••• is &lt;b&gt;wrong", False),
        (KeyError("s3cret"), "This should not have happened (KeyError)", True),
    ],
    ids=["foreseen", "not foreseen"],
)
@pytest.mark.parametrize("by", ["click", "change", "task"])
def test_what_a_handler_raises_is_shown_without_the_key(panel, error, shown, folded, by):
    button, text = w.Button(), w.Text()
    if by == "click":
        panel.on_click(button, fail(error))
        button.click()
    elif by == "change":
        panel.listen(text, fail(error))
        text.value = "typed"
    else:
        asyncio.run(run_to_the_end(panel, error))
    assert shown in panel.errors.value
    assert ("<details" in panel.errors.value) == folded
    assert "s3cret" not in panel.errors.value


async def run_to_the_end(panel, error):
    async def work():
        raise error

    ended = asyncio.Event()
    panel.begin(work(), ended.set)
    await ended.wait()
    await asyncio.sleep(0)


def test_work_without_a_loop_says_what_to_do_instead(panel):
    button = w.Button()
    panel.on_click(button, lambda: panel.begin(asyncio.sleep(0), lambda: None))
    button.click()
    assert "needs a notebook&#x27;s event loop" in panel.errors.value


def test_work_can_be_stopped(panel):
    async def stop():
        ended = []
        panel.begin(asyncio.Event().wait(), lambda: ended.append("ended"))
        await asyncio.sleep(0)
        assert panel.is_busy
        panel.stop()
        await asyncio.wait([panel.task])
        await asyncio.sleep(0)
        return ended

    assert asyncio.run(stop()) == ["ended"]
    assert not panel.is_busy
    assert panel.errors.value == ""


def test_putting_a_value_is_not_the_persons_doing(panel):
    heard, text = [], w.Text()
    panel.listen(text, heard.append)
    panel.put(text, value="put")
    text.value = "typed"
    assert heard == ["typed"]


def test_its_text_form_is_a_constant(panel):
    panel.children = [w.Text("typed")]
    assert repr(panel) == "A b2bkit panel: run this cell to use it."
    assert panel._repr_mimebundle_()["text/plain"] == repr(panel)


def test_closing_closes_what_is_inside(panel):
    inner = w.Text()
    panel.children = [w.VBox([w.HBox([inner])])]
    panel.close()
    assert inner.comm is None
