from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.language import available, language
from dateline.language.casing import CasingExample


def _examples() -> list[tuple[str, CasingExample]]:
    return [
        (code, example)
        for code in available()
        for caser in (language(code).casing,)
        if caser is not None
        for example in caser.words.examples
    ]


@pytest.mark.parametrize(("lang", "example"), _examples())
def test_casing_reads_its_example(lang: str, example: CasingExample) -> None:
    assert language(lang).view(example.text) == example.reads


def test_casing_leaves_ordinary_text_alone() -> None:
    text = "The FMLN and the UN met in San Salvador. They talked.\n\nNobody spoke of TARSALA."
    assert language("en").view(text) == text


def test_casing_reads_only_the_paragraph_in_capitals() -> None:
    text = "THE REBELS ATTACKED THE BARRACKS AT NIGHT.\n\nThe Army said so."
    assert language("en").view(text) == (
        "The rebels attacked the barracks at night.\n\nThe Army said so."
    )


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200))
def test_casing_keeps_every_offset(text: str) -> None:
    assert len(language("en").view(text.upper())) == len(text.upper())
