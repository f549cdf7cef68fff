"""A report through all stages: with and without the gate, and whatever stands in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dateline.config import Settings
from dateline.evaluate import document_of
from dateline.language import language
from dateline.model import Article, Claim, Document
from dateline.pipeline import Coder, claims_of, prepare
from gold import needs_shared, rows

FRENCH = language("fr")
WHOLE = Settings(gate=False)

TITLE = "Sahel : une caserne attaquée près de Talmori"
HARD = "Des rebelles ont attaqué jeudi une caserne de l'armée, tuant douze soldats."
SOFT = "Le ministre a accusé les rebelles de vouloir la guerre."
PLAIN = "La saison des pluies commence en juin dans cette région."


def article(*lines: str) -> Article:
    return Article(
        id="0" * 64, ref="given", text="\n".join(lines), lang="fr", published="2020-05-22"
    )


def told(*lines: str, gate: bool = True, longest: int | None = None) -> tuple[Claim, ...]:
    return claims_of(article(*lines), FRENCH, gate=gate, longest=longest)


def parsed(*lines: str) -> set[int]:
    """The numbers of the lines that the gate lets pass."""
    return {s.paragraph for s in prepare(article(*lines), FRENCH).sentences}


def quoted(value: Any) -> Iterator[tuple[int, int, str]]:
    """Every quotation in a claim's JSON: where it says to stand, and its words."""
    if isinstance(value, dict):
        if isinstance(value.get("text"), str) and value.get("start") is not None:
            yield value["start"], value["end"], value["text"]
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from quoted(each)


def misquoted(text: str, claims: tuple[Claim, ...]) -> list[tuple[int, int, str]]:
    return [q for c in claims for q in quoted(c.to_json()) if text[q[0] : q[1]] != q[2]]


def test_only_paragraphs_with_a_trigger_are_parsed() -> None:
    assert parsed(TITLE, HARD, PLAIN, SOFT) == {0, 1, 3}
    assert {c.type for c in told(TITLE, HARD, PLAIN, SOFT)} >= {"armed-attack", "accusation"}


def test_what_counts_only_beside_a_happening_is_not_parsed_without_one() -> None:
    mild = "Le ministre demande aux habitants de rester chez eux."
    assert parsed("Sahel : un ministre parle", mild, PLAIN) == set()
    accident = "La voiture a heurté un arbre ; le conducteur a été tué."
    assert parsed("Un accident de la route", accident, mild, PLAIN) == {0, 1}
    assert told("Un accident de la route", accident, mild) == ()


def test_what_an_armed_agent_does_counts_by_itself() -> None:
    text = "Les rebelles auraient pillé un entrepôt de vivres."
    assert [c.type for c in told("Un ministre parle", text)] == ["destruction"]


def test_a_means_named_elsewhere_is_seen() -> None:
    lines = (
        "Talmori : une frappe fait douze morts",
        "La frappe a tué douze soldats jeudi.",
        PLAIN,
        "Un drone avait été aperçu la veille au-dessus de la ville.",
    )
    assert told(*lines) == told(*lines, gate=False)


def test_a_long_line_is_cut_and_offsets_hold() -> None:
    line = f"{HARD} {PLAIN} " * 40
    cut, whole = told(TITLE, line, longest=500), told(TITLE, line)
    assert len(cut) == len(whole) > 20
    assert misquoted("\n".join((TITLE, line)), cut) == []


def test_the_limit_of_a_line_is_a_setting() -> None:
    line = " ".join([HARD, PLAIN] * 40)
    document = Document(data=line.encode(), ref="given", lang="fr")
    outcome = Coder(Settings(max_paragraph_characters=300)).code(document)
    assert len(outcome.claims) > 20


def test_places_are_asked_for_only_by_a_report_with_a_claim() -> None:
    asked: list[str] = []
    coder = Coder(Settings(), ready=lambda: asked.append("places"))
    coder.code(Document(data=PLAIN.encode(), ref="plain", lang="fr"))
    assert asked == []
    coder.code(Document(data=f"{TITLE}\n{HARD}".encode(), ref="hard", lang="fr"))
    assert asked == ["places"]


@needs_shared
def test_gate_on_and_gate_off_give_the_same_claims() -> None:
    sample = [document_of(row) for row in rows("fr-wikinews")[::13]]
    assert len(sample) > 50
    found = 0
    for document in sample:
        whole = Coder(WHOLE).code(document)
        assert Coder(Settings()).code(document).claims == whole.claims, document.ref
        found += len(whole.claims)
    assert found > 40


@needs_shared
@pytest.mark.parametrize("name", ["fr-dev", "fr-unlabelled"])
def test_every_quotation_is_a_slice_of_the_text(name: str) -> None:
    for row in rows(name)[::3]:
        outcome = Coder(Settings()).code(document_of(row))
        assert outcome.article is not None
        assert misquoted(outcome.article.text, outcome.claims) == []


JUNK = (
    "\u00ab\u00a0l\u2019attaque\u00a0\u00bb ",
    "L\u2032arme\u0301e a bombarde\u0301 la ville\u202f! ",
    "att\u00adaqué par des re\u200bbelles ",
    "\u202eقتل الجنود\u202c ",
    "\ud83d ",
    "\U0001f4a3\U0001f4a5 explosion d'une bombe ",
    "ATTENTAT-SUICIDE À TALMORI ",
    "l' armée d' occupation ",
    "Douze ﬁdèles ﬂagellés, İstanbul ",
    "l'" * 300,
    "a" * 900,
    "attaqué" * 120,
    "((([[[",
    "-" * 500,
    "12 12 12 12/12/12 12h12 ",
    "du lundi au mardi au mercredi ",
    "\r\n",
    "\u2028",
    "\n\n",
    "\t",
    f"{HARD} ",
    f"{SOFT} ",
    f"{TITLE}\n",
)
hostile = st.lists(st.one_of(st.sampled_from(JUNK), st.text(max_size=30)), max_size=12).map("".join)


@settings(max_examples=60, deadline=None)
@given(hostile)
@example(f"{HARD}\ud800{HARD}")
@example("tué" + "x" * 500 + " par balles. Des rebelles ont tué" + " " * 500 + "douze soldats.")
def test_whatever_stands_in_a_text_the_quotations_hold_and_the_gate_costs_nothing(
    text: str,
) -> None:
    claims = told(text)
    assert misquoted(text, claims) == []
    assert claims == told(text, gate=False)
    outcome = Coder(Settings()).code(
        Document(data=text.encode("utf-8", "replace"), ref="given", lang="fr")
    )
    if outcome.article is not None:
        assert misquoted(outcome.article.text, outcome.claims) == []
