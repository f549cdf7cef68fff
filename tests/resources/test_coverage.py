"""The coverage matrix: every event type in every form, in every language declared complete."""

from __future__ import annotations

import pytest

from dateline.codebook import codebook
from dateline.language import available, language
from dateline.language.coverage import CoverageExample, gaps, load_coverage
from dateline.stages.code import code
from dateline.subjects import is_passive
from gold import report_of

CELLS = [
    (lang, type_, form, example)
    for lang in available()
    for type_, forms in load_coverage(lang).type.items()
    for form, example in forms.items()
]


@pytest.mark.parametrize("lang", [c for c in available() if language(c).about.complete])
def test_coverage_of_a_complete_language_has_no_gap(lang: str) -> None:
    assert not gaps(load_coverage(lang), tuple(codebook().types))


@pytest.mark.parametrize("lang", available())
def test_coverage_names_known_types_only(lang: str) -> None:
    assert set(load_coverage(lang).type) <= set(codebook().types)


@pytest.mark.parametrize(("lang", "type_", "form", "example"), CELLS)
def test_coverage_cell_is_coded(lang: str, type_: str, form: str, example: CoverageExample) -> None:
    report = report_of(example.text, lang)
    found = code(report, language(lang), codebook(), conflict=True)
    fits = [c for c in found if c.claim.trigger.text == example.trigger and c.claim.type == type_]
    assert fits, [(c.claim.type, c.claim.trigger.text) for c in found]
    sentence = report.sentences[fits[0].sentence]
    anchor = sentence[fits[0].anchor]
    passive = anchor.pos == "VERB" and is_passive(sentence, anchor.i)
    if form == "headline":
        assert not example.text.endswith(".")
    elif form == "noun":
        assert sentence[fits[0].trigger].pos in ("NOUN", "PROPN", "X")
    elif form == "passive":
        assert passive or any(
            is_passive(sentence, above.i)
            for above in sentence.ancestors(fits[0].trigger)
            if above.pos == "VERB"
        )
    else:
        assert not passive
