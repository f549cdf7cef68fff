"""When: which expression dates which happening, from what anchor, and when nothing does."""

from __future__ import annotations

import pytest
from tests.gold import gold_reports, needs_shared, report_of

from dateline.codebook import codebook
from dateline.language import Language, available, language
from dateline.language.loading import resource
from dateline.model import ArticleRef, Claim, Extent, Span, When
from dateline.stages.code import code
from dateline.stages.date import date, read_dateline
from dateline.syntax import Candidate, Report

SPEECH = ("demand", "accusation", "rejection", "threat", "responsibility")


@pytest.fixture(scope="module")
def fr() -> Language:
    return language("fr")


def candidate(report: Report, word: str, type: str, modality: str = "asserted") -> Candidate:
    """A claim whose trigger is the first token with this text ("word#2": the second)."""
    text, _, nth = word.partition("#")
    hits = [(n, t) for n, s in enumerate(report.sentences) for t in s if t.text == text]
    n, token = hits[int(nth or 1) - 1]
    sentence, a = report.sentences[n], report.article
    return Candidate(
        claim=Claim(
            id=word,
            article=ArticleRef(id=a.id, ref=a.ref),
            type=type,
            trigger=Span(token.start, token.end, report.article.text[token.start : token.end]),
            sentence=Extent(sentence.start, sentence.end),
            modality=modality,
        ),
        sentence=n,
        trigger=token.i,
        anchor=token.i,
        family="words" if type in SPEECH else "violence",
        toll=text in ("morts", "blessés"),
    )


def dated(fr: Language, text: str, published: str | None, **triggers: str) -> dict[str, When]:
    """The when of each trigger (word to type; "__" for a second one of the same word)."""
    report = report_of(text, "fr", published)
    made = tuple(candidate(report, w.replace("__", "#"), t) for w, t in triggers.items())
    return {c.claim.id: c.claim.when for c in date(report, made, fr)}


def days(when: When) -> tuple[str | None, str | None]:
    return when.earliest, when.latest


def test_the_expression_of_the_clause_dates_the_happening(fr: Language) -> None:
    text = "Deux soldats ont été tués jeudi soir dans le nord du pays."
    when = dated(fr, text, "2020-05-22", tués="killing")["tués"]
    assert when == When(26, 36, "jeudi soir", "2020-05-21", "2020-05-21", "day", "published")


def test_a_filled_when_says_which_rule_of_which_version(fr: Language) -> None:
    report = report_of("Deux soldats ont été tués jeudi.", "fr", "2020-05-22")
    (found,) = date(report, (candidate(report, "tués", "killing"),), fr)
    assert found.claim.provenance == {"when": f"time.weekday@{fr.version}"}


def test_without_a_day_of_publication_a_weekday_stays_unresolved(fr: Language) -> None:
    when = dated(fr, "Deux soldats ont été tués jeudi.", None, tués="killing")["tués"]
    assert when == When(26, 31, "jeudi", None, None, "unknown", "none")


def test_the_day_of_publication_is_never_put_in_silently(fr: Language) -> None:
    text = "Deux soldats ont été tués dans le nord du pays."
    assert dated(fr, text, "2020-05-22", tués="killing")["tués"] == When()


def test_words_that_cannot_be_resolved_are_kept(fr: Language) -> None:
    text = "Le groupe a récemment attaqué la base."
    when = dated(fr, text, "2020-05-22", attaqué="armed-attack")["attaqué"]
    assert (when.text, when.precision, days(when)) == ("récemment", "unknown", (None, None))


def test_each_happening_takes_the_expression_that_it_governs(fr: Language) -> None:
    text = "L'attaque du 3 mai a été condamnée mardi par le gouvernement."
    found = dated(fr, text, "2017-05-10", attaque="armed-attack", condamnée="accusation")
    assert days(found["attaque"]) == ("2017-05-03", "2017-05-03")
    assert days(found["condamnée"]) == ("2017-05-09", "2017-05-09")


def test_a_birth_or_another_clause_dates_nothing(fr: Language) -> None:
    text = "Le suspect, né le 16 juillet 1993, a été arrêté à Tarvel."
    assert dated(fr, text, "2017-05-10", arrêté="arrest")["arrêté"] == When()


def test_the_day_of_speaking_only_bounds_what_is_said(fr: Language) -> None:
    text = "Mardi, le ministre a annoncé que deux soldats avaient été tués."
    when = dated(fr, text, "2017-05-10", tués="killing")["tués"]
    assert (when.text, when.earliest, when.latest) == ("Mardi", None, "2017-05-09")
    assert (when.precision, when.anchor) == ("unknown", "published")
    undated = dated(fr, text, None, tués="killing")["tués"]
    assert (undated.text, undated.earliest, undated.latest) == ("Mardi", None, None)


