"""Casualties: every example of every word of harm, which claim they go to, and the measure on the
gold reports where they are present."""

from __future__ import annotations

from collections import Counter

import pytest

from dateline.language import available, language
from dateline.language.casualties import HarmExample
from dateline.language.loading import resource
from dateline.model import ArticleRef, Casualties, Claim, Extent, Span
from dateline.stages.count import count
from dateline.syntax import Candidate, Report
from dateline.tolls import harms_of
from gold import gold_reports, needs_shared, report_of

CODES = [c for c in available() if resource("lang", c, "casualties.toml").is_file()]
EXAMPLES = [
    pytest.param(code, rule.id, example, id=f"{code}-{rule.id}-{n}")
    for code in CODES
    for rules in (
        language(code).numbers.harms.rules.noun,
        language(code).numbers.harms.rules.of_noun,
        language(code).numbers.harms.rules.verb,
        language(code).numbers.harms.rules.continuation,
        language(code).numbers.harms.rules.among,
        language(code).numbers.harms.rules.cumulative,
    )
    for rule in rules
    for n, example in enumerate(rule.examples)
]
VIOLENT = ("armed-attack", "armed-clash", "killing", "explosion", "shelling")


def told(text: str, code: str = "fr") -> list[Casualties]:
    report = report_of(text, code)
    return [h.casualties for s in report.sentences for h in harms_of(report, s, language(code))]


def short(text: str) -> list[tuple[str, int | None, int | None]]:
    return [(c.kind, c.min, c.max) for c in told(text)]


@pytest.mark.parametrize(("code", "rule", "example"), EXAMPLES)
def test_example(code: str, rule: str, example: HarmExample) -> None:
    found = told(example.text, code)
    assert [(c.kind, c.min, c.max, c.scope) for c in found] == [
        (f.kind, f.min, f.max, f.scope) for f in example.found
    ]
    for wanted, got in zip(example.found, found, strict=True):
        assert wanted.who in (None, got.who)
        assert example.text[got.start : got.end] == got.text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Le bilan est passé de 12 à 15 morts.", [("killed", 15, 15)]),
        ("L'embuscade n'a fait ni mort ni blessé.", [("killed", 0, 0), ("wounded", 0, 0)]),
        (
            "Un kamikaze s'est fait exploser, tuant 5 policiers et blessant une dizaine de civils.",
            [("killed", 5, 5), ("wounded", 10, 10)],
        ),
        (
            "Deux civils tués, dont une femme, et cinq autres blessés par des tirs d'obus.",
            [("killed", 2, 2), ("killed", 1, 1), ("wounded", 5, 5)],
        ),
        (
            "Selon l'ONU, 2 300 civils, dont 600 enfants, ont été tués.",
            [("killed", 2300, 2300), ("killed", 600, 600)],
        ),
        (
            "40 Maliens, deux Tchadiens et un Nigérien ont perdu la vie.",
            [("killed", 40, 40), ("killed", 2, 2), ("killed", 1, 1)],
        ),
        (
            "Le journaliste Pierre Martin, enlevé en 2015, a été exécuté.",
            [("abducted", 1, 1), ("killed", 1, 1)],
        ),
        ("Deux hommes, Paul Morel et Jean Dupuis, ont été tués.", [("killed", 2, 2)]),
        ("Deux avions ont été abattus et leurs pilotes tués.", []),
        ("Le drone a été abattu par la défense anti-aérienne.", []),
        ("Thomas Durand voulait mourir en martyr.", []),
        ("À 15 heures, 300 manifestants se sont rassemblés.", []),
        ("Le nombre de blessés augmente depuis 2014.", []),
        ("Ce policier a été tué.", []),
    ],
)
def test_sentence(text: str, wanted: list[tuple[str, int | None, int | None]]) -> None:
    assert short(text) == wanted


def candidate(report: Report, word: str, type_: str) -> Candidate:
    start = report.view.index(word)
    at = next(n for n, s in enumerate(report.sentences) if s.start <= start < s.end)
    sentence = report.sentences[at]
    token = next(t for t in sentence if t.start == start)
    return Candidate(
        claim=Claim(
            id=word,
            article=ArticleRef(id="0", ref="given"),
            type=type_,
            trigger=Span(token.start, token.end, token.text),
            sentence=Extent(sentence.start, sentence.end),
        ),
        sentence=at,
        trigger=token.i,
        anchor=token.i,
        family="violence" if type_ in VIOLENT else "other",
    )


def counted(text: str, **types: str) -> dict[str, list[tuple[str, int | None]]]:
    report = report_of(text)
    candidates = tuple(candidate(report, word, t) for word, t in types.items())
    done = count(report, candidates, language("fr"))
    return {c.claim.id: [(x.kind, x.min) for x in c.claim.casualties] for c in done}


def test_each_kind_goes_to_the_claim_that_can_hold_it() -> None:
    assert counted(
        "L'armée a riposté, abattant huit assaillants et en capturant deux.",
        riposté="armed-clash",
        capturant="arrest",
    ) == {"riposté": [("killed", 8)], "capturant": [("arrested", 2)]}


def test_the_nearest_violent_claim_gets_them() -> None:
    assert counted(
        "Un gendarme a été tué près du lieu de l'attaque d'hier.",
        tué="killing",
        attaque="armed-attack",
    ) == {"tué": [("killed", 1)], "attaque": []}


def test_coordinated_claims_share_a_toll() -> None:
    assert counted(
        "Les tirs et les combats ont fait douze morts.", tirs="shelling", combats="armed-clash"
    ) == {"tirs": [("killed", 12)], "combats": [("killed", 12)]}


def test_words_are_not_harmful() -> None:
    assert counted("Il a condamné l'attaque qui a tué dix civils.", condamné="accusation") == {
        "condamné": []
    }


def test_provenance_names_rules_and_version() -> None:
    report = report_of("L'attaque a fait 12 morts et 30 blessés.")
    (done,) = count(report, (candidate(report, "attaque", "armed-attack"),), language("fr"))
    version = language("fr").version
    assert done.claim.provenance["casualties"] == f"casualties.dead+wounded@{version}"


def test_a_claim_without_casualties_is_left_alone() -> None:
    report = report_of("L'attaque a eu lieu hier.")
    candidates = (candidate(report, "attaque", "armed-attack"),)
    assert count(report, candidates, language("fr")) == candidates


@needs_shared
def test_the_gold_reports() -> None:
    """With the gold's own claims given: equal kind, minimum and maximum, as multisets a claim (a
    minimum off by one is accepted where there is no maximum)."""
    found = missed = false = 0
    for report, candidates, gold in gold_reports():
        for done, claim in zip(count(report, candidates, language("fr")), gold, strict=True):
            wanted = Counter(
                (c["kind"], c["min"] if c["max"] is not None else (c["min"] or 0) // 2, c["max"])
                for c in claim["casualties"]
            )
            got = Counter(
                (c.kind, c.min if c.max is not None else (c.min or 0) // 2, c.max)
                for c in done.claim.casualties
            )
            common = sum((wanted & got).values())
            found += common
            missed += sum(wanted.values()) - common
            false += sum(got.values()) - common
    assert 2 * found / (2 * found + missed + false) >= 0.9
