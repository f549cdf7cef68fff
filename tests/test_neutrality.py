"""Whoever does it, it is the same happening: swapping the names, sides or loaded words of a
sentence's actors changes neither type, roles, modality nor casualties."""

from __future__ import annotations

import re
from functools import cache
from itertools import product

import pytest

from dateline.codebook import codebook
from dateline.config import Settings
from dateline.model import Claim, Document
from dateline.pipeline import Coder
from gold import needs_shared, rows

SENTENCES = {
    "en": (
        "{A} killed twelve {B} near Tarsala on Monday.",
        "Twelve {B} were killed by {A} in an ambush, a doctor said.",
        "{A} did not attack the {B}, a spokesman said.",
        "{A} shelled positions of the {B} at dawn, wounding at least six people.",
        "{A} threatened to bomb the {B} if the talks failed.",
        "Clashes between {A} and {B} left 30 dead in Karvelo.",
        "{A} have abducted three {B}, according to residents.",
        "{A} reportedly executed two {B}.",
        "{A} and {B} signed a ceasefire.",
        "{A} recaptured the town of Karvelo from the {B}.",
    ),
    "fr": (
        "Les {A} ont tué douze {B} près de Tarsala lundi.",
        "Douze {B} ont été tués par les {A} dans une embuscade, selon un médecin.",
        "Les {A} n'ont pas attaqué les {B}, a déclaré un porte-parole.",
        "Les {A} ont bombardé des positions des {B} à l'aube, blessant au moins six personnes.",
        "Les {A} ont menacé d'attaquer les {B} après la mort de six civils dans un bombardement.",
        "Des combats entre les {A} et les {B} ont fait 30 morts à Karvelo.",
        "Les {A} ont enlevé trois {B}, selon des habitants.",
        "Les {A} auraient exécuté deux {B}.",
        "Les {A} et les {B} ont signé un cessez-le-feu.",
        "Les {A} ont repris la ville de Karvelo aux {B}.",
    ),
}
SIDES = {
    "en": (
        ("rebels", "soldiers"),
        ("soldiers", "rebels"),
        ("terrorists", "soldiers"),
        ("militants", "policemen"),
        ("policemen", "militants"),
        ("Israeli soldiers", "Hamas fighters"),
        ("Hamas fighters", "Israeli soldiers"),
        ("Russian soldiers", "Ukrainian soldiers"),
        ("Ukrainian soldiers", "Russian soldiers"),
        ("mercenaries", "guerrillas"),
        ("insurgents", "extremists"),
    ),
    "fr": (
        ("rebelles", "soldats"),
        ("soldats", "rebelles"),
        ("terroristes", "soldats"),
        ("miliciens", "policiers"),
        ("policiers", "miliciens"),
        ("soldats israéliens", "combattants du Hamas"),
        ("combattants du Hamas", "soldats israéliens"),
        ("soldats russes", "soldats ukrainiens"),
        ("soldats ukrainiens", "soldats russes"),
        ("mercenaires", "maquisards"),
        ("insurgés", "extrémistes"),
    ),
}
GENERATED = [
    (lang, sentence, a, b)
    for lang in SENTENCES
    for sentence, (a, b) in product(SENTENCES[lang], SIDES[lang][1:])
]


@cache
def coder() -> Coder:
    return Coder(Settings())


def claims(text: str, lang: str) -> tuple[Claim, ...]:
    return coder().code(Document(data=text.encode(), ref="given", lang=lang)).claims


def filled(sentence: str, a: str, b: str) -> tuple[str, dict[str, tuple[int, int]]]:
    """The sentence with its actors, and where they stand in it."""
    text, where = "", {}
    for piece in re.split(r"(\{[AB]\})", sentence):
        if piece in ("{A}", "{B}"):
            name = {"A": a, "B": b}[piece[1]]
            name = name if text else name[0].upper() + name[1:]
            where[piece[1]] = (len(text), len(text) + len(name))
            text += name
        else:
            text += piece
    return text, where


@cache
def read(lang: str, sentence: str, a: str, b: str) -> list[object]:
    """What is coded, with each actor's letter in the place of his name."""
    text, where = filled(sentence, a, b)

    def letter(start: int, end: int, words: str) -> str:
        for name, (first, last) in where.items():
            if start < last and first < end:
                return name
        return words

    return [
        (
            claim.type,
            claim.trigger.text,
            sorted(letter(x.start, x.end, x.text) for x in claim.actors),
            sorted(letter(x.start, x.end, x.text) for x in claim.targets),
            claim.modality,
            claim.negated,
            [(c.kind, c.min, c.max) for c in claim.casualties],
        )
        for claim in claims(text, lang)
    ]


def test_neutrality_has_its_two_hundred_sentences() -> None:
    assert len(GENERATED) >= 200


@pytest.mark.parametrize(("lang", "sentence"), [(g, s) for g in SENTENCES for s in SENTENCES[g]])
def test_neutrality_sentences_hold_a_claim(lang: str, sentence: str) -> None:
    assert read(lang, sentence, *SIDES[lang][0])


@pytest.mark.parametrize(("lang", "sentence", "a", "b"), GENERATED)
def test_neutrality_of_a_generated_sentence(lang: str, sentence: str, a: str, b: str) -> None:
    assert read(lang, sentence, a, b) == read(lang, sentence, *SIDES[lang][0])
