"""The page of figures, made of a record."""

from __future__ import annotations

import json

from dateline.agreement import Count
from dateline.gold.accuracy import measure_of, page, record, sets
from dateline.gold.reading import OVERALL, SLOT, TYPE, Average, Measure, Result, Share

RESULT = Result(
    reader="claims",
    items=1234,
    measures=(
        Measure(OVERALL, "claims, typed", Count(3, 4, 2)),
        Measure(SLOT, "modality", Share(9, 10)),
        Measure(SLOT, "means", Count()),
        Measure(OVERALL, "roles, average", Average.over([0.5, 0.25, 0.0])),
        Measure(TYPE, "arrest", Count(1, 1, 1)),
    ),
    notes=("nothing was left out",),
    refused=(("a", "too_large: no"),),
)


def test_what_is_recorded_comes_back() -> None:
    kept = json.loads(json.dumps(record(RESULT, "f" * 64)))
    assert tuple(measure_of(each) for each in kept["measures"]) == RESULT.measures[:4]


def test_the_page_says_what_was_measured_on_what() -> None:
    kept = record(RESULT, "f" * 64)
    shown = page({"sets": {"fr-dev": kept, "muc4-tst1": kept, "no-such-set": kept}})
    assert "| `fr-dev` | claims, typed | 3 | 4 | 2 | 0.50 | 0.67 | 0.57 |  |" in shown
    assert "| `fr-dev` | modality | 10 |  | 9 |  |  |  | 0.90 |" in shown
    assert "| `fr-dev` | means | 0 | 0 | 0 | - | - | - |  |" in shown
    assert "| `fr-dev` | roles, average |  |  |  |  |  |  | 0.25 |" in shown
    assert "| `muc4-tst1` | en | test | 1,234 |" in shown
    assert "- `fr-dev`, `muc4-tst1`: nothing was left out." in shown
    assert "`fr-dev`: 1 texts were refused" in shown
    assert "no-such-set" not in shown
    assert "arrest" not in shown


def test_every_set_says_whose_it_is_and_is_listed_once() -> None:
    names = [each.name for each in sets()]
    assert len(names) == len(set(names))
    assert all("(" in each.source and each.about for each in sets())
    assert {each.name for each in sets() if each.use == "test"} == {"muc4-tst1", "muc4-tst2"}
