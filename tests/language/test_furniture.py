"""Every example of every furniture rule runs."""

from __future__ import annotations

import pytest

from dateline.language import available
from dateline.language.furniture import FurnitureFile, load_furniture
from dateline.language.loading import load, read

FILES = {lang: load(FurnitureFile, "lang", lang, "furniture.toml") for lang in available()}
EXAMPLES = [
    (lang, rule.id, text)
    for lang, file in FILES.items()
    for rule in file.furniture
    for text in rule.examples
]
NOT_EXAMPLES = [
    (lang, text) for lang, file in FILES.items() for r in file.furniture for text in r.not_examples
]


@pytest.mark.parametrize(("lang", "rule", "text"), EXAMPLES)
def test_an_example_is_furniture_in_all_its_lines(lang: str, rule: str, text: str) -> None:
    found = list(load_furniture(lang).found(text))
    assert [span.text for span, _ in found] == text.split("\n")
    assert found[0][1].id == rule


@pytest.mark.parametrize(("lang", "text"), NOT_EXAMPLES)
def test_a_sentence_that_looks_alike_is_none(lang: str, text: str) -> None:
    assert load_furniture(lang).spans(text) == ()


def test_a_list_ends_at_a_sentence_or_a_dateline() -> None:
    text = (
        "Sur le même sujet\nLe Front du Désert Uni divisé\n"
        "12 mars 2024 . –\nLes combats ont repris."
    )
    assert [s.text for s in load_furniture("fr").spans(text)] == text.split("\n")[:2]


def test_spans_point_into_the_text_as_given() -> None:
    text = "Titre\r\n\r\n  Lire\u00a0aussi :  l’accord \r\nFin du rapport."
    (span,) = load_furniture("fr").spans(text)
    assert text[span.start : span.end] == span.text == "Lire\u00a0aussi :  l’accord"


def test_a_rule_that_is_no_rule_is_refused() -> None:
    from dateline.language.furniture import Furniture
    from dateline.language.loading import ResourceError

    rule = 'version = "1"\n[[furniture]]\nid = "x"\nexamples = ["a"]\nnot_examples = ["b"]\n'
    with pytest.raises(ResourceError, match="x: a rule needs"):
        Furniture(read(FurnitureFile, rule, "furniture.toml"), "furniture.toml")
    with pytest.raises(ResourceError, match="not a regular expression"):
        Furniture(read(FurnitureFile, rule + 'pattern = ["("]', "f.toml"), "f.toml")
