"""One MUC-4 incident of ours: the claims that tell of it, who and what fills its roles, and its
date, place, effect, stage and confidence. How claims become incidents is in ``muc_mapping``.
"""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass, field

from dateline.model import Claim, Place, Span, When
from dateline.text import fold

__all__ = ["COMING", "Filler", "Incident", "LeftOut", "fineness", "interval"]

COMING = ("planned", "threatened")
"""Modalities of what has not happened yet."""
_FINE = ("place", "near", "unresolved", "admin2", "admin1", "country")
_KILLING = ("killing",)


@dataclass(frozen=True, slots=True)
class Filler(Span):
    """Words of ours that fill a role."""

    role: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A claim that is no incident, and why."""

    claim: Claim
    reason: str


@dataclass(slots=True)
class Incident:
    """One incident, growing as claims join it. ``body``: where the text begins, behind its dateline
    (code points): a date or place before it is the report's, and counts only if there is no other.
    """

    type: str
    body: int = 0
    claims: list[Claim] = field(default_factory=list)
    fillers: list[Filler] = field(default_factory=list)
    claimed: bool = False
    suspected: bool = False

    @property
    def when(self) -> When | None:
        """The most precise date of its claims; the commonest of several, then the first."""
        dated = [c.when for c in self.claims if interval(c.when) is not None]
        if not dated:
            return None
        common = Counter(interval(w) for w in dated)
        return min(
            dated, key=lambda w: ((w.start or 0) < self.body, _length(w), -common[interval(w)])
        )

    @property
    def place(self) -> Place | None:
        """The finest of its claims' places; the commonest of several, then the first."""
        places = [p for c in self.claims for p in c.places[:1]]
        common = Counter(fold(p.text) for p in places)
        return min(
            places,
            key=lambda p: (p.start < self.body, fineness(p), -common[fold(p.text)]),
            default=None,
        )

    @property
    def places(self) -> tuple[Place, ...]:
        """The place, and the others of the claims that name it."""
        best = self.place
        if best is None:
            return ()
        having = [c for c in self.claims if c.places and c.places[0] == best]
        return tuple(dict.fromkeys(p for c in having for p in c.places))

    @property
    def effect(self) -> str:
        """The worst that befell a person: "death", "injury" or "none"."""
        happened = [c for c in self.claims if c.modality not in COMING]
        kinds = {c.kind for claim in happened for c in claim.casualties if c.max != 0}
        if "killed" in kinds or any(c.type in _KILLING for c in happened):
            return "death"
        return "injury" if "wounded" in kinds else "none"

    @property
    def stage(self) -> str:
        """ "accomplished", "attempted" (a device made safe) or "threatened"."""
        if self.coming:
            return "threatened"
        done = [c for c in self.claims if c.modality not in COMING]
        return "attempted" if all(c.type == "interception" for c in done) else "accomplished"

    @property
    def coming(self) -> bool:
        """Whether it is only planned or threatened."""
        return all(c.modality in COMING or c.type == "threat" for c in self.claims)

    @property
    def confidence(self) -> str:
        """How sure the perpetrator is: "claimed", "suspected" or "fact"."""
        if self.claimed:
            return "claimed"
        unsure = any(c.modality == "alleged" for c in self.claims if c.actors)
        return "suspected" if self.suspected or unsure else "fact"

    def of(self, role: str) -> list[Filler]:
        """Its fillers of one role."""
        return [f for f in self.fillers if f.role == role]


def interval(when: When) -> tuple[datetime.date, datetime.date] | None:
    """The first and last day of a time; None when it has neither."""
    ends = [datetime.date.fromisoformat(d[:10]) for d in (when.earliest, when.latest) if d]
    return (ends[0], ends[-1]) if ends else None


def _length(when: When) -> int:
    known = interval(when)
    return (known[1] - known[0]).days if known else 10**6


def fineness(place: Place) -> int:
    """The step of a place, 0 for the finest."""
    return _FINE.index(place.precision)