def test_the_day_of_publishing_only_bounds_what_is_shown(fr: Language) -> None:
    text = "Le gouvernement a rendu public, jeudi, des images du moment où un convoi a été détruit."
    when = dated(fr, text, "2017-05-12", détruit="destruction")["détruit"]
    assert (when.text, when.earliest, when.latest) == ("jeudi", None, "2017-05-11")


def test_a_day_of_its_own_goes_before_the_day_of_speaking(fr: Language) -> None:
    text = "Le ministre a annoncé mercredi que deux soldats avaient été tués lundi à Tarvel."
    when = dated(fr, text, "2017-05-11", tués="killing")["tués"]
    assert days(when) == ("2017-05-08", "2017-05-08")


def test_today_in_an_announcement_is_not_the_day_of_the_report(fr: Language) -> None:
    text = (
        "Raid à Tarvel\n4 août 2016 -\n"
        "L'armée annonce aujourd'hui avoir tué un chef rebelle.\n"
        "Les frappes ont détruit un dépôt."
    )
    found = dated(fr, text, "2016-08-04", tué="killing", frappes="air-strike")
    assert (found["tué"].earliest, found["tué"].latest) == (None, "2016-08-04")
    assert found["frappes"] == When()


def test_the_date_of_an_edition_is_not_the_day_told(fr: Language) -> None:
    text = (
        "Attaque à Tarvel\nMise à jour : 23 mars 2016\n"
        "Dix personnes ont été tuées aujourd'hui.\n22 mars 2016 - Une bombe a explosé.\n"
    )
    found = dated(fr, text, "2016-03-23", tuées="killing", explosé="explosion")
    assert days(found["tuées"]) == days(found["explosé"]) == ("2016-03-22", "2016-03-22")


def test_what_is_condemned_did_not_happen_on_the_day_of_condemning(fr: Language) -> None:
    text = "Le président a condamné mercredi les attentats."
    found = dated(fr, text, "2017-05-10", condamné="accusation", attentats="armed-attack")
    assert days(found["condamné"]) == ("2017-05-10", "2017-05-10")
    assert found["attentats"] == When()


def test_a_leading_expression_dates_the_clauses_below_it(fr: Language) -> None:
    text = "Lundi 8 mai, des hommes armés ont attaqué le village, tuant dix civils."
    found = dated(fr, text, "2017-05-10", attaqué="armed-attack", tuant="killing")
    assert days(found["attaqué"]) == days(found["tuant"]) == ("2017-05-08", "2017-05-08")


def test_an_hour_counts_from_the_day_told_before(fr: Language) -> None:
    text = (
        "Une bombe a explosé lundi 8 mai à Tarvel.\nVers 15 h 48, des hommes ont attaqué le poste."
    )
    found = dated(fr, text, "2017-05-10", explosé="explosion", attaqué="armed-attack")
    when = found["attaqué"]
    assert (days(when), when.precision, when.anchor) == (
        ("2017-05-08", "2017-05-08"),
        "hour",
        "text",
    )


def test_the_day_after_counts_from_the_day_told_before(fr: Language) -> None:
    text = "Le 3 mai, une bombe a explosé à Tarvel. Le lendemain, l'armée a attaqué le village."
    found = dated(fr, text, "2017-05-10", explosé="explosion", attaqué="armed-attack")
    assert days(found["attaqué"]) == ("2017-05-04", "2017-05-04")


def test_the_day_after_another_happening_dates_both(fr: Language) -> None:
    text = (
        "Une bombe a explosé le 9 mai à Tarvel. "
        "L'explosion survient deux jours après un attentat à Morsan."
    )
    found = dated(fr, text, "2017-05-10", explosion="explosion", attentat="armed-attack")
    assert days(found["explosion"]) == ("2017-05-09", "2017-05-09")
    assert days(found["attentat"]) == ("2017-05-07", "2017-05-07")


def test_a_future_tense_looks_ahead(fr: Language) -> None:
    text = "Les deux camps négocieront lundi."
    found = dated(fr, text, "2017-05-10", négocieront="talks")["négocieront"]
    assert days(found) == ("2017-05-15", "2017-05-15")


LINE = "Un titre court\n\n10 mai 2017 . –\n"


def test_a_dateline_dates_what_a_report_of_that_day_tells(fr: Language) -> None:
    text = LINE + "Peu après 22 heures, une bombe a explosé. Dix civils ont été tués."
    found = dated(fr, text, "2017-05-10", explosé="explosion", tués="killing")
    assert (found["explosé"].text, found["explosé"].precision) == ("Peu après 22 heures", "hour")
    assert (found["tués"].text, days(found["tués"])) == (
        "10 mai 2017",
        ("2017-05-10", "2017-05-10"),
    )


