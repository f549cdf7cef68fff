"""English numbers: spelled by an independent speller, and what is no number of things."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.language.numbers import load_numbers
from dateline.text import view

NUMBERS = load_numbers("en")


def values(text: str) -> list[tuple[str, int | None, int | None]]:
    seen = view(text)
    return [(text[q.start : q.end], q.min, q.max) for q in NUMBERS.find(seen, 0, len(seen))]


@settings(deadline=None)
@given(st.integers(0, 999_999))
def test_a_spelled_number_reads_back(number: int) -> None:
    num2words = pytest.importorskip("num2words").num2words
    spelled = num2words(number, lang="en").replace(",", "")
    for text in (spelled, spelled.replace("-", " "), spelled.upper()):
        assert values(f"{text} soldiers") == [(text, number, number)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("at least two dozen", [("at least two dozen", 24, None)]),
        ("AT LEAST TWO DOZEN", [("AT LEAST TWO DOZEN", 24, None)]),
        ("a few hundred men", [("a few hundred", 200, None)]),
        ("as many as 1,200 people", [("as many as 1,200", None, 1200)]),
        ("no more than five men", [("no more than five", None, 5)]),
        ("no fewer than five men", [("no fewer than five", 5, None)]),
        ("12 dead and at least 30 wounded", [("12", 12, 12), ("at least 30", 30, None)]),
        ("killed twenty and five fled", [("twenty", 20, 20), ("five", 5, 5)]),
        ("two and a half million", [("two and a half million", 2_500_000, 2_500_000)]),
        ("between 10 and 15 men", [("between 10 and 15", 10, 15)]),
        ("a third of the men", [("a third of", None, None)]),
        ("a six-year-old girl", [("a", 1, 1)]),
        ("a 12-member patrol", [("a", 1, 1)]),
        ("detachment No. 4", []),
        ("no casualties", [("no", 0, 0)]),
        ("16 or 17 dead", [("16 or 17", 16, 17)]),
        ("rose from 12 to 15 dead", [("12", 12, 12), ("15", 15, 15)]),
    ],
)
def test_phrase(text: str, wanted: list[tuple[str, int | None, int | None]]) -> None:
    assert values(text) == wanted
