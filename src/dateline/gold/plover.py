"""plover: sentences with one event each, its PLOVER category, source and target.

Each sentence is coded alone, as a report of its own. What is compared is the *main claim*: of the
claims whose trigger lies on words that the gold marks as the event, the one on the earliest such
words; where none does, the first claim of the sentence. Its category comes from the crosswalk of
the codebook and its modality, see :func:`categories`. The categories are those of PLOVER's manual
(https://github.com/openeventdata/PLOVER); the gold's own names are of version 0.5 and are read as
the later ones that took them in.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dateline.agreement import Count, assign
from dateline.codebook import codebook
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
    document,
    nothing_seen,
    refusal,
)
from dateline.model import Claim

LATER = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "FIGHT": "ASSAULT"}
"""The categories of version 0.5 that have another name or are part of another one since."""
COOPERATIVE = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT"})
"""The cooperative half of PLOVER: what one can agree to do, or refuse."""
SIDES = ("source", "target")
_EVENT, _SOURCE, _TARGET = "EVT", "SRC", "TAR"
_OPENING = re.compile(r"([A-Z]+(?:/[A-Z]+)*):\s*")
_WORD = re.compile(r"\w+")


def categories(claim: Claim) -> tuple[str, ...]:
    """The PLOVER categories that a claim can be. What is demanded is a request and what is
    threatened a threat, whatever it is; a cooperative act that is only planned is an agreement to
    it, and one that is said not to happen a refusal. Otherwise what the codebook's crosswalk says
    of the type: several for a ceasefire, where who declared it would decide."""
    if claim.modality == "demanded":
        return ("REQUEST",)
    if claim.modality == "threatened":
        return ("THREATEN",)
    of_type = codebook().types[claim.type].plover
    if COOPERATIVE.issuperset(of_type):
        if claim.negated:
            return ("REJECT",)
        if claim.modality == "planned":
            return ("AGREE",)
    return of_type


def covered() -> frozenset[str]:
    """The categories that some event type of ours stands for."""
    return frozenset(name for type in codebook().types.values() for name in type.plover)


@dataclass(slots=True)
class _Tally:
    """What is counted over the sentences."""

    known: frozenset[str]
    accuracy: dict[str, Share] = field(default_factory=dict)
    categories: dict[str, Count] = field(default_factory=dict)
    apart: dict[str, Share] = field(default_factory=dict)
    roles: dict[str, Count] = field(default_factory=dict)
    refused: list[tuple[str, str]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def right(self, name: str, is_right: bool) -> None:
        self.accuracy[name] = self.accuracy.get(name, Share()) + Share(int(is_right), 1)

    def category(self, name: str, count: Count) -> None:
        self.categories[name] = self.categories.get(name, Count()) + count


class PloverGold(Reader):
    """Rows of ``id``, ``text``, ``event``, ``eventText``, and ``source`` and ``target`` (lists of
    ``actorText``) where there is one."""

    name = "plover"
    title = "Sentences with one PLOVER event"
    needs = ("id", "text", "event", "eventText")

    def score(self, rows: Sequence[Row], code: Code, seen: Seen = nothing_seen) -> Result:
        tally = _Tally(known=covered())
        for row in rows:
            _score_row(row, code, tally)
            seen()
        names = ("category", "category, any claim", "category, first claim", "category, all rows")
        by_size = sorted(tally.categories.items(), key=lambda item: (-item[1].gold, item[0]))
        left_out = [f"{name} ({n.of})" for name, n in sorted(tally.apart.items())]
        notes = [
            "category: the main claim's; over the sentences of categories that an event type "
            "stands for. In 'all rows' the others count as wrong",
            "source, target: one actor is another when they share half of the words of the shorter "
            "name; 'words' counts single words",
        ]
        if left_out:
            notes.append(f"no event type stands for {', '.join(left_out)}: apart")
        return Result(
            reader=self.name,
            items=len(rows),
            measures=(
                *(Measure(OVERALL, name, tally.accuracy.get(name, Share())) for name in names),
                *(Measure(OVERALL, side, tally.roles.get(side, Count())) for side in SIDES),
                *(
                    Measure(SLOT, f"{side}, words", tally.roles.get(f"{side}, words", Count()))
                    for side in SIDES
                ),
                *(Measure(TYPE, name, count) for name, count in by_size),
                *(
                    Measure(NOTE, f"{name}: no claim", share)
                    for name, share in sorted(tally.apart.items())
                ),
            ),
            faults=tuple(tally.faults),
            notes=tuple(notes),
            refused=tuple(tally.refused),
        )


def _score_row(row: Row, code: Code, tally: _Tally) -> None:
    ref, text = str(row["id"]), row["text"]
    event = str(LATER.get(row["event"], row["event"]))
    given = {"lang": row.get("language"), "published": row.get("date")}
    outcome = code(document(text, ref=ref, **given))
    if (reason := refusal(outcome)) is not None:
        tally.refused.append((ref, reason))
    marked = _marked(row)
    claims = sorted(outcome.claims, key=lambda claim: (claim.trigger.start, claim.type))
    main = _main(claims, [(start, end) for tag, start, end in marked if tag == _EVENT])
    of_main = categories(main) if main else ()
    tally.right("category, all rows", event in of_main)
    if event not in tally.known:
        tally.apart[event] = tally.apart.get(event, Share()) + Share(int(not claims), 1)
        if of_main:
            tally.category(of_main[0], Count(ours=1))
        return
    tally.right("category", event in of_main)
    tally.right("category, any claim", any(event in categories(claim) for claim in claims))
    tally.right("category, first claim", bool(claims) and event in categories(claims[0]))
    tally.category(event, Count(gold=1, right=int(event in of_main)))
    if of_main:
        tally.category(event if event in of_main else of_main[0], Count(ours=1))
    marks = (*_gold_marks(marked), *_our_marks(claims))

    def fault(kind: str, name: str, weight: float, gold: str, ours: str) -> None:
        span = main.trigger if main else None
        first = next(((start, end) for tag, start, end in marked if tag == _EVENT), (0, 0))
        start, end = (span.start, span.end) if span else first
        tally.faults.append(
            Fault(
                kind=kind,
                name=name,
                ref=ref,
                at=start,
                gold=gold,
                ours=ours,
                words=context(text, start, end),
                weight=weight,
                text=text,
                marks=marks,
            )
        )

    if main is None:
        fault("missed", event, 1.0, row["eventText"], "-")
    elif event not in of_main:
        ours = f"{main.type}, {main.modality} by {main.provenance.get('type', '-')}"
        fault("category", f"{event} > {of_main[0]}", 1.0, row["eventText"], ours)
    gold_sides = _sides(row, marked)
    our_sides = _our_sides(main, shared=gold_sides["source"] == gold_sides["target"])
    for side in SIDES:
        gold, mine = gold_sides[side], our_sides[side]
        count = overlap(gold, mine)
        tally.roles[side] = tally.roles.get(side, Count()) + count
        words = f"{side}, words"
        tally.roles[words] = tally.roles.get(words, Count()) + shared_words(gold, mine)
        if count.right < max(count.gold, count.ours):
            fault(side, event, 0.25, "; ".join(gold) or "-", "; ".join(mine) or "-")


def _main(claims: Sequence[Claim], events: Sequence[tuple[int, int]]) -> Claim | None:
    """The claim that the gold's event is compared with; ``claims`` in text order."""
    for start, end in events:
        for claim in claims:
            if claim.trigger.start < end and start < claim.trigger.end:
                return claim
    return claims[0] if claims else None


