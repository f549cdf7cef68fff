"""The reader of PLOVER sentences, on invented ones."""

from __future__ import annotations

from typing import Any

import pytest

from dateline.agreement import Count
from dateline.gold.plover import PloverGold, categories, covered, overlap, shared_words
from dateline.gold.reading import NOTE, OVERALL, SLOT, TYPE, Result, Share
from dateline.model import Actor, ArticleRef, Claim, Document, Extent, Outcome, Span, Target

TEXT = "Kora rebels said they attacked a convoy of the Sarno army near Belmo."


def claim(type: str, trigger: str, text: str = TEXT, **slots: Any) -> Claim:
    at = text.index(trigger)
    mentions = {
        name: tuple(
            kind(text.index(words), text.index(words) + len(words), words)
            for words in slots.pop(name, ())
        )
        for name, kind in (("actors", Actor), ("targets", Target))
    }
    return Claim(
        id=f"{type}:{at}",
        article=ArticleRef(id="0" * 64, ref="given"),
        type=type,
        trigger=Span(at, at + len(trigger), trigger),
        sentence=Extent(0, len(text)),
        **mentions,
        **slots,
    )


ATTACK = claim("armed-attack", "attacked", actors=["Kora rebels"], targets=["convoy"])
ROW: dict[str, Any] = {
    "id": "s1",
    "language": "en",
    "date": "2000-01-01",
    "event": "FIGHT",
    "eventText": "attacked",
    "text": TEXT,
    "source": [{"actorText": "Kora rebels"}],
    "target": [{"actorText": "Sarno army"}],
    "textInfo": {
        "markup": "(SRC: Kora rebels) said they (EVT: attacked) a convoy of the (TAR: Sarno army) "
        "(LOC: near Belmo)."
    },
}


def result_of(claims: list[Claim], **row: Any) -> Result:
    def code(document: Document) -> Outcome:
        assert (document.lang, document.published) == ("en", "2000-01-01")
        return Outcome(ref=document.ref, status="coded", claims=tuple(claims))

    return PloverGold().score([{**ROW, **row}], code)


def share(result: Result, name: str, group: str = OVERALL) -> tuple[int, int]:
    figure = result.measure(group, name).figure
    assert isinstance(figure, Share)
    return figure.right, figure.of


def test_a_right_category_source_and_target() -> None:
    army = claim("armed-attack", "attacked", actors=["Kora rebels"], targets=["Sarno army"])
    result = result_of([army])
    assert all(measure.score == 1.0 for measure in result.measures)
    assert result.measure(TYPE, "ASSAULT").figure == Count(1, 1, 1)  # FIGHT is part of it since
    assert result.faults == ()


def test_the_main_claim_is_the_one_on_the_earliest_words_of_the_event() -> None:
    protest = claim("protest", "said")
    assert share(result_of([protest, ATTACK]), "category") == (1, 1)
    assert share(result_of([protest, ATTACK]), "category, first claim") == (0, 1)
    elsewhere = claim("armed-attack", "convoy")
    assert share(result_of([protest, elsewhere]), "category") == (0, 1)
    assert share(result_of([protest, elsewhere]), "category, any claim") == (1, 1)


def test_nothing_found_is_wrong_and_said() -> None:
    result = result_of([])
    assert share(result, "category") == (0, 1)
    assert result.measure(OVERALL, "source").figure == Count(1, 0, 0)
    assert [(fault.kind, fault.name) for fault in result.faults] == [
        ("missed", "ASSAULT"),
        ("source", "ASSAULT"),
        ("target", "ASSAULT"),
    ]
    assert "⟦attacked⟧" in result.faults[0].words


def test_a_wrong_category_says_which_rule_made_it() -> None:
    protest = claim("protest", "attacked", provenance={"type": "some-rule@en@1"})
    fault = result_of([protest]).faults[0]
    assert (fault.kind, fault.name) == ("category", "ASSAULT > PROTEST")
    assert "some-rule@en@1" in fault.ours


