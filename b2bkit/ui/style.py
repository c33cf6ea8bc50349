"""The one block of CSS that every front end carries."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from b2bkit.ui.markup import Markup


@cache
def style() -> Markup:
    """Give the style element; its rules reach only what stands inside a `.b2b` panel."""
    css = Path(__file__).with_name("style.css").read_text(encoding="utf-8")
    return Markup(f"<style>{css}</style>")
