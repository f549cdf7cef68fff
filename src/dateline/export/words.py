"""What the readable formats say of a claim's values: each value as words, meaning and detail.

The three are kept apart, so that a reader always sees which words of the report a value rests on
and what was made of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dateline.model import Article, Casualties, Claim, Place, Span, When


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a claim. ``field`` is the claim's field, ``words`` the quoted Span (None when
    the report says nothing), ``meaning`` what was made of it, ``detail`` how sure or how far."""

    field: str
    words: Span | None
    meaning: str = ""
    detail: str = ""


LABELS = {
    "actors": "actor",
    "targets": "target",
    "means": "means",
    "places": "place",
    "when": "when",
    "casualties": "casualties",
    "attribution": "according to",
    "evidence": "evidence",
}
"""Each field's name for a reader, in the order of reading."""


def values(claim: Claim) -> Iterator[Value]:
    """Every value of a claim in the order of :data:`LABELS`; a Value without words where the
    report is its own source. What it does not state is in :func:`unstated`."""
    for value in _values(claim):
        words, within = value.words, claim.sentence
        if words is not None and not within.start <= words.start < within.end:
            detail = "; ".join(part for part in (value.detail, "elsewhere in the report") if part)
            value = replace(value, detail=detail)
        yield value


def unstated(claim: Claim) -> Iterator[str]:
    """The labels of what a claim should have and the report does not state of it."""
    if not claim.actors:
        yield LABELS["actors"]
    if not claim.targets:
        yield LABELS["targets"]
    if not claim.places:
        yield LABELS["places"]
    if not _is_dated(claim.when):
        yield LABELS["when"]


def _values(claim: Claim) -> Iterator[Value]:
    for actor in claim.actors:
        yield Value("actors", actor, _entry(actor.name, actor.id), _loaded(actor.loaded))
    for target in claim.targets:
        yield Value("targets", target, _entry(target.name, target.id), _civilian(target.civilian))
    for means in claim.means:
        yield Value("means", means, means.kind or "")
    for place in claim.places:
        yield Value("places", place, _place(place), _precision(place))
    if _is_dated(claim.when):
        yield _when(claim.when)
    for casualties in claim.casualties:
        scope = "running total" if casualties.scope == "cumulative" else ""
        yield Value("casualties", casualties, _toll(casualties), scope)
    for speaker in claim.attribution:
        detail = ", ".join(part for part in (speaker.role, f"{speaker.form} speech") if part)
        yield Value("attribution", speaker, speaker.actor or "", detail)
    if not claim.attribution:
        yield Value("attribution", None, detail="the report itself, in its own voice")
    for evidence in claim.evidence:
        yield Value("evidence", evidence, evidence.kind)


def qualities(claim: Claim) -> Iterator[str]:
    """What a reader must not miss: the modality unless it is asserted, negation, background."""
    if claim.modality != "asserted":
        yield claim.modality
    if claim.negated:
        yield "negated"
    if claim.background:
        yield "background"


def sentence(claim: Claim, article: Article) -> Span:
    """The sentence that the claim was coded from."""
    return Span.of(article.text, claim.sentence.start, claim.sentence.end)


def _entry(name: str | None, id: str | None) -> str:
    return f"{name} [{id}]" if name and id else name or id or ""


def _loaded(loaded: bool) -> str:
    return "wording takes a side" if loaded else ""


def _civilian(civilian: bool | None) -> str:
    return {True: "civilian", False: "not civilian", None: ""}[civilian]


def _place(place: Place) -> str:
    own = place.name if (place.name or "").casefold() != place.text.casefold() else None
    named = [own, place.admin1, place.country]
    parts = [part for n, part in enumerate(named) if part and part not in named[:n]]
    return ", ".join(parts)


def _precision(place: Place) -> str:
    if place.precision == "unresolved":
        return "not in the place index"
    found = [place.precision if place.precision != "place" else "exact place"]
    if place.relation and place.relation != place.precision:
        found.insert(0, place.relation)
    if place.radius_km:
        found.append(f"within {place.radius_km:g} km")
    if place.lat is not None and place.lon is not None:
        found.append(f"{place.lat:.3f}, {place.lon:.3f}")
    return "; ".join(found)


_ANCHORS = {"published": "from the publication date", "text": "stated in the text", "none": ""}


def _is_dated(when: When) -> bool:
    return any(part is not None for part in (when.text, when.earliest, when.latest))


def _when(when: When) -> Value:
    words = None
    if when.text is not None and when.start is not None and when.end is not None:
        words = Span(when.start, when.end, when.text)
    if when.earliest is None and when.latest is None:
        return Value("when", words, detail="cannot be resolved")
    if when.earliest == when.latest:
        meaning = when.earliest or ""
    else:
        meaning = f"{when.earliest or '?'} to {when.latest or '?'}"
    detail = [f"to the {when.precision}" if when.precision != "unknown" else "precision unknown"]
    if _ANCHORS.get(when.anchor):
        detail.append(_ANCHORS[when.anchor])
    return Value("when", words, meaning, ", ".join(detail))


def _toll(casualties: Casualties) -> str:
    low, high = casualties.min, casualties.max
    if low is not None and low == high:
        number = f"{low:,}"
    elif low is not None and high is not None:
        number = f"{low:,} to {high:,}"
    elif low is not None:
        number = f"at least {low:,}"
    elif high is not None:
        number = f"at most {high:,}"
    else:
        number = "number unknown"
    kind = casualties.kind if casualties.kind != "unknown" else "harmed"
    who = f" ({casualties.who})" if casualties.who else ""
    return f"{number} {kind}{who}"
