"""The readers of gold that ask which names are found: GeoVirus and named entities."""

from __future__ import annotations

from typing import Any

from dateline.gazetteer import open_gazetteer
from dateline.gold import reader_of
from dateline.gold.entities import EntityGold
from dateline.gold.geovirus import Countries, GeoVirusGold
from dateline.gold.reading import OVERALL, SLOT
from dateline.model import Document, Outcome


def code(document: Document) -> Outcome:
    raise AssertionError("these readers ask for places and not for claims")


def marked(text: str, words: str, **more: Any) -> dict[str, Any]:
    start = text.index(words)
    return {"start": start, "end": start + len(words), **more}


def test_geovirus_counts_what_is_found_and_how_far_off() -> None:
    text = "Cases were found in Perth, Western Australia, and in the hamlet of Kallimo."
    row = {
        "id": "1",
        "text": text,
        "toponyms": [
            marked(text, "Perth", lat=-31.95, lon=115.86),
            marked(text, "Western Australia", lat=-26.0, lon=121.0),
            marked(text, "Kallimo", lat=0.0, lon=0.0),
        ],
    }
    reader = reader_of(row)
    assert isinstance(reader, GeoVirusGold)
    result = reader.score([row], code)
    found = result.measure(OVERALL, "places found").figure.to_json()
    assert (found["right"], found["of"]) == (2, 3)
    assert result.score(OVERALL, "found within 161 km") == 1.0
    assert result.score(OVERALL, "country of found") == 1.0
    assert [fault.ours for fault in result.faults] == ["no list holds it"]


def test_geovirus_says_how_far_off_a_wrong_one_is() -> None:
    text = "The river rose in Georgia and Alabama and Tennessee."
    row = {"id": "1", "text": text, "toponyms": [marked(text, "Georgia", lat=42.0, lon=43.5)]}
    result = GeoVirusGold().score([row], code)
    assert result.score(OVERALL, "country of found") == 0.0
    assert "km off" in result.faults[0].ours


def test_a_point_lies_in_the_country_of_the_nearest_town() -> None:
    countries = Countries(open_gazetteer())
    assert countries.at(13.69, -89.19) == "SV"
    assert countries.at(-17.7, 179.99) == "FJ"
    assert countries.at(-40.0, -120.0) is None


def test_entities_are_met_by_places_and_actors() -> None:
    text = "La Minusma a ouvert un bureau à Gao, selon le club des lecteurs."
    row = {
        "id": "1",
        "lang": "fr",
        "text": text,
        "entities": [
            marked(text, "Minusma", type="Organization"),
            marked(text, "Gao", type="Location"),
            marked(text, "club des lecteurs", type="Organization"),
        ],
    }
    assert isinstance(reader_of(row), EntityGold)
    result = EntityGold().score([row], code)
    assert result.score(OVERALL, "locations") == 1.0
    assert result.score(SLOT, "locations with a point") == 1.0
    found = result.measure(SLOT, "organisations").figure.to_json()
    assert (found["right"], found["of"]) == (1, 2)
