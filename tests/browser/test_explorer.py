"""The Explorer as a person meets it: in the first notebook, in a real JupyterLab."""

from __future__ import annotations

import os
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import nbformat
import pytest
from lab_server import DARK, SAVE_WIDGET_STATE
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import Locator, Page, expect

START = "00_start_here.ipynb"
COUNTER = "Count with a custom attribute (counter)"
BODY = "Body: Liquid and JSON"
KEY = "0f1e2d3c-made-up-live-like-key"
ROW = ".b2b-results tbody tr"
PROBLEM = ".b2b-review .b2b-error[role=status]"


def choose_counter(explorer: Locator, name: str = "promo_views", count: str = "5") -> None:
    explorer.get_by_label("Use case").select_option(COUNTER)
    explorer.get_by_label("Counter").fill(name)
    explorer.get_by_label(f"custom_attribute.${{{name}}}", exact=True).fill(count)


def send(explorer: Locator, rows: int) -> None:
    """Click Send and wait until the table has that many rows."""
    explorer.get_by_role("button", name="Send", exact=True).click()
    expect(explorer.locator(ROW)).to_have_count(rows)


def count_of(explorer: Locator, name: str = "promo_views") -> Locator:
    return explorer.get_by_label(f"custom_attribute.${{{name}}}", exact=True)


@pytest.fixture
def start(run_notebook):
    """The Explorer of the first notebook, after Run All Cells."""

    def open_it(*settings) -> Locator:
        explorer = run_notebook(START, *settings).locator(".b2b-explorer")
        explorer.wait_for()
        return explorer

    return open_it


@pytest.fixture
def write_notebook(lab):
    """Put a notebook of code cells beside the others."""

    def write(name: str, *cells: str) -> str:
        kernel = {"name": "python3", "display_name": "Python 3"}
        notebook = new_notebook(
            cells=[new_code_cell(cell) for cell in cells], metadata={"kernelspec": kernel}
        )
        nbformat.write(notebook, lab.work / "notebooks" / name)
        return name

    return write


def test_count_twice_and_see_it_in_the_table_and_in_the_profile(start):
    explorer = start()
    choose_counter(explorer)
    preview = explorer.locator(".b2b-preview")
    expect(preview).to_contain_text('"promo_views": {"inc": 1}')
    explorer.get_by_label("Variant").select_option("as documented in Braze's article")
    expect(preview).to_contain_text('"promo_views": "6"')
    count_of(explorer).fill("7")
    expect(preview).to_contain_text('"promo_views": "8"')
    explorer.get_by_label("Variant").select_option("recommended")

    send(explorer, rows=1)
    expect(explorer.locator(ROW).first).to_contain_text("promo_views: 7 (number) → 8 (number)")
    send(explorer, rows=2)
    expect(explorer.locator(ROW).first).to_contain_text("promo_views: 8 (number) → 9 (number)")
    expect(explorer).to_contain_text("Accepted (201)")
    profile = explorer.get_by_role("table", name="Profile of ada in the sandbox")
    expect(profile).to_contain_text("9 (number)")
    expect(count_of(explorer)).to_have_value("9")


def test_each_step_of_the_article_can_be_pointed_to(start):
    explorer = start()
    choose_counter(explorer)
    explorer.get_by_text("Where each part is entered in Braze").click()
    steps = explorer.get_by_role("table", name="Steps in Braze")
    for what in ("Webhook URL", "Request Body", "HTTP Method", "Request Headers", "Trigger"):
        expect(steps.get_by_role("cell", name=what, exact=True)).to_be_visible()
    expect(steps).to_contain_text("users.track")


