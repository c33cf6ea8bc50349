"""Apply one filter as a render would, without a template around it."""

from datetime import UTC, datetime
from types import SimpleNamespace

from b2bkit.liquid.filters import FILTERS
from b2bkit.liquid.run import Limits, Run

NOW = datetime(2026, 9, 2, 15, 4, 5, 250_000, tzinfo=UTC)


AMPLE = Limits(seconds=60)


def run(limits=AMPLE, *, noting=False):
    return Run(limits, now=NOW, noting=noting)


def apply(name, value, *arguments, in_run=None, **named):
    """Give what the filter `name` makes of `value`."""
    function = FILTERS[name]
    if getattr(function, "with_context", False):
        named["context"] = SimpleNamespace(run=in_run or run())
    return function(value, *arguments, **named)


def findings(name, value, *arguments, **named):
    """Give the ids of the findings that the filter leaves behind."""
    noting = run(noting=True)
    apply(name, value, *arguments, in_run=noting, **named)
    return [finding.id for finding in noting.findings]
