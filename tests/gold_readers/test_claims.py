"""The scorer of claims, on invented reports and claims."""

from __future__ import annotations

import itertools
import json
import random
import tomllib
from typing import Any

import pytest

from dateline.agreement import FAMILIES, Count, assign, compare, pair
from dateline.gold.claims import ClaimGold
from dateline.gold.reading import NOTE, OVERALL, SLOT, TYPE, Result, Share
from dateline.gold.tables import listing
from dateline.language.loading import resource
from dateline.model import (
    Actor,
    ArticleRef,
    Attribution,
    Casualties,
    Claim,
    Document,
    Evidence,
    Extent,
    Means,
    Outcome,
    Place,
    Span,
    Target,
    When,
    claim_id,
)
from gold import needs_shared, rows

TEXT = "Des rebelles ont attaqué une caserne à Kora jeudi : 12 soldats tués. Un raid a suivi."


def span(words: str, text: str = TEXT) -> dict[str, Any]:
    at = text.index(words)
    return {"start": at, "end": at + len(words), "text": words}


def gold_claim(type: str, trigger: str, **slots: Any) -> dict[str, Any]:
    empty = {name: [] for name in ("actors", "targets", "means", "casualties")}
    empty |= {"attribution": [], "evidence": []}
    rest = {"place": None, "when": None, "modality": "asserted", "negated": False}
    return {"type": type, "trigger": span(trigger), **empty, **rest, **slots}


def ours_of(gold: dict[str, Any], text: str = TEXT, **changes: Any) -> Claim:
    """A claim of ours that says exactly what a gold one does."""
    trigger = Span(**gold["trigger"])
    kinds = {"actors": Actor, "targets": Target, "means": Means, "casualties": Casualties}
    kinds |= {"attribution": Attribution, "evidence": Evidence}
    fields: dict[str, Any] = {k: tuple(v(**x) for x in gold[k]) for k, v in kinds.items()}
    if gold["place"]:
        fields["places"] = (Place(**gold["place"]),)
    if gold["when"]:
        fields["when"] = When(**gold["when"])
    fields |= {"modality": gold["modality"], "negated": gold["negated"], **changes}
    return Claim(
        id=claim_id("0" * 64, trigger, gold["type"]),
        article=ArticleRef(id="0" * 64, ref="given"),
        type=fields.pop("type", gold["type"]),
        trigger=fields.pop("trigger", trigger),
        sentence=Extent(0, len(text)),
        **fields,
    )


ATTACK = gold_claim(
    "armed-attack",
    "attaqué",
    actors=[span("rebelles")],
    targets=[span("caserne"), span("12 soldats")],
    place=span("Kora") | {"lat": 1.0, "lon": 2.0, "precision": "place"},
    when=span("jeudi") | {"earliest": "2020-05-21", "latest": "2020-05-21", "precision": "day"},
    casualties=[span("12 soldats") | {"kind": "killed", "who": "soldiers", "min": 12, "max": 12}],
)
RAID = gold_claim("air-strike", "raid")


def scores_of(gold: list[dict[str, Any]], ours: list[Claim]) -> Result:
    def code(document: Document) -> Outcome:
        assert document.media == "json"
        assert b"claims" not in document.data
        return Outcome(ref=document.ref, status="coded", claims=tuple(ours))

    return ClaimGold().score([{"id": "r1", "lang": "fr", "text": TEXT, "claims": gold}], code)


def count(result: Result, name: str, group: str = OVERALL) -> Count:
    figure = result.measure(group, name).figure
    assert isinstance(figure, Count)
    return figure


def share(result: Result, name: str, group: str = SLOT) -> tuple[int, int]:
    figure = result.measure(group, name).figure
    assert isinstance(figure, Share)
    return figure.right, figure.of


def levels(result: Result) -> tuple[Count, ...]:
    return tuple(count(result, f"claims, {level}") for level in ("typed", "family", "untyped"))


def rights(result: Result) -> tuple[int, ...]:
    return tuple(level.right for level in levels(result))


def test_the_same_claims_score_one_everywhere() -> None:
    scores = scores_of([ATTACK, RAID], [ours_of(RAID), ours_of(ATTACK)])
    assert [level.f1 for level in levels(scores)] == [1.0, 1.0, 1.0]
    assert count(scores, "targets", SLOT).right == 2
    assert all(m.score in (1.0, None) for m in scores.measures)
    assert share(scores, "modality") == (2, 2)
    assert share(scores, "place within 161 km") == (1, 1)
    assert scores.faults == ()


def test_a_wrong_type_counts_for_family_or_only_untyped() -> None:
    family = scores_of([ATTACK], [ours_of(ATTACK, type="killing")])
    assert rights(family) == (0, 1, 1)
    other = scores_of([ATTACK], [ours_of(ATTACK, type="arrest")])
    assert rights(other) == (0, 0, 1)
    assert [fault.name for fault in other.faults] == ["armed-attack > arrest"]
    assert count(other, "armed-attack", TYPE).gold == 1
    assert count(other, "arrest", TYPE).ours == 1


def test_a_trigger_within_25_code_points_is_found_and_one_further_is_not() -> None:
    end = ATTACK["trigger"]["end"]
    near = scores_of([ATTACK], [ours_of(ATTACK, trigger=Span(end + 25, end + 30, "x"))])
    far = scores_of([ATTACK], [ours_of(ATTACK, trigger=Span(end + 26, end + 30, "x"))])
    assert (rights(near), rights(far)) == ((1, 1, 1), (0, 0, 0))
    assert [fault.kind for fault in far.faults] == ["missed", "spurious"]


def test_each_claim_is_paired_once() -> None:
    scores = scores_of([ATTACK], [ours_of(ATTACK), ours_of(ATTACK)])
    typed = count(scores, "claims, typed")
    assert (typed.ours, typed.right) == (2, 1)