def test_a_category_that_no_type_stands_for_is_apart() -> None:
    assert "SUPPORT" not in covered()
    result = result_of([ATTACK], event="SUPPORT")
    assert share(result, "category") == (0, 0)
    assert share(result, "category, all rows") == (0, 1)
    assert share(result, "SUPPORT: no claim", NOTE) == (0, 1)
    assert any("SUPPORT (1)" in note for note in result.notes)
    assert result.measure(OVERALL, "source").figure == Count()


def test_two_who_act_on_each_other_are_both_source_and_target() -> None:
    text = "Sarno and Belmo agreed on a truce."
    row = {
        "event": "AGREE",
        "text": text,
        "source": [{"actorText": "Sarno"}, {"actorText": "Belmo"}],
        "target": "",
        "textInfo": "(SRC/TAR: Sarno) and (SRC/TAR: Belmo) (EVT: agreed) on a truce.",
    }
    one_side = claim("agreement", "agreed", text, actors=["Sarno", "Belmo"])
    both = claim("agreement", "agreed", text, actors=["Sarno"], targets=["Belmo"])
    for found in (one_side, both):
        result = result_of([found], **row)
        assert result.measure(OVERALL, "source").figure == Count(2, 2, 2)
        assert result.measure(OVERALL, "target").figure == Count(2, 2, 2)


@pytest.mark.parametrize(
    ("gold", "ours", "right"),
    [
        (["Sarno army"], ["the Sarno army"], 1),
        (["Sarno"], ["Sarno security forces"], 1),
        (["President Ivo Karl of Sarno"], ["Ivo Karl"], 1),
        (["President Ivo Karl of Sarno"], ["President Anna Bley of Belmo"], 0),
        (["U.N."], ["U.N."], 1),
        (["Sarno army", "Sarno police"], ["Sarno army"], 1),
        ([], ["Sarno army"], 0),
    ],
)
def test_names_are_the_same_when_they_share_half_the_words(
    gold: list[str], ours: list[str], right: int
) -> None:
    assert overlap(gold, ours) == Count(len(gold), len(ours), right)


def test_words_are_counted_one_by_one() -> None:
    assert shared_words(["Sarno army"], ["the Sarno army", "army"]) == Count(2, 4, 2)


def test_a_mark_is_found_where_the_marked_text_differs_from_the_text() -> None:
    markup = "The (SRC: rebels {Kora}) had (EVT: attackd} the (LOC: road (TAR: convoy))"
    result = result_of([], textInfo={"markup": markup}, text="Rebels of Kora attacked the convoy.")
    marks = {mark.label: mark for mark in result.faults[0].marks}
    assert {"EVT", "SRC", "TAR", "LOC"} >= set(marks)
    text = result.faults[0].text
    assert text[marks["EVT"].start : marks["EVT"].end].startswith("attack")
    assert text[marks["TAR"].start : marks["TAR"].end] == "convoy"


@pytest.mark.parametrize(
    ("type", "slots", "category"),
    [
        ("air-strike", {}, "ASSAULT"),
        ("aid", {}, "AID"),
        ("aid", {"modality": "planned"}, "AGREE"),
        ("withdrawal", {"modality": "demanded"}, "REQUEST"),
        ("withdrawal", {"negated": True}, "REJECT"),
        ("armed-attack", {"modality": "threatened"}, "THREATEN"),
        ("armed-attack", {"modality": "planned"}, "ASSAULT"),
        ("ceasefire", {}, "CONCEDE AGREE RETREAT"),
    ],
)
def test_modality_decides_the_category(type: str, slots: dict[str, Any], category: str) -> None:
    assert categories(claim(type, "attacked", **slots)) == tuple(category.split())


def test_a_row_is_known_by_its_keys() -> None:
    assert PloverGold().accepts(ROW)
    assert not PloverGold().accepts({"id": "a", "text": "b", "claims": []})
    figure = result_of([ATTACK]).measure(SLOT, "target, words").figure
    assert figure == Count(2, 1, 0)
