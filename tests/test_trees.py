from __future__ import annotations

from dateline.syntax import Token
from dateline.trees import corrected

FINITE = "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"


def token(i: int, text: str, pos: str, dep: str, head: int, morph: str = "") -> Token:
    return Token(
        i, i * 10, i * 10 + len(text), text, text.lower(), text.lower(), pos, dep, head, morph
    )


def test_trees_give_a_finite_verb_after_a_noun_its_subject() -> None:
    tree = corrected(
        [
            token(0, "armée", "NOUN", "ROOT", 0),
            token(1, "lance", "VERB", "acl", 0, FINITE),
            token(2, "offensive", "NOUN", "nsubj", 1),
        ]
    )
    assert [(t.dep, t.head) for t in tree] == [("nsubj", 1), ("ROOT", 1), ("obj", 1)]


def test_trees_leave_a_relative_clause_and_a_participle_alone() -> None:
    relative = [
        token(0, "armée", "NOUN", "ROOT", 0),
        token(1, "qui", "PRON", "nsubj", 2),
        token(2, "lance", "VERB", "acl:relcl", 0, FINITE),
    ]
    assert corrected(relative) == tuple(relative)
    participle = [
        token(0, "attaque", "NOUN", "ROOT", 0),
        token(1, "menée", "VERB", "acl", 0, "Tense=Past|VerbForm=Part"),
    ]
    assert corrected(participle) == tuple(participle)


def test_trees_take_a_bare_noun_before_a_verb_for_its_subject() -> None:
    tree = corrected(
        [
            token(0, "Dans", "ADP", "case", 1),
            token(1, "ville", "NOUN", "obl", 4),
            token(2, ",", "PUNCT", "punct", 1),
            token(3, "hommes", "NOUN", "nmod", 1),
            token(4, "attaquent", "VERB", "ROOT", 4, FINITE),
        ]
    )
    assert (tree[3].dep, tree[3].head) == ("nsubj", 4)


def test_trees_keep_a_noun_with_its_preposition() -> None:
    tokens = [
        token(0, "ville", "NOUN", "obl", 4),
        token(1, ",", "PUNCT", "punct", 0),
        token(2, "de", "ADP", "case", 3),
        token(3, "hommes", "NOUN", "nmod", 0),
        token(4, "attaquent", "VERB", "ROOT", 4, FINITE),
    ]
    assert corrected(tokens) == tuple(tokens)


def test_trees_take_the_whole_and_not_its_part_for_the_subject() -> None:
    tree = corrected(
        [
            token(0, "civils", "NOUN", "obl:mod", 4),
            token(1, ",", "PUNCT", "punct", 4),
            token(2, "dont", "PRON", "nmod", 3, "PronType=Rel"),
            token(3, "femmes", "NOUN", "nsubj:pass", 4),
            token(4, "tués", "VERB", "ROOT", 4, "Tense=Past|VerbForm=Part"),
        ]
    )
    assert (tree[0].dep, tree[0].head) == ("nsubj:pass", 4)
    assert (tree[3].dep, tree[3].head) == ("acl:relcl", 0)


def test_trees_let_no_comma_part_subject_and_verb() -> None:
    tree = corrected(
        [
            token(0, "tués", "VERB", "ROOT", 0, "Tense=Past|VerbForm=Part"),
            token(1, "vingtaine", "NOUN", "nsubj", 4),
            token(2, ",", "PUNCT", "punct", 4),
            token(3, "a", "AUX", "aux:tense", 4, FINITE),
            token(4, "déclaré", "VERB", "conj", 0, "Tense=Past|VerbForm=Part"),
            token(5, "officier", "NOUN", "obj", 4),
        ]
    )
    assert (tree[1].dep, tree[4].dep, tree[5].dep) == ("conj", "parataxis", "nsubj")


PRESENT = "Tense=Pres|VerbForm=Part"


def test_trees_know_an_active_verb_by_its_object() -> None:
    tokens = [
        token(0, "rebelles", "NOUN", "nsubj:pass", 1),
        token(1, "attaqué", "VERB", "ROOT", 1, "Tense=Past|VerbForm=Part"),
        token(2, "soldats", "NOUN", "obj", 1),
    ]
    assert corrected(tokens)[0].dep == "nsubj"
    passive = [*tokens[:2], token(2, "été", "AUX", "aux:pass", 1)]
    assert corrected(passive)[0].dep == "nsubj:pass"


def test_trees_join_a_noun_behind_a_conjunction_to_the_noun_before() -> None:
    tree = corrected(
        [
            token(0, "combats", "NOUN", "nsubj", 5),
            token(1, "entre", "ADP", "case", 2),
            token(2, "armée", "NOUN", "nmod", 0),
            token(3, "et", "CCONJ", "cc", 4),
            token(4, "rebelles", "NOUN", "nsubj", 5),
            token(5, "continuent", "VERB", "ROOT", 5, FINITE),
        ]
    )
    assert (tree[4].dep, tree[4].head) == ("conj", 2)


def test_trees_hang_a_present_participle_after_a_comma_on_the_verb() -> None:
    tree = corrected(
        [
            token(0, "soldats", "NOUN", "nsubj", 1),
            token(1, "bombardent", "VERB", "ROOT", 1, FINITE),
            token(2, "positions", "NOUN", "obj", 1),
            token(3, ",", "PUNCT", "punct", 2),
            token(4, "blessant", "VERB", "amod", 2, PRESENT),
            token(5, "personnes", "NOUN", "obj", 1),
        ]
    )
    assert (tree[4].dep, tree[4].head) == ("advcl", 1)
    assert (tree[5].dep, tree[5].head) == ("obj", 4)
