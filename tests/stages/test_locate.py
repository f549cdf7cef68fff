"""Where it happened: invented sentences for each turn of phrase, and the gold as a floor."""

from __future__ import annotations

import math
import time

import pytest

from dateline.gazetteer import Gazetteer, open_gazetteer
from dateline.language import language
from dateline.model import Actor, ArticleRef, Claim, Extent, Place, Span
from dateline.stages.locate import locate
from dateline.syntax import Candidate, Dateline, Report
from gold import gold_reports, needs_shared, report_of


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return open_gazetteer()


def candidates(
    report: Report, trigger: str, type: str = "armed-attack", actor: str | None = None
) -> tuple[Candidate, ...]:
    """A candidate at every token that reads ``trigger``."""
    text = report.article.text
    actors: tuple[Actor, ...] = ()
    if actor is not None:
        start = text.index(actor)
        actors = (Actor(start, start + len(actor), actor),)
    return tuple(
        Candidate(
            claim=Claim(
                id="0",
                article=ArticleRef(id=report.article.id, ref="given"),
                type=type,
                trigger=Span(token.start, token.end, text[token.start : token.end]),
                sentence=Extent(sentence.start, sentence.end),
                actors=actors,
            ),
            sentence=n,
            trigger=token.i,
            anchor=token.i,
        )
        for n, sentence in enumerate(report.sentences)
        for token in sentence
        if token.text == trigger
    )


def place(gazetteer: Gazetteer, text: str, trigger: str, **more: str) -> Place | None:
    """Where the last claim of a text is put."""
    report = report_of(text)
    found = locate(report, candidates(report, trigger, **more), language("fr"), gazetteer)
    assert found
    for each in found:
        for span in each.claim.places:
            assert text[span.start : span.end] == span.text
            assert each.claim.provenance["places"].startswith("locate/")
    places = found[-1].claim.places
    assert len(places) <= 1
    return places[0] if places else None


@pytest.mark.parametrize(
    ("text", "trigger", "words", "name", "country", "precision"),
    [
        # in a town
        ("Une bombe a explosé à Mossoul.", "explosé", "Mossoul", "Mosul", "IQ", "place"),
        # object and "of"
        (
            "La prise de Falloujah par l'armée irakienne a duré trois jours.",
            "prise",
            "Falloujah",
            "Al Fallūjah",
            "IQ",
            "place",
        ),
        ("Les rebelles ont repris Kounduz.", "repris", "Kounduz", "Kunduz", "AF", "place"),
        # the most specific of several
        (
            "Une attaque a eu lieu à Tombouctou, dans le nord du Mali.",
            "attaque",
            "Tombouctou",
            "Timbuktu",
            "ML",
            "place",
        ),
        # a division by its noun, though the town has the same name
        (
            "Un convoi a été attaqué dans la province d'Idleb, en Syrie.",
            "attaqué",
            "Idleb",
            "Idlib",
            "SY",
            "admin1",
        ),
        # a country is never a village
        ("Un attentat a fait dix morts au Niger.", "attentat", "Niger", "Niger", "NE", "country"),
        # the headline's topic
        (
            "Mali : un poste attaqué\nTrois soldats sont morts.",
            "morts",
            "Mali",
            "Mali",
            "ML",
            "country",
        ),
        # the adjective as the last resort
        (
            "Une base syrienne bombardée\nTrois hommes sont morts.",
            "morts",
            "syrienne",
            "Syria",
            "SY",
            "country",
        ),
        # the role of a place
        (
            "Zimbabwe : des soldats en ville\nLes soldats ont attaqué la capitale.",
            "attaqué",
            "capitale",
            "Harare",
            "ZW",
            "place",
        ),
        # an embassy's country is not where it stands
        (
            "Des tirs ont visé l'ambassade de France à Tripoli, en Libye.",
            "tirs",
            "Tripoli",
            "Tripoli",
            "LY",
            "place",
        ),
        # spelt otherwise, in a country that the report speaks of
        (
            "Syrie : raid contre un marché\nLe raid a visé Khan Cheikhoune.",
            "raid",
            "Khan Cheikhoune",
            "Khān Shaykhūn",
            "SY",
            "place",
        ),
    ],
)
def test_where(
    gazetteer: Gazetteer,
    text: str,
    trigger: str,
    words: str,
    name: str,
    country: str,
    precision: str,
) -> None:
    found = place(gazetteer, text, trigger)
    assert found is not None
    assert (found.text, found.name, found.country, found.precision) == (
        words,
        name,
        country,
        precision,
    )
    assert found.lat is not None


@pytest.mark.parametrize(
    ("text", "words", "relation", "radius"),
    [
        (
            "Un convoi a été attaqué à 30 km au sud de Kidal, au Mali.",
            "Kidal",
            "à 30 km au sud de",
            30.0,
        ),
        ("Un convoi a été attaqué près de Benghazi.", "Benghazi", "près de", 10.0),
        (
            "Un convoi a été attaqué sur la route de Tombouctou.",
            "Tombouctou",
            "sur la route de",
            30.0,
        ),
        (
            "Un convoi a été attaqué entre Gao et Kidal, au Mali.",
            "Gao",
            "entre Gao et Kidal",
            50.0,
        ),
    ],
)
def test_relations(
    gazetteer: Gazetteer, text: str, words: str, relation: str, radius: float
) -> None:
    found = place(gazetteer, text, "attaqué")
    assert found is not None
    assert (found.text, found.relation, found.radius_km, found.precision) == (
        words,
        relation,
        radius,
        "near",
    )


