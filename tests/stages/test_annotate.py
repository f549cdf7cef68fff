from __future__ import annotations

import re

import pytest

from dateline.model import Span
from dateline.stages.annotate import annotate, parser
from dateline.text import paragraphs, view
from gold import needs_shared, report_of, rows

FRENCH = "fr_core_news_md"


def test_annotate_offsets_point_into_the_text() -> None:
    text = "Titre : l’armée attaque\n\nL’armée a attaqué « le camp ».\nFin."
    report = report_of(text)
    for sentence in report.sentences:
        for token in sentence:
            assert view(text)[token.start : token.end] == token.text


def test_annotate_never_runs_across_a_line_break() -> None:
    for sentence in report_of("Une ligne sans point\nUne autre ligne").sentences:
        assert (
            "\n" not in view("Une ligne sans point\nUne autre ligne")[sentence.start : sentence.end]
        )


def test_annotate_keeps_a_headline_in_one_sentence() -> None:
    report = report_of("Mali : trois soldats tués. L'armée riposte\n\nLe texte commence ici.")
    assert [s.headline for s in report.sentences].count(True) == 1


def test_annotate_reads_typographic_marks_as_plain_ones() -> None:
    text = "Les forces du GNA attaquent un convoi d’armes."
    tokens = report_of(text).sentences[0]
    verb = next(t for t in tokens if t.lemma == "attaquer")
    assert [t.text for t in tokens.children(verb.i, "nsubj")] == ["forces"]


def test_annotate_is_bounded_on_a_run_without_spaces() -> None:
    text = "Titre\n" + "l'" * 50_000 + " Les rebelles attaquent."
    body = paragraphs(text)
    sentences = annotate(view(text), list(enumerate(body)), body[0], parser(FRENCH))
    assert any(t.norm == "attaquent" for s in sentences for t in s)


def test_annotate_of_nothing_is_nothing() -> None:
    assert annotate("", [], None, parser(FRENCH)) == ()
    assert annotate("   ", [(0, Span(0, 3, "   "))], None, parser(FRENCH)) == ()


@needs_shared
@pytest.mark.parametrize("name", ["fr-unlabelled"])
def test_annotate_light_patterns_give_the_tokens_of_the_full_ones(name: str) -> None:
    """The tokenizer with its own 1.4 MB pattern and ours with the shorthand agree."""
    import spacy.lang.fr.tokenizer_exceptions as french

    ours = parser(FRENCH)._nlp.tokenizer
    texts = [view(r["text"]) for r in rows(name)[:25]]
    light = [[t.text for t in ours(text)] for text in texts]
    full = re.compile("(?iu)" + "|".join(f"(?:{m})" for m in french._regular_exp)).match
    kept = ours.token_match
    try:
        ours.token_match = full
        assert [[t.text for t in ours(text)] for text in texts] == light
    finally:
        ours.token_match = kept


def test_annotate_reads_past_an_alias_in_brackets() -> None:
    text = "The Liberation Army of Aru (LAA) guerrillas attacked a convoy."
    (sentence,) = report_of(text, "en").sentences
    assert "LAA" not in {t.text for t in sentence}
    assert all(text[t.start : t.end] == t.text for t in sentence)
