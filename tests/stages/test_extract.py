"""Documents to articles: the given text unchanged, a page's main text, or a reason."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.config import Settings
from dateline.model import Article, Document, Outcome, sha256
from dateline.stages.extract import Refused, extract, iso_date, read_line, read_page
from gold import SHARED, needs_shared

TEXT = (
    "Sahel : l’armée repousse une attaque\r\n\r\n"
    "Les soldats ont repoussé mardi une attaque du Front du Désert Uni près de Talmori.\r\n"
    "Lire aussi : la trêve de mars\r\n"
)
BODY = "".join(
    f"<p>Les soldats ont repoussé mardi une attaque numéro {n} du Front du Désert Uni près de la "
    "ville de Talmori, a annoncé le ministère de la Défense dans un communiqué.</p>"
    for n in range(8)
)


def page(head: str = "", body: str = BODY, title: str = "L'armée repousse une attaque") -> str:
    return (
        f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head>"
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    )


def article(data: bytes | str, media: str = "text", **given: str | None) -> Article:
    found = outcome(data, media, **given)
    assert isinstance(found, Article), found
    return found


def outcome(data: bytes | str, media: str = "text", **given: str | None) -> Article | Outcome:
    raw = data.encode() if isinstance(data, str) else data
    return extract(Document(data=raw, ref="r", media=media, **given), ("fr",))


def test_the_text_of_a_text_is_the_text() -> None:
    found = article(TEXT, published="2024-03-12", outlet="La Gazette")
    assert found.text == TEXT
    assert found.id == sha256(TEXT.encode())
    assert (found.lang, found.published, found.outlet) == ("fr", "2024-03-12", "La Gazette")
    assert found.title == "Sahel : l’armée repousse une attaque"
    assert [f.text for f in found.furniture] == ["Lire aussi : la trêve de mars"]
    assert all(found.text[f.start : f.end] == f.text for f in found.furniture)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_other_encodings_give_the_same_text(encoding: str) -> None:
    assert article(TEXT.encode(encoding)).text == TEXT


def test_a_line_of_json_gives_its_text_unchanged_and_its_fields() -> None:
    line = {"id": 7, "text": TEXT, "title": "Autre titre", "url": "https://example.org/a"}
    found = article(json.dumps(line), "json", lang="fr")
    assert (found.text, found.title, found.url) == (TEXT, "Autre titre", "https://example.org/a")


def test_a_lone_surrogate_is_replaced_one_for_one() -> None:
    found = article('{"text": "Les soldats \\ud83d ont repouss\\u00e9 une attaque"}', "json")
    assert found.text == "Les soldats \ufffd ont repoussé une attaque"


def test_a_page_gives_its_main_text_under_its_headline() -> None:
    found = article(page(body=BODY + "<footer>Tous droits réservés</footer>"), "html")
    headline, following = found.text.split("\n", 1)
    assert headline == "L'armée repousse une attaque"
    assert following.lstrip().startswith("Les soldats")
    assert "numéro 7" in found.text
    assert "Tous droits" not in found.text
    assert found.title == "L'armée repousse une attaque"
    assert found.published is None


def test_a_page_in_its_declared_encoding() -> None:
    data = page('<meta charset="iso-8859-1">').encode("latin-1")
    assert "près de la ville" in article(data, "html").text


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ('<meta property="article:published_time" content="2024-03-12T23:30:00+01:00">', None),
        ('<meta itemprop="datePublished" content="2024-03-12">', None),
        (
            '<script type="application/ld+json">'
            '{"@graph": [{"@type": "NewsArticle", "datePublished": "2024-03-12T08:00:00Z"}]}'
            "</script>",
            None,
        ),
        ("", "https://example.org/2024/03/12/attaque.html"),
        ('<link rel="canonical" href="https://example.org/2024/03/12/attaque.html">', None),
    ],
)
def test_the_day_of_publication_is_the_one_the_page_states(head: str, url: str | None) -> None:
    assert article(page(head), "html", url=url).published == "2024-03-12"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("", "<p>Publié le 12 mars 2024</p>" + BODY),
        ("", "<p>Le 3 mars 2024, dix civils ont été tués.</p>" + BODY),
        ('<meta property="article:modified_time" content="2024-03-14T08:00:00Z">', BODY),
        ('<meta itemprop="copyrightyear" content="2021">', BODY),
        (
            "",
            BODY + '<time datetime="2024-03-11">hier</time><time datetime="2023-01-02">x</time>',
        ),
        (
            '<script type="application/ld+json">{"@type": "NewsArticle", "related": '
            '{"datePublished": "2020-01-01"}}</script>',
            BODY,
        ),
    ],
)
def test_a_day_of_publication_is_never_guessed(head: str, body: str) -> None:
    assert article(page(head, body), "html").published is None


def test_what_the_caller_says_goes_before_what_the_page_says() -> None:
    head = '<meta property="article:published_time" content="2024-03-12">'
    assert article(page(head), "html", published="2024-03-13").published == "2024-03-13"


def test_a_page_that_the_parser_loses_half_of_is_refused() -> None:
    deep = page(body=BODY + "<div>" * 400 + BODY + "</div>" * 400)
    found = outcome(deep, "html")
    assert isinstance(found, Outcome)
    assert found.status == "extraction_failed"
    assert "nested too deep" in found.reason


@pytest.mark.parametrize(
    ("data", "media", "given", "status", "reason"),
    [
        (b"%PDF-1.7", "text", {}, "binary", "a PDF"),
        ("1234 !!!", "text", {}, "empty", "no words"),
        ("Lire aussi : la suite", "text", {"lang": "fr"}, "empty", "furniture"),
        (TEXT, "text", {"lang": "de"}, "unknown_language", "'de'"),
        (TEXT, "text", {"published": "12/03/2024"}, "bad_date", "YYYY-MM-DD"),
        (TEXT, "text", {"published": "2024-02-30"}, "bad_date", "YYYY-MM-DD"),
        ("<html><body></body></html>", "html", {}, "extraction_failed", "no main text"),
        ("{", "json", {}, "bad_line", "not JSON"),
        ("[" * 100_000, "json", {}, "bad_line", "not JSON"),
        ('{"text": 3}', "json", {}, "bad_line", "not a string"),
    ],
)
def test_a_document_without_an_article_says_why(
    data: bytes | str, media: str, given: dict[str, str], status: str, reason: str
) -> None:
    found = outcome(data, media, **given)
    assert isinstance(found, Outcome)
    assert found.status == status
    assert reason in found.reason
    assert "\n" not in found.reason


@pytest.mark.parametrize(
    "text",
    [
        "The army said on Tuesday that its soldiers had killed twelve fighters near the town.",
        "El ejército informó el martes de que doce combatientes murieron cerca de la ciudad.",
        "Die Armee teilte am Dienstag mit, dass zwölf Kämpfer nahe der Stadt getötet wurden.",
        "Войска сообщили во вторник, что у города были убиты двенадцать боевиков.",
    ],
)
def test_a_language_without_resources_is_refused(text: str) -> None:
    found = outcome(text)
    assert isinstance(found, Outcome)
    assert found.status == "unknown_language"
    assert "--lang" in found.reason


def test_limits_are_those_of_the_settings() -> None:
    document = Document(data=TEXT.encode(), ref="r")
    for limit in ({"max_input_bytes": 10}, {"max_article_characters": 10}):
        found = extract(document, ("fr",), Settings.model_validate(limit))
        assert isinstance(found, Outcome)
        assert found.status == "too_large"
        assert f"DATELINE_{next(iter(limit)).upper()}" in found.reason


@pytest.mark.parametrize("given", ["2024-03-12", " 2024-03-12 ", "2024-03-12T08:00:00Z"])
def test_iso_date_gives_the_day(given: str) -> None:
    assert iso_date(given) == "2024-03-12"


@pytest.mark.parametrize("given", ["2024", "12.3.2024", "2024-13-01", "2024-1-1", "hier", ""])
def test_iso_date_takes_nothing_else(given: str) -> None:
    with pytest.raises(Refused):
        iso_date(given)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_of_a_line_are_read_or_refused(data: bytes) -> None:
    try:
        read_line(data)
    except Refused as refused:
        reason = refused.reason
        assert reason.isprintable(), reason


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


def overlap(found: str, wanted: str) -> float:
    a, b = words(found), words(wanted)
    return 2 * (a & b).total() / max(1, a.total() + b.total())


@needs_shared
@pytest.mark.slow
def test_real_pages_give_their_main_text_or_a_reason() -> None:
    truth = json.loads((SHARED / "html" / "ground-truth.json").read_text(encoding="utf-8"))
    scores = []
    for name, row in truth.items():
        data = gzip.decompress((SHARED / "html" / "html" / f"{name}.html.gz").read_bytes())
        try:
            found = read_page(data.decode("utf-8", errors="replace"), None, Settings())
        except Refused:
            scores.append(0.0)
        else:
            scores.append(overlap(found.body, row["articleBody"]))
    assert len(scores) == 181
    assert sum(scores) / len(scores) > 0.95
