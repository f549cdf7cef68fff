from __future__ import annotations

from dateline.model import ArticleRef, Claim, Extent, Span
from dateline.syntax import Candidate, Sentence, Token


def sentence(*rows: tuple[str, str, str, int]) -> Sentence:
    """Tokens given as (text, part of speech, relation, head)."""
    tokens, at = [], 0
    for i, (text, pos, dep, head) in enumerate(rows):
        tokens.append(
            Token(i, at, at + len(text), text, text.lower(), text.lower(), pos, dep, head)
        )
        at += len(text) + 1
    return Sentence(0, at - 1, tuple(tokens))


LIST = sentence(
    ("contre", "ADP", "case", 1),
    ("soldats", "NOUN", "ROOT", 1),
    (",", "PUNCT", "punct", 3),
    ("gendarmes", "NOUN", "conj", 1),
    ("et", "CCONJ", "cc", 5),
    ("policiers", "NOUN", "conj", 3),
)


def test_sentence_conjuncts_follow_the_whole_row() -> None:
    assert [t.text for t in LIST.conjuncts(1)] == ["gendarmes", "policiers"]


def test_sentence_conjuncts_leave_out_an_apposition() -> None:
    beside = sentence(
        ("Tripoli", "PROPN", "ROOT", 0), (",", "PUNCT", "punct", 2), ("capitale", "NOUN", "conj", 0)
    )
    assert beside.conjuncts(0) == ()


def test_sentence_children_take_subtypes() -> None:
    passive = sentence(("Ils", "PRON", "nsubj:pass", 1), ("tués", "VERB", "ROOT", 1))
    assert [c.text for c in passive.children(1, "nsubj")] == ["Ils"]
    assert passive.children(1, "obj") == ()


def test_sentence_ancestors_end_on_a_cycle() -> None:
    circle = sentence(("a", "NOUN", "nmod", 1), ("b", "NOUN", "nmod", 0))
    assert [t.text for t in circle.ancestors(0)] == ["b"]
    assert len(circle.subtree(0)) == 2


def test_sentence_case_is_the_preposition() -> None:
    assert LIST.case(1) == "contre"
    assert LIST.case(3) == ""


def test_candidate_fill_remembers_the_rule() -> None:
    claim = Claim(
        id="x",
        article=ArticleRef(id="a", ref="r"),
        type="killing",
        trigger=Span(0, 1, "x"),
        sentence=Extent(0, 1),
    )
    before = Candidate(claim=claim, sentence=0, trigger=0, anchor=0)
    after = before.fill("negation.no@fr@1", negated=True)
    assert after.claim.negated
    assert after.claim.provenance == {"negated": "negation.no@fr@1"}
    assert not before.claim.negated
