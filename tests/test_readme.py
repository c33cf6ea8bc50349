"""The README's example in Python does what it says."""

from __future__ import annotations

import re
from pathlib import Path

README = Path(__file__).parents[1] / "README.md"


def test_the_example_runs_and_the_count_rises(capsys):
    [example] = re.findall(r"(?ms)^```python\n(.*?)^```", README.read_text(encoding="utf-8"))
    exec(compile(example, README.name, "exec"), {})
    said = capsys.readouterr().out
    assert said.startswith("curl ")
    assert "$BRAZE_API_KEY" in said
    assert "accepted" in said.lower()
    assert said.endswith("{'coffees': {'type': 'number', 'value': 3}}\n")
