"""The lexical gate lets pass all that could match, and little else."""

from __future__ import annotations

import pytest

from dateline.language import language
from dateline.language.gate import Gate, Together, whole, within
from dateline.text import fold

GATE = Gate.of(
    {"attaqu": True, "accus": False, whole("tir"): True},
    (
        Together(((whole("coup"),), (whole("d'"),), (whole("état"), whole("etat"))), True, True),
        Together((("depos",), (whole("les"),), (whole("armes"),)), True, True),
        Together(((whole("contre"),), (whole("-"),), ("offensiv",)), True, True),
        Together((("arret",), (whole("rebelles"), within("par la milice"))), True, False),
    ),
)

HARD, SOFT, NOTHING = (True, True), (True, False), (False, False)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("L'armée a attaqué.", HARD),
        ("Contre-attaque", HARD),
        ("Ils s'accusent.", SOFT),
        ("Ils s'accusent, puis attaquent.", HARD),
        ("rattaquer", NOTHING),
        ("Un tir, deux tirages", HARD),
        ("Les tirages", NOTHING),
        ("Un coup d'État", HARD),
        ("Un COUP  D' ETAT", HARD),
        ("Un coup sur l'État d'à côté", NOTHING),
        ("Un coup d'épée, l'état", NOTHING),
        ("Ils déposeront les armes", HARD),
        ("Ils déposent leurs plaintes et les armes", NOTHING),
        ("Une contre-offensive", HARD),
        ("Contre l'offensive", NOTHING),
        ("Des rebelles ont été arrêtés", HARD),
        ("Arrêtés par la milice", HARD),
        ("Arrêtés par la police", NOTHING),
        ("déposé" + "x" * 500 + " les armes", HARD),
        ("coup " + "x" * 500 + " d'état", HARD),
        ("", NOTHING),
    ],
)
def test_gate(text: str, found: tuple[bool, bool]) -> None:
    assert GATE.look(fold(text)) == found


def test_a_gate_of_nothing_lets_nothing_pass() -> None:
    assert Gate.of({}, ()).look("attaque") == NOTHING


def test_every_example_of_a_trigger_passes() -> None:
    lexicon = language("fr").lexicon
    for trigger in lexicon.triggers:
        for each in trigger.examples:
            assert lexicon.gate(fold(each.text))[0], each.text
