from __future__ import annotations

from dateline.syntax import Token
from dateline.universal import is_clear, universal


def tree(*rows: tuple[str, str, str, int], morph: dict[int, str] | None = None) -> list[Token]:
    """Tokens from (text, part of speech, label, head)."""
    return [
        Token(
            i, i * 10, i * 10 + 1, text, text.lower(), text.lower(), *rest, (morph or {}).get(i, "")
        )
        for i, (text, *rest) in enumerate(rows)
    ]


def labels(tokens: list[Token]) -> list[tuple[str, str, str]]:
    made = universal(tokens)
    return [(t.text, t.dep, made[t.head].text) for t in made]


def test_universal_knows_the_scheme_by_its_labels() -> None:
    assert is_clear(["nsubj", "pobj"])
    assert not is_clear(["nsubj", "obl"])


def test_universal_puts_a_noun_above_its_preposition() -> None:
    found = labels(
        tree(
            ("rebels", "NOUN", "nsubj", 1),
            ("struck", "VERB", "ROOT", 1),
            ("in", "ADP", "prep", 1),
            ("the", "DET", "det", 4),
            ("village", "NOUN", "pobj", 2),
            ("of", "ADP", "prep", 4),
            ("Aru", "PROPN", "pobj", 5),
        )
    )
    assert found[2] == ("in", "case", "village")
    assert found[4] == ("village", "obl", "struck")
    assert found[5:] == [("of", "case", "Aru"), ("Aru", "nmod", "village")]


def test_universal_names_the_doer_of_a_passive() -> None:
    found = labels(
        tree(
            ("priest", "NOUN", "nsubjpass", 2),
            ("was", "AUX", "auxpass", 2),
            ("killed", "VERB", "ROOT", 2),
            ("by", "ADP", "agent", 2),
            ("rebels", "NOUN", "pobj", 3),
        )
    )
    assert found[0][1] == "nsubj:pass"
    assert found[1][1] == "aux:pass"
    assert found[4] == ("rebels", "obl:agent", "killed")


def test_universal_keeps_both_of_two_prepositions() -> None:
    out_of = tree(
        ("came", "VERB", "ROOT", 0),
        ("out", "ADP", "prep", 0),
        ("of", "ADP", "prep", 1),
        ("houses", "NOUN", "pobj", 2),
    )
    assert labels(out_of)[1:] == [
        ("out", "case", "houses"),
        ("of", "case", "houses"),
        ("houses", "obl", "came"),
    ]
    because_of = tree(
        ("fled", "VERB", "ROOT", 0),
        ("because", "SCONJ", "prep", 0),
        ("of", "ADP", "pcomp", 1),
        ("fog", "NOUN", "pobj", 1),
    )
    assert labels(because_of)[3] == ("fog", "obl", "fled")
    assert labels(because_of)[2] == ("of", "case", "fog")


def test_universal_marks_a_clause_after_a_preposition() -> None:
    found = labels(
        tree(
            ("accused", "VERB", "ROOT", 0),
            ("of", "ADP", "prep", 0),
            ("killing", "VERB", "pcomp", 1),
            ("judges", "NOUN", "dobj", 2),
        )
    )
    assert found[1:] == [
        ("of", "mark", "killing"),
        ("killing", "advcl", "accused"),
        ("judges", "obj", "killing"),
    ]


def test_universal_puts_a_predicate_above_its_copula() -> None:
    found = labels(
        tree(
            ("he", "PRON", "nsubj", 1),
            ("was", "AUX", "ROOT", 1),
            ("rebel", "NOUN", "attr", 1),
        )
    )
    assert found == [("he", "nsubj", "rebel"), ("was", "cop", "rebel"), ("rebel", "ROOT", "rebel")]


def test_universal_takes_what_there_is_for_the_subject() -> None:
    found = labels(
        tree(
            ("there", "PRON", "expl", 1),
            ("were", "VERB", "ROOT", 1),
            ("deaths", "NOUN", "attr", 1),
        )
    )
    assert found[2] == ("deaths", "nsubj", "were")


def test_universal_hangs_conjuncts_on_the_first() -> None:
    found = labels(
        tree(
            ("priest", "NOUN", "ROOT", 0),
            (",", "PUNCT", "punct", 0),
            ("nun", "NOUN", "conj", 0),
            ("and", "CCONJ", "cc", 2),
            ("cook", "NOUN", "conj", 2),
        )
    )
    assert found[3] == ("and", "cc", "cook")
    assert found[4] == ("cook", "conj", "priest")


def test_universal_says_what_a_form_is() -> None:
    made = universal(
        tree(
            ("men", "NOUN", "nsubjpass", 2),
            ("were", "AUX", "auxpass", 2),
            ("shot", "VERB", "ROOT", 2),
            morph={1: "Tense=Past|VerbForm=Fin", 2: "Tense=Past|VerbForm=Part"},
        )
    )
    assert "Mood=Ind" in made[1].morph
    assert "Voice=Pass" in made[2].morph