def test_a_dateline_dates_nothing_in_a_report_of_another_day(fr: Language) -> None:
    text = LINE + "Une bombe a explosé lundi 8 mai. Dix civils ont été tués."
    found = dated(fr, text, "2017-05-10", explosé="explosion", tués="killing")
    assert days(found["explosé"]) == ("2017-05-08", "2017-05-08")
    assert found["tués"] == When()


def test_what_is_said_in_the_present_is_said_on_the_day_of_the_dateline(fr: Language) -> None:
    text = LINE + "Une bombe a explosé lundi 8 mai. Le ministre demande une enquête."
    found = dated(fr, text, "2017-05-10", demande="demand")["demande"]
    assert found.text == "10 mai 2017"


def test_an_earlier_past_is_not_of_the_day(fr: Language) -> None:
    text = LINE + "Une bombe a explosé ce mercredi. L'armée avait repris la ville."
    assert dated(fr, text, "2017-05-10", repris="territory-gained")["repris"] == When()


def test_what_is_only_planned_is_not_of_the_day(fr: Language) -> None:
    report = report_of(LINE + "Une bombe a explosé ce mercredi. Une attaque visait le port.")
    made = candidate(report, "attaque", "armed-attack", modality="planned")
    assert date(report, (made,), fr)[0].claim.when == When()


def test_a_dateline_stands_in_for_a_missing_day_of_publication(fr: Language) -> None:
    text = LINE + "Une bombe a explosé lundi."
    when = dated(fr, text, None, explosé="explosion")["explosé"]
    assert (days(when), when.anchor) == (("2017-05-08", "2017-05-08"), "text")


def test_which_paragraphs_were_parsed_makes_no_difference(fr: Language) -> None:
    text = "Le calme règne depuis le 3 mai.\nLe 4 mai, il a plu.\nLa veille, une bombe a explosé."
    whole = report_of(text, "fr", "2017-05-10")
    made = candidate(whole, "explosé", "explosion")
    last = whole.sentences[made.sentence]
    part = Report(
        article=whole.article, view=whole.view, body=whole.body, sentences=(last,), headline=None
    )
    fewer = Candidate(claim=made.claim, sentence=0, trigger=made.trigger, anchor=made.anchor)
    (a,), (b,) = date(whole, (made,), fr), date(part, (fewer,), fr)
    assert a.claim.when == b.claim.when
    assert days(a.claim.when) == ("2017-05-03", "2017-05-03")


def test_no_candidates_none_back(fr: Language) -> None:
    assert date(report_of("Il pleut."), (), fr) == ()


CODES = [c for c in available() if resource("lang", c, "time.toml").is_file()]


@pytest.mark.parametrize("code", CODES)
def test_every_example_of_a_dateline(code: str) -> None:
    words = language(code).time.file.dateline
    for example in words.examples:
        line = read_dateline(report_of(example.text, code), language(code))
        assert line is not None, example.text
        date_words = line.date.text if line.date else None
        place = line.place.text if line.place else None
        assert (date_words, place) == (example.date, example.place)
    for text in words.not_examples:
        assert read_dateline(report_of(text, code), language(code)) is None, text


@needs_shared
def test_quality_on_the_gold(fr: Language) -> None:
    """Equal earliest and latest over the pairs where either side has a value."""
    right = found = wanted = 0
    for report, candidates, gold in gold_reports():
        for c, g in zip(date(report, candidates, fr), gold, strict=True):
            want = ((g["when"] or {}).get("earliest"), (g["when"] or {}).get("latest"))
            got = days(c.claim.when)
            found += got != (None, None)
            wanted += want != (None, None)
            right += got == want != (None, None)
    precision, recall = right / found, right / wanted
    assert 2 * precision * recall / (precision + recall) >= 0.90


def test_date_in_the_noun_phrase_of_a_happening_is_its_own() -> None:
    text = "The station broadcasts a report on the 2 September bomb attack against the newspaper."
    report = report_of(text, "en", "1990-01-03")
    candidates = code(report, language("en"), codebook(), conflict=True)
    (found,) = (c.claim.when for c in date(report, candidates, language("en")))
    assert (found.earliest, found.latest) == ("1989-09-02", "1989-09-02")


def test_date_of_a_filing_line_dates_no_claim() -> None:
    for line, dated in (("KARVELO, 3 January 1990 (Wire) -- ", False), ("", False)):
        report = report_of(f"{line}Rebels attacked a convoy.", "en", "1990-01-03")
        candidates = code(report, language("en"), codebook(), conflict=True)
        (found,) = (c.claim.when for c in date(report, candidates, language("en")))
        assert (found.earliest is not None) is dated
