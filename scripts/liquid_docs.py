"""Write docs/liquid.md from the code's own tables, and from what the code renders.

`python scripts/liquid_docs.py` writes the page; a test fails when it no longer says what the code
does. Words that no table holds stand in `liquid_docs.md`, around marks such as `<!-- tags -->`.
"""

from __future__ import annotations

import ast
import inspect
import re
from dataclasses import fields
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import liquid

from b2bkit.braze.sources import RUBY_LIQUID
from b2bkit.findings import SEVERITIES
from b2bkit.liquid import Context, Limits, Template, TemplateError, filters
from b2bkit.liquid.diagnosis import RULES
from b2bkit.liquid.tags.supported import SUPPORTED as TAGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from b2bkit.braze.sources import Source
    from b2bkit.liquid.filters import FilterInfo
    from b2bkit.liquid.tags.supported import TagInfo

HERE = Path(__file__).parent
WORDS = HERE / "liquid_docs.md"
PAGE = HERE.parent / "docs" / "liquid.md"
LIQUID = HERE.parent / "b2bkit" / "liquid"

HEAD = ("in Braze", "verified by", "uncertain", "source")
SUPPORT = {"yes": "yes", "reference": "in the engine, not in Braze's docs", "no": "no"}
VALUES: dict[str, Any] = {
    "missing": None,
    "`false`": False,
    "`''`": "",
    "`'  '`": "  ",
    "`'x'`": "x",
    "`0`": 0,
    "`[]`": [],
    "`{}`": {},
}
CONTEXT = Context(
    attributes={"first_name": "Ada", "user_id": "u-1"},
    custom_attribute={
        "zip code": "10115",
        "address": {"city": "Berlin"},
        "cart": [{"id": 7}],
        "count": 2,
        "text": "2",
        "on": True,
        "big": 1e20,
        "list": ["a", 2],
    },
    event_properties={"items": [{"name": "shoe"}, {"name": "hat"}]},
    now="2026-03-15T10:00:00Z",
)
SYNTAX = (
    "Hello {{${first_name}}}",
    "{{custom_attribute.${zip code}}}",
    "{{custom_attribute.${address.city}}} {{custom_attribute.${address}.city}}",
    "{{event_properties.${items}[0].name}} {{custom_attribute.${cart[0].id}}}",
    "{{${last_name} | default: 'friend'}}",
    '{"a":{{custom_attribute.${count}}}}',
    "${{custom_attribute.${count} | money}}",
    "{% if {{custom_attribute.${count}}} == 2 %}two{% endif %}",
    "{% assign n = {{custom_attribute.${count}}} | plus: 1 %}{{n}}",
    "{{ custom_attribute.${count} | plus: {{custom_attribute.${count} | times: 10}} }}",
    "{% if {{event_properties.${items} | size}} == 2 %}two{% endif %}",
    "{% raw %}{{${first_name}}}{% endraw %}{% comment %}gone{% endcomment %}",
    "{% abort_message('no name') %}",
    "{{{${first_name}}}}",
)
OPERATORS = (
    "1 == 1.0",
    "custom_attribute.${text} == 2",
    "custom_attribute.${count} >= 2",
    "custom_attribute.${nope} < 2",
    "custom_attribute.${nope} == nil",
    "custom_attribute.${text} > 1",
    "'blueberry' contains 'berry'",
    "custom_attribute.${list} contains 'a'",
    "custom_attribute.${list} contains '2'",
    "true or false and false",
    "false and false or true",
)
PRINTING = (
    "{{ true }}",
    "{{ nil }}",
    "{{ 3.0 }}",
    "{{ custom_attribute.${big} }}",
    "{{ (1..3) }}",
    "{{ custom_attribute.${list} }}",
    "{{ custom_attribute.${address} }}",
    "{{ 'now' | time_zone: 'UTC' }}",
)
AGAINST_PYTHON_LIQUID = (
    "{{ '12abc' | plus: 1 }}",
    "{{ 2.5 | round }}",
    "{{ -2.5 | round }}",
    "{{ true | times: 2 }}",
    "{{ 'a,b,,' | split: ',' | size }}",
    "{{ '1234567890' | truncate: 2 }}",
    '{{ "it\'s" | escape }}',
    "{{ 5 | size }}",
    "{{ list | join: ',' }}",
    "{{ object }}",
    "{{ }}",
    "{% if nothing == blank %}blank{% else %}not blank{% endif %}",
    "{{ 'x' | nonsense }}",
    "{{ '2023-12-22T24:00-05:00' | date: '%F' }}",
    "{{ 1700000000 | date: '%s %z' }}",
)


def page() -> str:
    """Build the page."""
    words = WORDS.read_text(encoding="utf-8")
    return re.sub(r"<!-- (\w+) -->", lambda mark: SECTIONS[mark[1]](), words)


def tags() -> str:
    """List every tag we know of."""
    return table(("tag", *HEAD), (row(it) for it in TAGS.values()))


def known_filters() -> str:
    """List the filters that can be used."""
    known = (it for it in filters.SUPPORTED.values() if it.support != "no")
    return table(("filter", *HEAD), (row(it) for it in known))


