"""Which place an English name means: what stands beside it, the report, and the words around."""

from __future__ import annotations

import pytest

from dateline.gazetteer import open_gazetteer
from dateline.language import language
from dateline.nations import nations
from dateline.toponyms import Toponyms
from gold import report_of


def named(text: str) -> dict[str, tuple[str | None, str | None]]:
    """Each place found in a text: its name in the index and its country."""
    report = report_of(text, "en")
    search = Toponyms(report, language("en").places, open_gazetteer())
    found = [t for sentence in report.sentences for t in search.of(sentence)]
    return {
        text[t.start : t.end]: (t.entry.name if t.entry else None, t.country)
        for t in found
        if t.kind != "adjective"
    }


@pytest.mark.parametrize(
    ("text", "name", "place", "country"),
    [
        ("A fire broke out in Birmingham, Alabama.", "Birmingham", "Birmingham", "US"),
        ("A fire broke out in Birmingham, England.", "Birmingham", "Birmingham", "GB"),
        ("Floods hit Alabama, Georgia and Tennessee.", "Georgia", "Georgia", "US"),
        ("Georgia and Armenia signed a treaty.", "Georgia", "Georgia", "GE"),
        ("The state of Victoria in Australia was hit.", "Victoria", "Victoria", "AU"),
        ("Cases were seen in California, United States.", "California", "California", "US"),
        ("U.S. troops left for Kuwait.", "U.S", "United States", "US"),
        ("Four died in Antioquia Department, Colombia.", "Antioquia", "Antioquia", "CO"),
        ("He was in Washington, D.C. on Monday.", "Washington", "Washington", "US"),
        ("Shots were fired in northern Mali's Gao region.", "Gao", "Gao", "ML"),
        ("A bomb went off in Africa's largest port.", "Africa", "Africa", None),
        ("They fought in El Fasher, North Darfur.", "North Darfur", "Northern Darfur", "SD"),
    ],
)
def test_which_place(text: str, name: str, place: str, country: str | None) -> None:
    assert named(text)[name] == (place, country)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The news reached us in May and they told us so.", "us"),
        ("Central American leaders met in Managua.", "American"),
        ("Reporter Hugo Ibarra was hurt. Ibarra has left the hospital.", "Ibarra"),
        ("The guard shot a man. Turkey hens fled to the hills, said Ann.", "hens"),
    ],
)
def test_no_place(text: str, name: str) -> None:
    assert name not in named(text)


def test_a_village_that_no_list_holds_is_a_place() -> None:
    found = named("Four people were killed in the village of Kallimo, Helmand province.")
    assert found["Kallimo"] == (None, None)
    assert "San Tito de la Peña" in named("They were shot in San Tito de la Peña, Peru.")
    assert "Escalones neighborhood" in named("It blew up in the quiet Escalones neighborhood.")


def test_main_country_reads_capitals() -> None:
    assert nations("en").main("They told us what we all know about China.") == "CN"
    assert nations("en").main("US and US again, against China.") == "US"
    assert nations("en").main("Central American states met.") is None
