"""Date specs: which are scored, what counts as found and as right, and what is left out and why."""

from __future__ import annotations

from typing import Any

import pytest

from dateline.gold.dates import DateGold
from dateline.gold.reading import Result, Row
from dateline.model import Document, Outcome

REF = "2016-11-07T00:00:00"


def code(document: Document) -> Outcome:
    raise AssertionError("no claim is coded for a date")


def row(
    text: str, words: str, kind: str, *values: dict[str, str], lang: str = "English", **more: Any
) -> Row:
    start = text.lower().index(words.lower())
    result = {
        "Text": words,
        "Start": start,
        "End": start + len(words) - 1,
        "TypeName": f"datetimeV2.{kind}",
        "Resolution": {"values": [{"type": kind, **value} for value in values]},
    }
    return {"lang": lang, "i": 1, "input": text, "ref": REF, "results": [result], **more}


def score(*rows: Row) -> Result:
    return DateGold().score(rows, code)


def right(one: Row) -> bool:
    result = score(one)
    assert result.items == 1, result.notes
    return result.score("overall", "value right") == 1.0


def left_out(one: Row) -> str:
    result = score(one)
    assert result.items == 0
    return result.notes[0]


def test_a_reader_knows_its_rows() -> None:
    assert DateGold().accepts(row("today", "today", "date"))
    assert not DateGold().accepts({"id": "x", "text": "y", "claims": []})


@pytest.mark.parametrize(
    "one",
    [
        row("They fled on 3 May 2019.", "3 May 2019", "date", {"value": "2019-05-03"}),
        row(
            "They fled on Friday.",
            "Friday",
            "date",
            {"timex": "XXXX-WXX-5", "value": "2016-11-04"},
            {"timex": "XXXX-WXX-5", "value": "2016-11-11"},
        ),
        row(
            "They fled in June 2014.",
            "June 2014",
            "daterange",
            {"timex": "2014-06", "start": "2014-06-01", "end": "2014-07-01"},
        ),
        row(
            "From 3 to 5 May 2014 they fled.",
            "From 3 to 5 May 2014",
            "daterange",
            {"timex": "(2014-05-03,2014-05-05,P2D)", "start": "2014-05-03", "end": "2014-05-05"},
        ),
        row(
            "They fled two weeks ago.",
            "two weeks ago",
            "date",
            {"timex": "2016-10-24", "value": "2016-10-24"},
        ),
        row(
            "They fled since 1984.",
            "since 1984",
            "daterange",
            {"timex": "1984", "Mod": "since", "start": "1984-01-01"},
        ),
        row(
            "They fled before 2010.",
            "before 2010",
            "daterange",
            {"timex": "2010", "Mod": "before", "end": "2010-01-01"},
        ),
        row(
            "They fled this week.",
            "this week",
            "daterange",
            {"timex": "2016-W45", "start": "2016-11-07", "end": "2016-11-14"},
        ),
        row(
            "They fled the day before.",
            "the day before",
            "date",
            {"timex": "2016-11-06", "value": "2016-11-06"},
        ),
        row(
            "They fled yesterday at 9 p.m. with him.",
            "yesterday at 9 p.m.",
            "datetime",
            {"timex": "2016-11-06T21", "value": "2016-11-06 21:00:00"},
        ),
        row(
            "Ils ont fui hier soir.",
            "hier soir",
            "datetimerange",
            {
                "timex": "2016-11-06TEV",
                "start": "2016-11-06 16:00:00",
                "end": "2016-11-06 20:00:00",
            },
            lang="French",
        ),
    ],
)
def test_what_is_right(one: Row) -> None:
    assert right(one)


@pytest.mark.parametrize(
    "one",
    [
        row("They fled on 3 May 2019.", "3 May 2019", "date", {"value": "2019-05-04"}),
        row("They fled on the morrow.", "the morrow", "date", {"value": "2016-11-08"}),
        row(
            "They fled in 2014.",
            "2014",
            "daterange",
            {"timex": "2014-06", "start": "2014-06-01", "end": "2014-07-01"},
        ),
    ],
)
def test_what_is_wrong_is_a_fault(one: Row) -> None:
    result = score(one)
    assert result.score("overall", "value right") == 0.0
    assert len(result.faults) == 1


@pytest.mark.parametrize(
    ("one", "why"),
    [
        (row("It lasted 3 hours.", "3 hours", "duration", {"value": "10800"}), "says no day"),
        (row("Every day.", "Every day", "set", {"value": "not resolved"}), "says no day"),
        (row("Feb 30.", "Feb 30", "date", {"value": "not resolved"}), "no value"),
        (
            row("Come now.", "now", "datetime", {"timex": "PRESENT_REF", "value": REF}),
            "counted from this second",
        ),
        (row("=2019", "=2019", "daterange", {"timex": "2019", "start": "2019-01-01"}), "typed"),
        (row("On 5/12.", "5/12", "date", {"value": "2016-05-12"}), "either order"),
        (
            row(
                "In week 31.", "week 31", "daterange", {"timex": "2016-W31", "start": "2016-08-01"}
            ),
            "office",
        ),
        (
            row(
                "That week.", "That week", "daterange", {"Mod": "ref_undef", "start": "2016-11-07"}
            ),
            "told elsewhere",
        ),
        (
            row("Demain.", "Demain", "date", {"value": "2016-11-08"}, lang="French", ref=""),
            "counts",
        ),
    ],
)
def test_what_is_left_out_is_counted_by_its_reason(one: Row, why: str) -> None:
    assert why in left_out(one)


def test_what_we_find_and_the_spec_does_not_is_spurious() -> None:
    one = {"lang": "English", "i": 7, "input": "They fled on Friday.", "ref": REF, "results": []}
    result = score(one)
    assert [fault.kind for fault in result.faults] == ["spurious"]
    assert result.measure("overall", "expressions found").figure.ours == 1  # type: ignore[union-attr]


def test_a_language_without_resources_is_refused() -> None:
    one = row("Mañana.", "Mañana", "date", {"value": "2016-11-08"}, lang="Spanish")
    assert score(one).refused == (("1", "no resources for Spanish"),)
