"""English expressions of time: what the examples in the rules do not say."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.language import language
from dateline.language.calendar import Vantage, resolve

NOW = date(1989, 12, 13)


def said(text: str, now: date | None = NOW, future: bool | None = False) -> list[tuple[str, str]]:
    """The expressions of a text and their days, "first..last"."""
    english = language("en")
    vantage = Vantage(now, reference=(now, now) if now else None, future=future)
    found = []
    for e in english.time.find(english.view(text)):
        value = resolve(e, english.time, vantage)
        found.append((text[e.start : e.end], f"{value.earliest}..{value.latest}"))
    return found


def days(text: str, now: date | None = NOW) -> list[str]:
    return [value for _, value in said(text, now)]


DAY = "1989-10-12..1989-10-12"


@pytest.mark.parametrize(
    "words",
    [
        "12 October 1989",
        "October 12, 1989",
        "Oct. 12, 1989",
        "the 12th of October 1989",
        "Thursday, October 12, 1989",
        "12-Oct-1989",
        "1989-10-12",
        "12 October",
        "Oct. 12",
        "October 12th",
        "the twelfth of October",
    ],
)
def test_a_day_may_be_written_in_many_ways(words: str) -> None:
    assert days(f"They fled on {words}.") == [DAY]


def test_capitals_change_nothing() -> None:
    text = "THE GUERRILLAS ATTACKED A POST ON 3 MAY, AND MAY ATTACK AGAIN IN MARCH."
    assert [words for words, _ in said(text)] == ["3 MAY", "MARCH"]


@pytest.mark.parametrize(
    ("now", "value"),
    [
        (None, "None..None"),
        (date(1989, 10, 14), "1989-10-12..1989-10-12"),
        (date(1989, 12, 13), "1989-12-10..1989-12-10"),
        (date(1989, 11, 20), "1989-10-12..1989-10-12"),  # the other is still to come
        (date(1993, 1, 1), "None..None"),
    ],
)
def test_digits_that_read_two_ways_are_settled_by_the_day_of_the_report(
    now: date | None, value: str
) -> None:
    assert days("The raid of 12/10/89 failed.", now) == [value]


@pytest.mark.parametrize("words", ["23/10/89", "10/23/89", "23.10.1989", "10/23/1989"])
def test_digits_that_read_one_way_need_no_such_day(words: str) -> None:
    assert days(f"The raid of {words} failed.", None) == ["1989-10-23..1989-10-23"]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("May 3-5, 1988", "1988-05-03..1988-05-05"),
        ("between May 30 and June 2, 1988", "1988-05-30..1988-06-02"),
        ("from January to March 1988", "1988-01-01..1988-03-31"),
        ("from November to February", "1988-11-01..1989-02-28"),
        ("between 3 and 5 May", "1989-05-03..1989-05-05"),
        ("from Friday to Monday", "1989-12-08..1989-12-11"),
        ("1984-88", "None..None"),
    ],
)
def test_ranges(words: str, value: str) -> None:
    found = [v for w, v in said(f"They fought {words}.") if w == words]
    assert found == [value] or (not found and value == "None..None")


def test_a_possessive_dates_its_noun_alone() -> None:
    english = language("en")
    (expression,) = english.time.find("Monday's attack failed.")
    assert expression.linked


@pytest.mark.parametrize(
    "text",
    [
        "At least 12 may have died.",
        "Some 20 march on the capital.",
        "The march was peaceful.",
        "He bought it for $12.",
        "Prices rose 16.49 percent.",
        "Some 1,900 people fled.",
        "Detachment No. 4 fled.",
        "A 12-year-old girl fled.",
        "They are there 24/7.",
        "The sun rose over the camp.",
        "They agreed on 12 points.",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert said(text) == []


def test_within_looks_back_or_ahead_with_the_clause() -> None:
    assert said("In two days.", future=False)[0][1] == "1989-12-11..1989-12-13"
    assert said("In two days.", future=True)[0][1] == "1989-12-15..1989-12-15"
