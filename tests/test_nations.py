from __future__ import annotations

import pytest

from dateline.nations import nations


@pytest.mark.parametrize(
    ("word", "country"),
    [("libyenne", "LY"), ("Maliens", "ML"), ("burkinabè", "BF"), ("militaire", None)],
)
def test_nations_know_people_and_adjectives(word: str, country: str | None) -> None:
    assert nations("fr").of(word) == country


def test_nations_main_country_is_the_one_named_most() -> None:
    text = "Au Mali, l'armée malienne a bombardé un camp, selon la France."
    assert nations("fr").main(text) == "ML"


def test_nations_main_country_weighs_the_headline() -> None:
    text = "Syrie : un convoi attaqué\nLa Turquie et la Turquie encore."
    assert nations("fr").main(text, headline_end=24) == "SY"


def test_nations_main_country_is_none_without_a_name_or_with_a_tie() -> None:
    assert nations("fr").main("Un convoi a été attaqué.") is None
    assert nations("fr").main("Le Mali et le Niger négocient.") is None


def test_nations_take_no_part_of_a_word() -> None:
    assert nations("fr").main("Le malien est un mot, la maliennerie non.") == "ML"
    assert nations("fr").main("Une nigéromancie.") is None