def test_the_pair_of_equal_type_wins_over_the_nearer_trigger() -> None:
    clash = ours_of(ATTACK, type="armed-clash")
    later = ours_of(ATTACK, trigger=Span(**span("caserne")))
    plain = [claim.to_json() | {"place": None} for claim in (clash, later)]
    assert pair([ATTACK], plain, "untyped") == [(0, 1)]


@pytest.mark.parametrize(
    ("gold", "ours", "right"),
    [
        ((61, None), (60, None), 1),
        ((60, None), (61, None), 1),
        ((61, None), (59, None), 0),
        ((12, 12), (11, 12), 0),
        ((12, 12), (12, None), 0),
        ((None, 5), (None, 5), 1),
        ((None, None), (1, None), 0),
    ],
)
def test_casualties(gold: tuple[Any, Any], ours: tuple[Any, Any], right: int) -> None:
    def toll(bounds: tuple[Any, Any]) -> dict[str, Any]:
        low, high = bounds
        return {"casualties": [{"kind": "killed", "min": low, "max": high}]}

    assert compare("casualties", toll(gold), toll(ours)).right == right


def test_casualties_are_a_multiset() -> None:
    one = {"kind": "killed", "min": 2, "max": 2}
    found = compare("casualties", {"casualties": [one, one]}, {"casualties": [one]})
    assert found == Count(2, 1, 1)


def test_when_counts_only_where_one_side_is_dated() -> None:
    undated = When()
    scores = scores_of([ATTACK, RAID], [ours_of(ATTACK, when=undated), ours_of(RAID)])
    assert count(scores, "when", SLOT) == Count(1, 0, 0)


def test_our_first_place_is_the_one_scored() -> None:
    kora, caserne = Place(**span("Kora"), lat=1.0, lon=2.5), Place(**span("caserne"))
    first = scores_of([ATTACK], [ours_of(ATTACK, places=(kora, caserne))])
    second = scores_of([ATTACK], [ours_of(ATTACK, places=(caserne, kora))])
    assert count(first, "place", SLOT).f1 == 1.0
    assert count(second, "place", SLOT) == Count(1, 1, 0)


def test_one_span_of_ours_answers_one_of_the_gold() -> None:
    wide = Target(0, len(TEXT), TEXT)
    scores = scores_of([ATTACK], [ours_of(ATTACK, targets=(wide,))])
    assert count(scores, "targets", SLOT) == Count(2, 1, 1)


def test_claims_in_a_report_without_any_and_a_refused_report() -> None:
    empty = scores_of([], [ours_of(RAID)])
    assert share(empty, "reports without claims that got none", NOTE) == (0, 1)
    assert empty.notes == ("1 claims in the 1 reports that have none in the gold",)
    assert [fault.gold for fault in empty.faults] == ["no claims"]

    def refuse(document: Document) -> Outcome:
        return Outcome(ref=document.ref, status="too_large", reason="9 MB; the limit is 1 MB")

    row = {"id": "r2", "text": TEXT, "claims": [RAID]}
    refused = ClaimGold().score([row], refuse)
    assert refused.refused == (("r2", "too_large: 9 MB; the limit is 1 MB"),)
    assert count(refused, "claims, typed") == Count(1, 0, 0)


def test_the_listing_shows_words_gold_and_ours() -> None:
    wrong = ours_of(ATTACK, when=When(earliest="2020-05-20", latest="2020-05-20", text="jeudi"))
    shown = listing(scores_of([ATTACK, RAID], [wrong]).faults, 1)
    assert "missed air-strike at" in shown
    assert "Un ⟦raid⟧ a suivi." in shown
    assert "gold [jeudi = 2020-05-21..2020-05-21]  ours [jeudi = 2020-05-20..2020-05-20]" in shown


def test_the_assignment_is_the_best_there_is() -> None:
    rng = random.Random(7)
    for _ in range(200):
        n, m = rng.randint(1, 5), rng.randint(1, 5)
        weights = [[rng.choice([0, 0, rng.randint(1, 9)]) for _ in range(m)] for _ in range(n)]
        pairs = assign(weights)
        small, wide = min(n, m), max(n, m)
        best = max(
            sum(
                weights[i][j] if n <= m else weights[j][i]
                for i, j in zip(range(small), columns, strict=True)
            )
            for columns in itertools.permutations(range(wide), small)
        )
        assert sum(weights[r][c] for r, c in pairs) == best
        assert len({r for r, _ in pairs}) == len(pairs) == len({c for _, c in pairs})
    assert assign([]) == []
    assert assign([[], []]) == []


@needs_shared
def test_real_gold_against_itself() -> None:
    gold = {row["id"]: row for row in rows("fr-dev")}

    def code(document: Document) -> Outcome:
        row = gold[json.loads(document.data)["id"]]
        claims = tuple(ours_of(claim, row["text"]) for claim in row["claims"])
        return Outcome(ref=document.ref, status="coded", claims=claims)

    scores = ClaimGold().score(rows("fr-dev"), code)
    claims = sum(len(row["claims"]) for row in gold.values())
    assert levels(scores) == (Count(claims, claims, claims),) * 3
    assert {m.name for m in scores.measures if m.score != 1.0} == set()
    assert scores.faults == ()


def test_the_families_of_the_score_are_those_of_the_codebook() -> None:
    codebook = tomllib.loads(resource("codebook", "event_types.toml").read_text(encoding="utf-8"))
    found: dict[str, set[str]] = {}
    for entry in codebook["type"]:
        found.setdefault(entry["family"], set()).add(entry["id"])
    found.pop("other")
    assert found == FAMILIES
