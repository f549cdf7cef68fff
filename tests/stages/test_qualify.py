"""Modality, negation and background, on invented sentences and on the gold reports."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dateline.language import language
from dateline.model import ArticleRef, Attribution, Claim, Extent, When, claim_id
from dateline.stages.qualify import qualify
from dateline.syntax import Candidate
from gold import gold_reports, needs_shared, report_of

FRENCH = language("fr")


def coded(
    text: str,
    word: str,
    type: str = "armed-attack",
    published: str | None = "2020-06-01",
    **fields: object,
) -> Claim:
    """The claim whose trigger is the first token that reads ``word``, after the stage."""
    report = report_of(text, published=published)
    number, token = next(
        (n, t) for n, s in enumerate(report.sentences) for t in s if t.text == word
    )
    sentence, span = report.sentences[number], report.span(token.start, token.end)
    claim = Claim(
        id=claim_id(report.article.id, span, type),
        article=ArticleRef(id=report.article.id, ref="given"),
        type=type,
        trigger=span,
        sentence=Extent(sentence.start, sentence.end),
    )
    claim = replace(claim, **fields)  # type: ignore[arg-type]
    found = Candidate(claim=claim, sentence=number, trigger=token.i, anchor=token.i)
    return qualify(report, (found,), FRENCH)[0].claim


@pytest.mark.parametrize(
    ("text", "word", "modality"),
    [
        ("L'armée a attaqué le poste.", "attaqué", "asserted"),
        ("L'armée aurait attaqué le poste.", "attaqué", "alleged"),
        ("Si l'armée attaquait le poste, la ville serait perdue.", "attaquait", "hypothetical"),
        ("Le suspect présumé de l'attaque est en fuite.", "attaque", "asserted"),
        ("L'attaque, qualifiée de lâche, a tué dix hommes.", "attaque", "asserted"),
        ("Les rebelles s'apprêtent à attaquer la ville.", "attaquer", "planned"),
        ("Le président exige le retrait des troupes.", "retrait", "demanded"),
        ("Le groupe a menacé de tuer les otages.", "tuer", "threatened"),
        ("Il dément toute participation à l'attaque de lundi.", "attaque", "asserted"),
        ("Le maire, qui a demandé une enquête, a vu l'attaque.", "attaque", "asserted"),
        ("L'armée a pris la ville et pourrait attaquer le port.", "pris", "asserted"),
        ("L'armée a pris la ville et pourrait attaquer le port.", "attaquer", "hypothetical"),
    ],
)
def test_modality(text: str, word: str, modality: str) -> None:
    assert coded(text, word).modality == modality


def test_a_denied_responsibility_is_denied() -> None:
    claim = coded("Le Front a nié toute responsabilité.", "nié", "responsibility")
    assert claim.modality == "denied"


def test_what_the_trigger_s_entry_has_set_stays() -> None:
    claim = coded("L'armée aurait attaqué le poste.", "attaqué", modality="planned")
    assert claim.modality == "planned"
    assert "modality" not in claim.provenance


def test_a_negation_with_a_speaker_is_a_denial() -> None:
    text = "Selon l'armée, il ne s'agit pas d'une mutinerie."
    said = (Attribution(8, 13, "armée"),)
    assert (coded(text, "mutinerie").modality, coded(text, "mutinerie").negated) == (
        "asserted",
        True,
    )
    assert coded(text, "mutinerie", attribution=said).modality == "denied"


@pytest.mark.parametrize(
    ("text", "word", "negated"),
    [
        ("Les rebelles n'ont jamais attaqué la ville.", "attaqué", True),
        ("L'armée n'a attaqué que le port.", "attaqué", False),
        ("Il n'y a pas eu de morts.", "morts", True),
        ("L'attaque qui n'a pas été revendiquée a tué dix hommes.", "tué", False),
        ("Les blessés ne sont plus à l'hôpital après l'attaque.", "attaque", False),
        ("Les soldats sont entrés sans tirer.", "tirer", True),
    ],
)
def test_negation(text: str, word: str, negated: bool) -> None:
    assert coded(text, word).negated == negated


@pytest.mark.parametrize(
    ("text", "word", "background"),
    [
        ("En mars 2017, une bombe avait tué dix hommes dans ce marché.", "tué", True),
        ("En mars 2017, une bombe a tué dix hommes dans ce marché.", "tué", False),
        ("L'armée avait attaqué le poste la veille.", "attaqué", False),
        (
            "L'attaque a eu lieu malgré le calme de ces dernières années.",
            "attaque",
            False,
        ),
        ("Depuis 2012, la guerre a tué dix mille civils.", "tué", True),
        ("Les rebelles avaient déjà attaqué ce poste.", "attaqué", True),
    ],
)
def test_background(text: str, word: str, background: bool) -> None:
    assert coded(text, word).background == background


def test_a_year_tells_nothing_without_a_day_of_publication() -> None:
    text = "En mars 2017, une bombe avait tué dix hommes dans ce marché."
    assert not coded(text, "tué", published=None).background


def test_a_date_found_earlier_decides() -> None:
    old = When(earliest="2019-01-01", latest="2019-01-31", precision="month", anchor="text")
    new = When(earliest="2020-05-30", latest="2020-05-30", precision="day", anchor="text")
    text = "Les rebelles avaient déjà attaqué ce poste."
    assert coded("Les rebelles ont attaqué le poste.", "attaqué", when=old).background
    assert not coded(text, "attaqué", when=new).background


def test_provenance_names_rule_and_version() -> None:
    claim = coded("L'armée n'aurait pas attaqué le poste.", "attaqué")
    assert claim.provenance["modality"] == f"modality.hearsay@{FRENCH.version}"
    assert claim.provenance["negated"] == f"negation.not@{FRENCH.version}"


@needs_shared
def test_gold_floors() -> None:
    """Modality and negation on the gold reports, with speakers as the gold has them."""
    total = modality = negated = 0
    for report, candidates, claims in gold_reports():
        given = tuple(
            replace(c, claim=replace(c.claim, attribution=tuple(_said(g))))
            for c, g in zip(candidates, claims, strict=True)
        )
        for found, gold in zip(qualify(report, given, FRENCH), claims, strict=True):
            total += 1
            modality += found.claim.modality == gold["modality"]
            negated += found.claim.negated == gold["negated"]
    assert modality / total >= 0.97
    assert negated / total >= 0.98


def _said(gold: dict[str, list[dict[str, object]]]) -> list[Attribution]:
    return [Attribution(**one) for one in gold["attribution"]]  # type: ignore[arg-type]