def missing_filters() -> str:
    """List the filters that Braze does not have."""
    rows = (
        (f"`{it.name}`", cell(it.instead), it.verified, link(it.source))
        for it in filters.SUPPORTED.values()
        if it.support == "no"
    )
    return table(("filter", "what to use instead", "verified by", "source"), rows)


def row(info: FilterInfo | TagInfo) -> tuple[str, ...]:
    """Say how far a filter or tag can be trusted."""
    said = cell(" ".join(it for it in (info.uncertain, info.instead) if it))
    return f"`{info.name}`", SUPPORT[info.support], info.verified, said, link(info.source)


def link(source: Source) -> str:
    """Name a page, with its address where it has one."""
    if source is RUBY_LIQUID:
        return f"Ruby Liquid 5.4 ({source.read})"
    name = f"[{source.title}]({source.url})" if source.url else source.title
    return f"{name} ({source.read})"


def truth() -> str:
    """Show what is true, blank, empty, nil, and replaced by a default."""
    tests = ("x", "x == blank", "x == empty", "x == nil")
    rows = (
        (
            name,
            *(
                "yes" if rendered(f"{{% if {it} %}}y{{% endif %}}", x=value) == "y" else "no"
                for it in tests
            ),
            shown(rendered("{{ x | default: 'd' }}", x=value)),
            shown(rendered("{{ x | default: 'd', allow_false: true }}", x=value)),
        )
        for name, value in VALUES.items()
    )
    heads = ("`x` is", *(f"`{it}`" for it in tests), "`default: 'd'`", "with `allow_false: true`")
    return table(heads, rows)


def examples(texts: Sequence[str]) -> str:
    """Show what texts render to."""
    return table(("Liquid", "gives"), ((code(text), shown(rendered(text))) for text in texts))


def conditions() -> str:
    """Show which conditions hold."""
    rows = (
        (code(it), shown(rendered(f"{{% if {it} %}}true{{% else %}}false{{% endif %}}")))
        for it in OPERATORS
    )
    return table(("condition", "is"), rows)


def differences() -> str:
    """Show where plain python-liquid gives something else."""
    data = {"list": [True, None, 1], "object": {"a": 1}}
    rows = [
        (code(text), stock(text, data), shown(rendered(text, **data)))
        for text in AGAINST_PYTHON_LIQUID
    ]
    return table(("Liquid", "python-liquid", "b2bkit"), rows)


def stock(text: str, data: dict[str, Any]) -> str:
    """Render with python-liquid as it comes."""
    try:
        return shown(liquid.Environment().from_string(text).render(**data))
    except liquid.exceptions.LiquidError as error:
        return f"error: {str(error).splitlines()[0]}"


def findings() -> str:
    """List what `diagnose` looks for."""
    rows = ((f"`{it.id}`", it.severity, cell(it.about), link(it.source)) for it in RULES)
    return table(("finding", "severity", "what it looks for", "source"), rows)


def noticed() -> str:
    """List what only a run shows."""
    return table(("finding", "severity"), sorted(set(notes())))


def notes() -> Iterator[tuple[str, str]]:
    """Yield id and severity of each finding that the code can make while it renders."""
    for path in sorted(LIQUID.rglob("*.py")):
        if "diagnosis" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                said = [it.value if isinstance(it, ast.Constant) else None for it in node.args]
                pairs = pairwise(said)
                yield from (
                    (f"`{name}`", severity) for name, severity in pairs if severity in SEVERITIES
                )


def limits() -> str:
    """List how far a template may go."""
    said = dict(
        re.findall(r"^    (\w+): (.+)$", inspect.getdoc(Limits).split("Args:")[1], re.MULTILINE)
    )
    rows = ((f"`{it.name}`", f"{it.default:,}", said[it.name]) for it in fields(Limits))
    return table(("limit", "by default", "what it limits"), rows)


def rendered(text: str, **variables: Any) -> str:
    """Render as a preview does, and say how it ends where it gives no text."""
    try:
        preview = Template(text).preview(CONTEXT.replace(variables=variables))
    except TemplateError as error:
        return f"error: {error.message}"
    return preview.text if preview.aborted is None else f"aborted: {preview.aborted}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def code(text: str) -> str:
    """Write Liquid as code in a table's cell."""
    return f"`{cell(text)}`" if "`" not in text else f"`` {cell(text)} ``"


def shown(text: str) -> str:
    """Write what something gave."""
    if text.startswith(("error: ", "aborted: ")):
        return cell(text)
    return f"`{cell(text)}`" if text.strip() else "blanks" if text else "nothing"


def cell(text: str) -> str:
    """Escape what would end a table's cell."""
    return text.replace("|", "\\|").replace("\n", " ")


SECTIONS = {
    "syntax": lambda: examples(SYNTAX),
    "tags": tags,
    "filters": known_filters,
    "missing": missing_filters,
    "conditions": conditions,
    "truth": truth,
    "printing": lambda: examples(PRINTING),
    "findings": findings,
    "noticed": noticed,
    "limits": limits,
    "differences": differences,
}


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
    print(f"wrote {PAGE}")