def test_broken_liquid_shows_the_caret_under_its_place_and_loses_nothing(start):
    explorer = start()
    choose_counter(explorer)
    body = explorer.get_by_label(BODY)
    body.press("Control+End")
    body.press_sequentially("\n{% if %}")
    expect(explorer.locator(PROBLEM)).to_contain_text("body, line 10, column")
    place = explorer.get_by_label("the place of the error")
    expect(place).to_contain_text("{% if %}")  # not an excerpt from while it was being typed
    excerpt = place.inner_text().split("\n")
    assert excerpt[0] == "{% if %}"
    assert excerpt[1].strip() == "^"
    expect(explorer.locator(".b2b-preview.b2b-stale")).to_contain_text('"promo_views"')
    expect(body).to_be_focused()

    explorer.get_by_role("button", name="Back to the use case's body").click()
    expect(explorer.locator(".b2b-stale")).to_have_count(0)
    expect(count_of(explorer)).to_have_value("5")


def test_nothing_above_the_editor_moves_while_somebody_types_in_it(start):
    explorer = start()
    body = explorer.get_by_label(BODY)
    body.press("Control+End")
    body.press_sequentially(" ")
    preview = explorer.locator(".b2b-preview")
    places = {preview.bounding_box()["y"]}
    for letter in "{% if %}":
        body.press(letter)
        expect(body).to_have_value(re.compile(re.escape(letter) + "$"))
        places.add(preview.bounding_box()["y"])
    expect(explorer.locator(PROBLEM)).to_contain_text("line")
    places.add(preview.bounding_box()["y"])
    assert len(places) == 1


def test_two_explorers_on_a_page_do_not_disturb_each_other(run_notebook, write_notebook):
    show = "from b2bkit import Explorer\nExplorer('counter')"
    notebook = run_notebook(write_notebook("two.ipynb", show, show))
    first, second = (notebook.locator(".b2b-explorer").nth(each) for each in (0, 1))
    second.wait_for()
    choose_counter(first, "first_count", "10")
    choose_counter(second, "second_count", "20")
    send(first, rows=1)
    send(second, rows=1)
    send(first, rows=2)
    expect(first.locator(ROW).first).to_contain_text("first_count: 11 (number) → 12 (number)")
    expect(second.locator(ROW).first).to_contain_text("second_count: 20 (number) → 21 (number)")
    expect(second.get_by_role("table", name="Profile of ada-2")).to_be_visible()


def test_running_the_cell_again_keeps_what_was_typed_and_the_sandbox(run_notebook, quiet_page):
    notebook = run_notebook(START)
    explorer = notebook.locator(".b2b-explorer")
    choose_counter(explorer)
    send(explorer, rows=1)
    run_notebook.choose("Run", "Run All Cells")
    expect(notebook.locator(".jp-InputArea-prompt", has_text="[2]:")).to_be_visible()
    expect(explorer).to_have_count(1)
    expect(explorer.get_by_label("Counter")).to_have_value("promo_views")
    send(explorer, rows=2)
    expect(explorer.locator(ROW).first).to_contain_text("promo_views: 6 (number) → 7 (number)")


def test_a_restarted_kernel_says_so_in_words(lab, run_notebook, quiet_page: Page):
    notebook = run_notebook(START)
    explorer = notebook.locator(".b2b-explorer")
    expect(explorer).to_contain_text("The sandbox is new with this kernel")
    kernel = quiet_page.request.get(lab.url("api/sessions")).json()[0]["kernel"]["id"]
    started = lab.private / "JUPYTER_RUNTIME_DIR" / f"kernel-{kernel}.json"
    os.utime(started, (0, 0))  # as if it had been started long ago
    quiet_page.request.post(lab.url(f"api/kernels/{kernel}/restart"))
    quiet_page.locator("#jp-main-statusbar").get_by_text("| Idle").wait_for()
    run_notebook.run_all(notebook)
    expect(notebook.locator(".b2b-explorer")).to_contain_text("The kernel was restarted")