def _sides(row: Row, marked: Sequence[tuple[str, int, int]]) -> dict[str, tuple[str, ...]]:
    """Who does it to whom. Where two sources act on each other and no target is named, both are
    both."""
    found = {side: _names(row.get(side)) for side in SIDES}
    mutual = any(_SOURCE in tag and _TARGET in tag for tag, _, _ in marked)
    if not found["target"] and mutual:
        found["target"] = found["source"]
    return found


def _names(given: Any) -> tuple[str, ...]:
    """The names of one side; a few rows hold a string there, which is none."""
    if not isinstance(given, list):
        return ()
    return tuple(" ".join(actor["actorText"].split()) for actor in given)


def _our_sides(main: Claim | None, shared: bool) -> dict[str, tuple[str, ...]]:
    if main is None:
        return dict.fromkeys(SIDES, ())
    actors = tuple(actor.text for actor in main.actors)
    targets = tuple(target.text for target in main.targets)
    if shared:
        actors = targets = (*actors, *(name for name in targets if name not in actors))
    return {"source": actors, "target": targets}


def _words(name: str) -> Counter[str]:
    return Counter(_WORD.findall(name.casefold()))


def overlap(gold: Sequence[str], ours: Sequence[str]) -> Count:
    """Names one to one, the most words in common first; two are the same when they share at least
    half of the words of the shorter."""

    def weight(a: Counter[str], b: Counter[str]) -> int:
        common, shorter = (a & b).total(), min(a.total(), b.total())
        return common if common and 2 * common >= shorter else 0

    mine = [_words(name) for name in ours]
    pairs = assign([[weight(_words(name), other) for other in mine] for name in gold])
    return Count(len(gold), len(ours), len(pairs))