def test_an_actor_phrase_is_not_where_it_happened(gazetteer: Gazetteer) -> None:
    found = place(
        gazetteer,
        "L'armée du Tchad a attaqué un camp à Maiduguri, au Nigeria.",
        "attaqué",
        actor="armée du Tchad",
    )
    assert found is not None
    assert found.name == "Maiduguri"


@pytest.mark.parametrize(
    "text",
    [
        "Paris Hilton a dénoncé l'attaque.",
        "Hillary Clinton a dénoncé l'attaque.",
        "Les Kurdes ont dénoncé l'attaque.",
    ],
)
def test_names_that_are_no_places(gazetteer: Gazetteer, text: str) -> None:
    assert place(gazetteer, text, "attaque") is None


def test_a_village_that_is_not_listed(gazetteer: Gazetteer) -> None:
    """Its words are kept, with the country and without a point."""
    found = place(gazetteer, "Libye : des heurts\nUne attaque a visé Bir Zazoune.", "attaque")
    assert found is not None
    assert found.country == "LY"
    found = place(
        gazetteer, "Libye : des heurts\nUne attaque a eu lieu au village de Bir Zazoune.", "attaque"
    )
    assert found is not None
    assert (found.text, found.country, found.lat, found.id) == ("Bir Zazoune", "LY", None, None)


def test_a_spot_takes_the_point_of_the_town_around_it(gazetteer: Gazetteer) -> None:
    found = place(
        gazetteer, "Une bombe a explosé devant l'hôtel Zafir, à Mogadiscio, en Somalie.", "explosé"
    )
    assert found is not None
    assert found.country == "SO"
    assert found.lat == pytest.approx(2.04, abs=0.1)
    assert found.id is None or found.name == "Mogadishu"


def test_towns_of_one_name_are_told_apart_by_the_report(gazetteer: Gazetteer) -> None:
    libya = place(gazetteer, "Libye : des tirs\nDes tirs ont éclaté à Tripoli.", "tirs")
    lebanon = place(gazetteer, "Liban : des tirs\nDes tirs ont éclaté à Tripoli.", "tirs")
    assert libya is not None
    assert lebanon is not None
    assert (libya.country, lebanon.country) == ("LY", "LB")


@pytest.mark.parametrize("type", ["accusation", "demand", "responsibility", "threat"])
def test_words_have_a_place_only_of_their_own(gazetteer: Gazetteer, type: str) -> None:
    text = "Somalie : attentat à Mogadiscio\nLe ministre a condamné les tueurs."
    assert place(gazetteer, text, "condamné", type=type) is None
    text = "Somalie : attentat à Mogadiscio\nLe ministre a condamné les tueurs à Nairobi."
    found = place(gazetteer, text, "condamné", type=type)
    assert found is not None
    assert found.name == "Nairobi"


def test_the_dateline_when_nothing_else_names_a_place(gazetteer: Gazetteer) -> None:
    text = "Des soldats tués\nBAMAKO (Presse) - Trois soldats sont morts."
    report = report_of(text)
    start = text.index("BAMAKO")
    there = Span(start, start + 6, "BAMAKO")
    report = Report(
        article=report.article,
        view=report.view,
        body=report.body,
        sentences=report.sentences,
        headline=report.headline,
        dateline=Dateline(span=there, place=there),
    )
    (found,) = locate(report, candidates(report, "morts"), language("fr"), gazetteer)
    (where,) = found.claim.places
    assert (where.text, where.country) == ("BAMAKO", "ML")


def test_unparsed_paragraphs_change_nothing(gazetteer: Gazetteer) -> None:
    """The gate leaves paragraphs without a happening unparsed; places stay the same."""
    text = (
        "Des soldats tués\nLe pays pleure à Bamako.\nTrois soldats sont morts.\nLa foule est venue."
    )
    report = report_of(text)
    kept = tuple(s for s in report.sentences if s.headline or "morts" in text[s.start : s.end])
    assert len(kept) < len(report.sentences)
    gated = Report(
        article=report.article,
        view=report.view,
        body=report.body,
        sentences=kept,
        headline=report.headline,
    )
    whole = locate(report, candidates(report, "morts"), language("fr"), gazetteer)
    part = locate(gated, candidates(gated, "morts"), language("fr"), gazetteer)
    assert [c.claim.places for c in whole] == [c.claim.places for c in part]
    assert whole[0].claim.places[0].text == "Bamako"


def test_no_claims_no_work(gazetteer: Gazetteer) -> None:
    assert locate(report_of("Rien."), (), language("fr"), gazetteer) == ()


