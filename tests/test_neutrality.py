"""Whoever does it, it is the same happening: swapping the names, sides or loaded words of a
sentence's actors changes neither type, roles, modality nor casualties."""

from __future__ import annotations

import re
from functools import cache
from itertools import product

import pytest

from dateline.config import Settings
from dateline.model import Claim, Document
from dateline.nations import nations
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
# The parser is statistical: another name can change what it hangs on what. How often it may is a
# ceiling that is only ever lowered.
ALLOWED_OF_GENERATED = 3
ALLOWED_SHARE_OF_REAL = 0.05
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


def test_neutrality_of_generated_sentences() -> None:
    changed = [
        filled(sentence, a, b)[0]
        for lang, sentence, a, b in GENERATED
        if read(lang, sentence, a, b) != read(lang, sentence, *SIDES[lang][0])
    ]
    assert len(changed) <= ALLOWED_OF_GENERATED, changed


@cache
def partners(lang: str) -> dict[str, str]:
    """For each word of nationality the same form for another country, one that begins alike
    ("a Syrian", "an Iranian") and has as many forms."""
    countries = nations(lang).names.country
    found: dict[str, str] = {}
    for n, one in enumerate(countries):
        for other in (*countries[n + 1 :], *countries[:n]):
            pairs = [
                *zip(one.adjectives, other.adjectives, strict=False),
                *zip(one.people, other.people, strict=False),
            ]
            alike = len(one.adjectives) == len(other.adjectives)
            alike = alike and len(one.people) == len(other.people)
            if alike and all(
                (a[0].lower() in VOWELS) == (b[0].lower() in VOWELS) for a, b in pairs
            ):
                found.update({a: b for a, b in pairs if a not in found})
                break
    return found


VOWELS = "aeiouyhéèê"


def swapped(sentence: str, lang: str) -> str:
    known = partners(lang)
    # Not inside a longer name ("the Liberian Peace Council").
    return re.sub(r"[\w'-]+(?! [A-Z])", lambda m: known.get(m.group(), m.group()), sentence)


def shape(text: str, lang: str) -> list[object]:
    """What is coded, without the words of the actors."""
    return [
        (
            claim.type,
            len(claim.actors),
            len(claim.targets),
            claim.modality,
            claim.negated,
            [(c.kind, c.min, c.max) for c in claim.casualties],
        )
        for claim in claims(text, lang)
    ]


def real_sentences() -> list[tuple[str, str]]:
    """Sentences that name a nationality: the English ones of PLOVER, and those of the French claim
    gold that hold a claim."""
    found = [("en", row["text"]) for row in rows("plover-en")]
    for row in rows("fr-dev"):
        for paragraph in row["text"].split("\n"):
            found += [("fr", s) for s in re.split(r"(?<=[.!?]) ", paragraph) if len(s) > 40]
    return [(lang, text) for lang, text in found if swapped(text, lang) != text][:LOOKED_AT]


LOOKED_AT = 300


@needs_shared
def test_neutrality_of_real_sentences() -> None:
    looked_at = [(lang, text) for lang, text in real_sentences() if claims(text, lang)]
    changed = [
        text for lang, text in looked_at if shape(text, lang) != shape(swapped(text, lang), lang)
    ]
    assert len(looked_at) >= 100
    assert len(changed) <= ALLOWED_SHARE_OF_REAL * len(looked_at), (
        f"{len(changed)} of {len(looked_at)}: {changed}"
    )
