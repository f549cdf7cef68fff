"""Every example in every language's time.toml, and what the grammar refuses."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.language import available
from dateline.language.calendar import Resolved, Vantage, resolve
from dateline.language.days import easter
from dateline.language.loading import ResourceError, read, resource
from dateline.language.time import Expression, compiled, load_time
from dateline.language.timerules import TimeExample, TimeFile, TimeRule
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


@pytest.mark.parametrize(
    ("year", "month", "day"), [(2016, 3, 27), (2017, 4, 16), (2019, 4, 21), (2024, 3, 31)]
)
def test_easter(year: int, month: int, day: int) -> None:
    assert easter(year) == date(year, month, day)


MINIMAL = """
version = "1"
[weekday]
[month]
mai = 5
[unit]
[number]
[dateline]
examples = [{ text = "x" }]
[[rule]]
id = "may"
kind = "date"
pattern = ["{month}"]
"""
EXAMPLE = 'examples = [{ text = "en mai", words = "mai", precision = "unknown", anchor = "none" }]'


def test_a_whole_file_is_read() -> None:
    assert read(TimeFile, MINIMAL + EXAMPLE, "time.toml").rule[0].id == "may"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (MINIMAL, "examples"),
        (MINIMAL + EXAMPLE + '\nkindness = "great"', "kindness"),
        (MINIMAL.replace('"date"', '"guess"') + EXAMPLE, "kind"),
        (MINIMAL + "examples = []", "examples"),
    ],
)
def test_a_broken_file_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(ResourceError, match=reason):
        read(TimeFile, text, "time.toml")


@pytest.mark.parametrize("pattern", ["{mouth}", "(le {month}", "{month})"])
def test_a_broken_pattern_is_refused(pattern: str) -> None:
    file = read(TimeFile, MINIMAL.replace("{month}", pattern) + EXAMPLE, "time.toml")
    with pytest.raises(ResourceError, match=r"time\.toml"):
        compiled(file, "time.toml")


@pytest.mark.parametrize(
    "text",
    [
        "Les 2 000 djihadistes ont fui.",
        "Un homme de 47 ans a été arrêté.",
        "Les pourparlers ont duré trois jours.",
        "Il a purgé dix ans de prison.",
        "Le bilan est passé à 2017 blessés.",
        "Ils ont parcouru 12 km.",
    ],
)
def test_numbers_ages_and_durations_are_no_dates(text: str) -> None:
    assert found("fr", text) == ()


def test_impossible_dates_are_found_and_stay_unknown() -> None:
    (expression,) = found("fr", "Il a été tué le 31 février 2017.")
    value = resolve(expression, load_time("fr"), Vantage(date(2017, 3, 1)))
    assert (value.earliest, value.latest, value.precision) == (None, None, "unknown")


def test_typographic_characters_change_nothing() -> None:
    text = "Aujourd\u2019hui, le 3\u00a0mai 2017."
    assert [text[e.start : e.end] for e in found("fr", text)] == [text[:-1]]
