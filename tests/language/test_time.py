"""Every example in every language's time.toml, and what the grammar refuses."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.language import available
from dateline.language.calendar import Resolved, Vantage, easter, resolve
from dateline.language.loading import ResourceError, read, resource
from dateline.language.time import Expression, TimeExample, TimeFile, TimeRule, load_time
from dateline.text import view

CODES = [c for c in available() if resource("lang", c, "time.toml").is_file()]
RULES = [(code, rule) for code in CODES for rule in load_time(code).file.rule]
EXAMPLES = [
    pytest.param(code, rule, example, id=f"{code}-{rule.id}-{n}")
    for code, rule in RULES
    for n, example in enumerate(rule.examples)
]


def vantage(example: TimeExample) -> Vantage:
    days = [date.fromisoformat(d) for d in (example.reference or "").split("/") if d]
    return Vantage(
        now=date.fromisoformat(example.published) if example.published else None,
        reference=(days[0], days[-1]) if days else None,
        future=example.future,
    )


def found(code: str, text: str) -> tuple[Expression, ...]:
    return load_time(code).find(view(text))


@pytest.mark.parametrize(("code", "rule", "example"), EXAMPLES)
def test_example(code: str, rule: TimeRule, example: TimeExample) -> None:
    expressions = found(code, example.text)
    words = [example.text[e.start : e.end] for e in expressions]
    assert example.words in words
    expression = expressions[words.index(example.words)]
    assert rule.id in expression.rule.split("+")
    got = resolve(expression, load_time(code), vantage(example))
    latest = example.latest if example.latest or example.open else example.earliest
    wanted = Resolved(
        date.fromisoformat(example.earliest) if example.earliest else None,
        date.fromisoformat(latest) if latest else None,
        example.precision,
        example.anchor,
    )
    assert got == wanted


@pytest.mark.parametrize(
    ("code", "rule", "text"),
    [
        pytest.param(code, rule, text, id=f"{code}-{rule.id}-{n}")
        for code, rule in RULES
        for n, text in enumerate(rule.not_examples)
    ],
)
def test_not_example(code: str, rule: TimeRule, text: str) -> None:
    assert rule.id not in {part for e in found(code, text) for part in e.rule.split("+")}
