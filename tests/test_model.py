from __future__ import annotations

import json

import pytest

from dateline.model import Actor, ArticleRef, Claim, Document, Extent, Span, When, claim_id


def claim() -> Claim:
    trigger = Span(4, 11, "attaque")
    return Claim(
        id=claim_id("a" * 64, trigger, "armed-attack"),
        article=ArticleRef(id="a" * 64, ref="x.txt", lang="fr"),
        type="armed-attack",
        trigger=trigger,
        sentence=Extent(0, 40),
        actors=(Actor(15, 23, "rebelles"),),
        when=When(30, 35, "jeudi"),
    )


def test_span_of_quotes_its_slice() -> None:
    assert Span.of("une attaque", 4, 11) == Span(4, 11, "attaque")


def test_span_of_refuses_a_span_outside_the_text() -> None:
    with pytest.raises(ValueError, match="outside"):
        Span.of("court", 2, 9)


def test_claim_json_has_every_field_of_the_contract() -> None:
    found = claim().to_json()
    assert list(found) == [
        "id", "article", "type", "trigger", "sentence", "actors", "targets", "means", "places",
        "when", "casualties", "attribution", "evidence", "modality", "negated", "background",
        "confidence", "provenance",
    ]  # fmt: skip
    assert found["trigger"] == {"start": 4, "end": 11, "text": "attaque"}
    assert found["actors"][0] == {
        "start": 15, "end": 23, "text": "rebelles", "id": None, "name": None, "loaded": False,
    }  # fmt: skip
    assert found["when"]["earliest"] is None
    assert found["places"] == ()


def test_claim_line_is_one_line_of_json() -> None:
    line = claim().to_line()
    assert "\n" not in line
    assert json.loads(line)["casualties"] == []


def test_claim_spans_hold_every_quoted_piece() -> None:
    assert {s.text for s in claim().spans()} == {"attaque", "rebelles", "jeudi"}


def test_claim_id_is_article_trigger_and_type_alone() -> None:
    a = claim_id("a", Span(4, 11, "attaque"), "armed-attack")
    assert a == claim_id("a", Span(4, 11, "autre"), "armed-attack")
    assert a != claim_id("a", Span(4, 11, "attaque"), "killing")
    assert a != claim_id("b", Span(4, 11, "attaque"), "armed-attack")
    assert a != claim_id("a", Span(5, 11, "attaque"), "armed-attack")


def test_document_id_is_the_hash_of_its_bytes() -> None:
    assert Document(data=b"x", ref="a").id == Document(data=b"x", ref="b").id
    assert Document(data=b"x", ref="a").id != Document(data=b"y", ref="a").id