def test_the_keyboard_alone_suffices(start, quiet_page: Page):
    """From the first control with Tab only: choose, fill, look, send."""
    explorer = start()
    keys = quiet_page.keyboard

    def tab_to(name: str) -> None:
        for _ in range(30):
            keys.press("Tab")
            if described() == name:
                return
        pytest.fail(f"Tab does not lead to {name}; it stands on {described()}")

    def described() -> str:
        return quiet_page.evaluate(
            "e => { e = document.activeElement; "
            "return (e.labels && e.labels[0] || e).textContent.trim() }"
        )

    explorer.get_by_label("Use case").focus()
    keys.type("Count")
    expect(explorer.get_by_label("Use case")).to_have_value(COUNTER)
    tab_to("Counter")
    keys.press("Control+a")
    keys.type("by_keyboard")
    expect(count_of(explorer, "by_keyboard")).to_be_visible()
    tab_to("custom_attribute.${by_keyboard}")
    keys.press("Control+a")
    keys.type("3")
    tab_to(BODY)
    tab_to("Send")
    keys.press("Enter")
    expect(explorer.locator(ROW)).to_contain_text(["by_keyboard: 3 (number) → 4 (number)"])


@pytest.mark.parametrize("width", [900, 1400])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_is_cut_off(start, quiet_page: Page, theme: str, width: int):
    """Even with long values, nothing scrolls sideways and everything has its place."""
    quiet_page.set_viewport_size({"width": width, "height": 1400})
    explorer = start(*([DARK] if theme == "dark" else []))
    choose_counter(explorer)
    explorer.get_by_label("${first_name}", exact=True).fill("long" * 80)
    explorer.get_by_label("${user_id}", exact=True).fill("user-" * 40)
    send(explorer, rows=1)
    too_wide = explorer.evaluate(
        """panel => [panel, ...panel.querySelectorAll('*')]
            .filter(e => e.checkVisibility() && !e.matches('input, select, .b2b-form *'))
            .filter(e => e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 1)
            .filter(e => getComputedStyle(e).display !== 'inline')
            .map(e => `${e.tagName} ${e.className} ${e.scrollWidth} > ${e.clientWidth}`)"""
    )
    assert too_wide == []


# The key


class Listener(ThreadingHTTPServer):
    """A server on loopback that is not the sandbox: it refuses, and repeats the key it got."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Refusal)
        self.heard: list[str] = []


class Refusal(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        said = self.headers["Authorization"]
        self.server.heard.append(said)
        body = said.encode()
        self.send_response(401)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_) -> None:
        pass


@pytest.fixture
def listener():
    with Listener() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_a_key_that_was_used_is_nowhere_in_what_is_saved(start, run_notebook, listener):
    explorer = start(SAVE_WIDGET_STATE)
    explorer.get_by_label("Instance").select_option("Custom URL")
    explorer.get_by_label("Custom URL").fill(f"http://127.0.0.1:{listener.server_port}")
    explorer.get_by_label("API key").fill(KEY)
    explorer.get_by_role("button", name="Use key").click()
    expect(explorer.get_by_label("API key")).to_have_value("")
    explorer.get_by_label("I understand that this writes to a live workspace").check()
    send(explorer, rows=1)
    expect(explorer).to_contain_text("Refused (401)")
    saved = run_notebook.save()
    assert listener.heard == [f"Bearer {KEY}"]
    assert "Refused (401)" in saved, "the state of the widgets was not saved at all"
    assert KEY not in saved
    assert KEY not in explorer.page.content()


def test_the_tick_is_asked_for_and_goes_when_the_instance_changes(start):
    explorer = start()
    tick = explorer.get_by_label("I understand that this writes to a live workspace")
    expect(tick).to_be_hidden()
    explorer.get_by_label("Instance").select_option("US-06 (rest.iad-06.braze.com)")
    explorer.get_by_role("button", name="Send", exact=True).click()
    expect(explorer.get_by_role("alert")).to_contain_text("Nothing was sent: tick first")
    tick.check()
    explorer.get_by_label("Instance").select_option("EU-01 (rest.fra-01.braze.eu)")
    expect(tick).not_to_be_checked()
