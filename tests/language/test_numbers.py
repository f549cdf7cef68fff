"""Numbers: every example of every rule, numbers spelled by an independent speller, and what is no
number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.language import available
from dateline.language.casualties import CasualtiesFile, forms
from dateline.language.loading import ResourceError, read, resource
from dateline.language.numbers import NumberExample, Numbers, NumbersFile, Quantity, load_numbers
from dateline.text import view

CODES = [c for c in available() if resource("lang", c, "numbers.toml").is_file()]
LOADED = {code: load_numbers(code) for code in CODES}
EXAMPLES = [
    pytest.param(code, rule.id, example, id=f"{code}-{rule.id}-{n}")
    for code in CODES
    for rules in (
        LOADED[code].rules.cardinal,
        LOADED[code].rules.scale,
        LOADED[code].rules.collective,
        LOADED[code].rules.modifier,
        LOADED[code].rules.range,
        LOADED[code].rules.indefinite,
    )
    for rule in rules
    for n, example in enumerate(rule.examples)
]


def quantities(text: str, code: str = "fr") -> tuple[Quantity, ...]:
    seen = view(text)
    return LOADED[code].find(seen, 0, len(seen))


def values(text: str) -> list[tuple[str, int | None, int | None]]:
    return [(text[q.start : q.end], q.min, q.max) for q in quantities(text)]


@pytest.mark.parametrize(("code", "rule", "example"), EXAMPLES)
def test_example(code: str, rule: str, example: NumberExample) -> None:
    found = [(example.text[q.start : q.end], q.min, q.max) for q in quantities(example.text, code)]
    assert (example.found, example.min, example.max) in found


@given(st.integers(0, 999_999))
def test_a_spelled_number_reads_back(number: int) -> None:
    num2words = pytest.importorskip("num2words").num2words
    spelled = num2words(number, lang="fr")
    for text in (spelled, spelled.replace("-", " "), spelled.replace(" ", "-")):
        assert values(f"{text} soldats") == [(text, number, number)]


@given(st.integers(0, 999_999_999), st.sampled_from(["", " ", ".", "\u00a0", "\u202f", "'", "’"]))
def test_digits_read_back_with_any_mark(number: int, mark: str) -> None:
    text = f"{number:,}".replace(",", mark)
    assert values(f"au moins {text} soldats") == [(f"au moins {text}", number, None)]


@given(st.text(alphabet="0123456789 .,-/:'%un dizaine deux cent mille entre à et ou plus de\n"))
def test_any_text_gives_spans_in_order(text: str) -> None:
    end = 0
    for quantity in quantities(text):
        assert end <= quantity.start < quantity.end <= len(text)
        assert quantity.min is None or quantity.max is None or quantity.min <= quantity.max
        end = quantity.end


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("au moins une dizaine", [("au moins une dizaine", 10, None)]),
        ("plus d'un millier", [("plus d'un millier", 1001, None)]),
        ("quelques centaines", [("quelques centaines", 200, None)]),
        ("des milliers", [("des milliers", 2000, None)]),
        ("trois millions", [("trois millions", 3_000_000, 3_000_000)]),
        ("1,300 morts", [("1,300", 1300, 1300)]),
        ("12 morts et au moins 30 blessés", [("12", 12, 12), ("au moins 30", 30, None)]),
        ("en plus de 30 blessés", [("30", 30, 30)]),
        ("passant à 16 ou 17 morts", [("16 ou 17", 16, 17)]),
        ("de 12 à 15 morts", [("de 12 à 15", 12, 15)]),
        ("quatre-vingt mille hommes", [("quatre-vingt mille", 80_000, 80_000)]),
        ("les années vingt et trente", [("vingt", 20, 20), ("trente", 30, 30)]),
        ("huit cent mille deux cent un", [("huit cent mille deux cent un", 800_201, 800_201)]),
    ],
)
def test_phrase(text: str, wanted: list[tuple[str, int | None, int | None]]) -> None:
    assert values(text) == wanted


@pytest.mark.parametrize(
    "text",
    ["30 % des voix", "15h48", "15:48", "le 10/04/2017", "des AK-47", "le 173e régiment", "3,5 km"],
)
def test_what_is_no_count(text: str) -> None:
    assert [q for q in quantities(text) if q.rule == "digits"] == []


def test_a_very_long_text_is_read_in_time() -> None:
    assert len(quantities("111 " * 20_000)) < 20_000
    assert len(quantities("1" * 50_000)) == 0
    assert len(quantities("une dizaine de " * 5_000)) > 1


def test_forms_of_a_word() -> None:
    assert forms("tué(e)(s)") == ("tué", "tués", "tuée", "tuées")
    assert forms("mort") == ("mort",)


def numbers_toml(**changes: str) -> str:
    parts = {"version": '"1"', "thousands": '[" "]', "decimal": '[","]', **changes}
    return "\n".join(f"{key} = {value}" for key, value in parts.items())


EXAMPLE = '[{text = "a", found = "a"}]'
CARDINAL = f'[[cardinal]]\nid = "x"\nwords = {{a = 1}}\nexamples = {EXAMPLE}\n'
SCALE = '[[scale]]\nid = "x"\nwords = {a = 1}\n'


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        (f"{CARDINAL}{SCALE}examples = []", "examples"),
        (f"{CARDINAL}{SCALE}examples = {EXAMPLE}\nweight = 1", "weight"),
        ("scale = []", "cardinal"),
    ],
)
def test_a_broken_numbers_file_is_refused(more: str, reason: str) -> None:
    with pytest.raises(ResourceError, match=rf"numbers\.toml:\d+: .*{reason}"):
        read(NumbersFile, f"{numbers_toml()}\n{more}", "numbers.toml")


def test_a_phrase_without_words_is_refused() -> None:
    text = numbers_toml() + (
        '\nscale = []\n[[cardinal]]\nid = "x"\nwords = {"  " = 1}\n'
        'examples = [{text = "a", found = "a"}]'
    )
    with pytest.raises(ResourceError, match="without words"):
        Numbers(read(NumbersFile, text, "numbers.toml"), LOADED["fr"].harms)


def test_a_broken_pattern_is_refused() -> None:
    known = resource("lang", "fr", "casualties.toml").read_text(encoding="utf-8")
    broken = known.replace("patterns = [", "patterns = ['(', ", 1)
    with pytest.raises(ResourceError, match="not a regular expression"):
        read(CasualtiesFile, broken, "casualties.toml")
