"""claims: gold that writes down every claim of a report, slot by slot.

What counts as found and as equal is in :mod:`dateline.agreement`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from dateline.agreement import SLOTS, Count, accuracies, compare, dated, pair, spans_of
from dateline.gold.reading import (
    NOTE,
    OVERALL,
    SLOT,
    TYPE,
    Code,
    Fault,
    Mark,
    Measure,
    Reader,
    Result,
    Row,
    Seen,
    Share,
    context,
    nothing_seen,
    refusal,
)
from dateline.model import Claim, Document

LEVELS = ("typed", "family", "untyped")
ACCURACIES = ("modality", "negated", "attribution role", "place within 161 km")
_WEIGHTS = {"missed": 1.0, "spurious": 1.0, "type": 0.75, "slot": 0.25}


class ClaimGold(Reader):
    """Rows of ``id``, ``text``, ``claims``, and optionally ``lang`` and ``published``."""

    name = "claims"
    title = "Claims, slot by slot"
    needs = ("id", "text", "claims")

    def score(self, rows: Sequence[Row], code: Code, seen: Seen = nothing_seen) -> Result:
        found = dict.fromkeys(LEVELS, Count())
        types: dict[str, Count] = {}
        slots = dict.fromkeys(SLOTS, Count())
        accuracy = dict.fromkeys(ACCURACIES, Share())
        refused: list[tuple[str, str]] = []
        faults: list[Fault] = []
        kept_empty, in_empty = Share(), 0
        for row in rows:
            outcome = code(document_of(row))
            gold, ours = row["claims"], [plain(claim) for claim in outcome.claims]
            if not gold:
                kept_empty += Share(int(not ours), 1)
                in_empty += len(ours)
            if (reason := refusal(outcome)) is not None:
                refused.append((str(row["id"]), reason))
            pairs: list[tuple[int, int]] = []
            for level in LEVELS:
                pairs = pair(gold, ours, level)
                found[level] += Count(len(gold), len(ours), len(pairs))
                if level == "typed":
                    _count_types(types, gold, ours, pairs)
            for g, o in pairs:
                for name in SLOTS:
                    slots[name] += compare(name, gold[g], ours[o])
                for name, agreed in accuracies(gold[g], ours[o]):
                    accuracy[name] += Share(int(agreed), 1)
            faults += _faults(row, gold, ours, pairs)
            seen()
        ordered = sorted(types.items(), key=lambda item: (-item[1].gold, item[0]))
        note = f"{in_empty} claims in the {kept_empty.of} reports that have none in the gold"
        return Result(
            reader=self.name,
            items=len(rows),
            measures=(
                *(Measure(OVERALL, f"claims, {level}", found[level]) for level in LEVELS),
                *(Measure(SLOT, name, count) for name, count in slots.items()),
                *(Measure(SLOT, name, share) for name, share in accuracy.items()),
                *(Measure(TYPE, name, count) for name, count in ordered),
                Measure(NOTE, "reports without claims that got none", kept_empty),
            ),
            faults=tuple(faults),
            notes=(note,),
            refused=tuple(refused),
        )


def document_of(row: Row) -> Document:
    """A gold row as a document to code, without its claims."""
    given = {key: value for key, value in row.items() if key != "claims"}
    return Document(
        data=json.dumps(given, ensure_ascii=False).encode("utf-8", "backslashreplace"),
        media="json",
        ref=str(row["id"]),
        lang=row.get("lang"),
        published=row.get("published"),
    )


def plain(claim: Claim) -> Row:
    """Our claim in the shape of a gold one: one place, the first, which is the most specific."""
    found = claim.to_json()
    found["place"] = found["places"][0] if found["places"] else None
    return found


def _count_types(
    types: dict[str, Count],
    gold: Sequence[Row],
    ours: Sequence[Row],
    pairs: Sequence[tuple[int, int]],
) -> None:
    def add(name: str, count: Count) -> None:
        types[name] = types.get(name, Count()) + count

    for claim in gold:
        add(claim["type"], Count(gold=1))
    for claim in ours:
        add(claim["type"], Count(ours=1))
    for g, _ in pairs:
        add(gold[g]["type"], Count(right=1))


def _faults(
    row: Row, gold: Sequence[Row], ours: Sequence[Row], pairs: Sequence[tuple[int, int]]
) -> Iterator[Fault]:
    text = row["text"]
    marks = (*_marks(gold, "gold"), *_marks(ours, "ours"))

    def fault(kind: str, name: str, claim: Row, gold: str = "", ours: str = "") -> Fault:
        trigger = claim["trigger"]
        return Fault(
            kind=kind,
            name=name,
            ref=str(row["id"]),
            at=trigger["start"],
            gold=gold,
            ours=ours,
            words=context(text, trigger["start"], trigger["end"]),
            weight=_WEIGHTS[kind],
            text=text,
            marks=marks,
        )

    paired_gold, paired_ours = {g for g, _ in pairs}, {o for _, o in pairs}
    for n, claim in enumerate(gold):
        if n not in paired_gold:
            yield fault("missed", claim["type"], claim, claim["type"])
    for n, claim in enumerate(ours):
        if n not in paired_ours:
            yield fault("spurious", claim["type"], claim, "" if gold else "no claims", _rule(claim))
    for g, o in pairs:
        a, b = gold[g], ours[o]
        if a["type"] != b["type"]:
            yield fault("type", f"{a['type']} > {b['type']}", b, a["type"], _rule(b))
        for name in SLOTS:
            count = compare(name, a, b)
            if count.right < max(count.gold, count.ours):
                yield fault("slot", name, a, shown(a, name), shown(b, name))
        for name in ("modality", "negated"):
            if a[name] != b[name]:
                yield fault("slot", name, a, str(a[name]), str(b[name]))


def _rule(claim: Row) -> str:
    """What made a claim of ours: its type and the rule."""
    rule = claim["provenance"].get("type")
    return f"{claim['type']} by {rule}" if rule else str(claim["type"])


def shown(claim: Row, slot: str) -> str:
    """A slot's values in a few words."""
    if slot == "when":
        dates, words = dated(claim), (claim["when"] or {}).get("text") or "-"
        return f"{words} = {'..'.join(str(date) for date in dates)}" if dates else words
    spans = spans_of(claim, slot)
    if slot == "casualties":
        return "; ".join(f"{s['text']} = {s['kind']} {s['min']}..{s['max']}" for s in spans) or "-"
    return "; ".join(s["text"] for s in spans) or "-"


def _marks(claims: Sequence[Row], side: str) -> Iterator[Mark]:
    """What one side's claims rest on in the text."""
    for claim in claims:
        trigger, kind = claim["trigger"], claim["type"]
        yield Mark(trigger["start"], trigger["end"], side, kind)
        for slot in SLOTS:
            if slot == "when":
                when = claim["when"] or {}
                spans = [when] if when.get("start") is not None else []
            else:
                spans = list(spans_of(claim, slot))
            for span in spans:
                yield Mark(span["start"], span["end"], side, f"{kind}: {slot}")