def shared_words(gold: Sequence[str], ours: Sequence[str]) -> Count:
    """The words of all names of one side, and how many they have in common."""
    theirs = sum((_words(name) for name in gold), Counter[str]())
    mine = sum((_words(name) for name in ours), Counter[str]())
    return Count(theirs.total(), mine.total(), (theirs & mine).total())


def _marked(row: Row) -> tuple[tuple[str, int, int], ...]:
    """What the gold marks in the text: (tag, start, end), in the order of the text. The marked-up
    text is often not quite the text, so the two are aligned; what has no place is left out."""
    given = row.get("textInfo")
    markup = given.get("markup", "") if isinstance(given, Mapping) else given or ""
    plain, spans = _strip(markup)
    text = row["text"]
    to: dict[int, int] = {}
    matcher = difflib.SequenceMatcher(None, plain, text, autojunk=False)
    for block in matcher.get_matching_blocks():
        to.update((block.a + n, block.b + n) for n in range(block.size))
    found = []
    for tag, start, end in spans:
        places = [to[n] for n in range(start, end) if n in to]
        if places:
            found.append((tag, min(places), max(places) + 1))
    return tuple(sorted(found, key=lambda span: span[1]))


def _strip(markup: str) -> tuple[str, list[tuple[str, int, int]]]:
    """The text without ``(TAG: ...)``, and where each stood. Marks nest; a stray brace closes."""
    text: list[str] = []
    open_: list[tuple[str, int]] = []
    found: list[tuple[str, int, int]] = []
    at = 0
    while at < len(markup):
        letter = markup[at]
        tag = _OPENING.match(markup, at + 1) if letter == "(" else None
        at = tag.end() if tag else at + 1
        if letter == "(":
            open_.append((tag[1] if tag else "", len(text)))
        if letter in ")}" and open_:
            name, start = open_.pop()
            if name:
                found.append((name, start, len(text)))
                continue
        if tag is None:
            text.append(letter)
    return "".join(text), found


def _gold_marks(marked: Sequence[tuple[str, int, int]]) -> Iterator[Mark]:
    for tag, start, end in marked:
        yield Mark(start, end, "gold", tag)


def _our_marks(claims: Sequence[Claim]) -> Iterator[Mark]:
    for claim in claims:
        label = f"{claim.type}, {claim.modality}: {' or '.join(categories(claim))}"
        yield Mark(claim.trigger.start, claim.trigger.end, "ours", label)
        for side, spans in (("actor", claim.actors), ("target", claim.targets)):
            for span in spans:
                yield Mark(span.start, span.end, "ours", f"{claim.type}: {side}")