def test_a_hostile_text_takes_no_longer_than_its_length(gazetteer: Gazetteer) -> None:
    def seconds(times: int) -> float:
        report = report_of("Attaque à " + "Bir Zazoune et Oued El Kebir, " * times + "hier.")
        started = time.process_time()
        locate(report, candidates(report, "Attaque"), language("fr"), gazetteer)
        return time.process_time() - started

    seconds(10)
    assert seconds(800) < 25 * max(seconds(100), 0.05)


@needs_shared
def test_the_gold_places(gazetteer: Gazetteer) -> None:
    """A floor under the places of the real reports, with type, trigger and roles given."""
    hits = said = gold = close = points = 0
    for report, given, claims in gold_reports():
        for candidate, claim in zip(
            locate(report, given, language("fr"), gazetteer), claims, strict=True
        ):
            found = candidate.claim.places[0] if candidate.claim.places else None
            wanted = claim["place"]
            said += found is not None
            gold += wanted is not None
            if found is None or wanted is None:
                continue
            if not (found.start < wanted["end"] and wanted["start"] < found.end):
                continue
            hits += 1
            if wanted["lat"] is not None:
                points += 1
                close += found.lat is not None and _km(found, wanted["lat"], wanted["lon"]) <= 161
    precision, recall = hits / said, hits / gold
    assert 2 * precision * recall / (precision + recall) >= 0.85
    assert close / points >= 0.85


def _km(place: Place, lat: float, lon: float) -> float:
    assert place.lat is not None
    assert place.lon is not None
    a, b = math.radians(place.lat), math.radians(lat)
    h = (
        math.sin((b - a) / 2) ** 2
        + math.cos(a) * math.cos(b) * math.sin(math.radians(lon - place.lon) / 2) ** 2
    )
    return 12742 * math.asin(math.sqrt(h))


@pytest.mark.parametrize(
    ("text", "trigger", "words"),
    [
        # the headline's town, not the country before its colon
        ("Tunisie : des explosions frappent Sousse\nUn poste a été attaqué.", "attaqué", "Sousse"),
        ("Mali : un groupe revendique l'attaque de Gao\nUn poste a été visé.", "visé", "Gao"),
        ("Mali : un groupe revendique l'attaque de Gao\nRien.", "attaque", "Gao"),
        # what only points at a place is no name to fall back on
        (
            "Zimbabwe : l'armée entre dans la capitale\nLe président a été arrêté.",
            "arrêté",
            "Zimbabwe",
        ),
        # a town goes before the country around it
        ("En Somalie, une attaque a visé un hôtel de Mogadiscio.", "attaque", "Mogadiscio"),
        # what only says where the place before it is
        (
            "Dans la ville de Gao, située à 80 km au sud de la capitale Bamako, "
            "un poste a été attaqué.",
            "attaqué",
            "Gao",
        ),
        ("À Baïji, une ville proche de Tikrit, un poste a été attaqué.", "attaqué", "Baïji"),
        # what an operation is for
        (
            "L'armée a lancé une offensive pour reprendre la ville de Mossoul en Irak.",
            "offensive",
            "Mossoul",
        ),
        (
            "Les troupes ont lancé une opération visant à reprendre le reste de Mossoul, "
            "tandis qu'en Syrie le calme règne.",
            "opération",
            "Mossoul",
        ),
        # what was done to the place
        ("Des civils ont fui Mossoul assiégée.", "assiégée", "Mossoul"),
        # the name of an agency
        (
            "Turquie : un pont attaqué\nDes blessés ont été vus selon l'agence Anatolie.",
            "blessés",
            "Turquie",
        ),
        # a direction, where the sentence has nothing else
        ("Mali : retour au calme\nDes rebelles ont avancé vers le sud.", "avancé", "sud"),
        # a street only bears the name
        (
            "Paris : nuit de heurts\nUn car a été brûlé rue de Washington.",
            "brûlé",
            "rue de Washington",
        ),
    ],
)
def test_which_of_several(gazetteer: Gazetteer, text: str, trigger: str, words: str) -> None:
    type = "offensive" if "opération" in trigger else "armed-attack"
    found = place(gazetteer, text, trigger, type=type)
    assert found is not None
    assert found.text == words


def test_a_place_of_another_happening_is_not_ours(gazetteer: Gazetteer) -> None:
    report = report_of(
        "Irak : colère à Bassora\n"
        "Le pays connaît des manifestations suite à l'exécution d'un opposant en Arabie saoudite."
    )
    given = candidates(report, "manifestations", "protest") + candidates(
        report, "exécution", "killing"
    )
    protest, killing = locate(report, given, language("fr"), gazetteer)
    assert [p.text for p in protest.claim.places] == ["Bassora"]
    assert [p.text for p in killing.claim.places] == ["Arabie saoudite"]


def test_responsibility_claimed_in_a_headline_has_no_place(gazetteer: Gazetteer) -> None:
    text = "Mali : un groupe revendique l'attaque de Gao"
    assert place(gazetteer, f"{text}\nRien.", "revendique", type="responsibility") is None
