"""The faults of one MUC-4 report: what was missed, what is spurious, which slot is wrong, why, and
where in the text.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from dateline.gold.muc_incidents import Filler, Incident, LeftOut
from dateline.gold.muc_templates import ROLES, Entity, Template
from dateline.gold.muc_words import MucWords
from dateline.gold.reading import Fault, Mark, context

__all__ = ["Report"]

_WEIGHTS = {"missed incident": 3.0, "spurious incident": 2.0, "slot": 0.5}


@dataclass(frozen=True)
class Report:
    """One report: its templates, our incidents, and the claims of ours that are none."""

    ref: str
    text: str
    gold: Sequence[Template]
    ours: Sequence[Incident]
    left: Sequence[LeftOut]
    day: datetime.date | None
    words: MucWords

    def missed(self, template: Template) -> Fault:
        strings = [s for role in ROLES for e in template.fillers[role] for s in e.strings]
        start, end = self.find(*strings)
        return self._fault(
            "missed incident", "/".join(template.types), start, end, _shown(template), self.why()
        )

    def why(self) -> str:
        """What we had instead of an incident."""
        if self.ours:
            return "another incident found"
        reasons = Counter(f"{out.claim.type} {out.reason}" for out in self.left)
        fitting = {k: n for k, n in reasons.items() if not k.endswith(" type")}
        return ", ".join(sorted(fitting or reasons)) or "no claim"

    def spurious(self, incident: Incident) -> Fault:
        claim = incident.claims[0]
        start, end = claim.trigger.start, claim.trigger.end
        gold = "another incident" if self.gold else "no incident"
        rule = claim.provenance.get("type", "")
        said = f"{claim.type} by {rule}"
        return self._fault("spurious incident", incident.type, start, end, gold, said)

    def slot(self, slot: str, template: Template, incident: Incident) -> Fault:
        trigger = incident.claims[0].trigger
        gold, ours = _value(slot, template, incident)
        return self._fault("slot", slot, trigger.start, trigger.end, gold, ours)

    def missed_filler(self, role: str, entity: Entity) -> Fault:
        start, end = self.find(*entity.strings)
        gold = " / ".join(entity.strings)
        return self._fault("missed filler", role, start, end, gold, self.lost(entity))

    def lost(self, entity: Entity) -> str:
        """Where the head of a missed entity went."""
        head = self.words.head
        heads = {head(s) for s in entity.strings}
        if not self.ours:
            return f"no incident ({self.why()})"
        for incident in self.ours:
            for filler in incident.fillers:
                if head(filler.text) in heads:
                    return f"taken for {filler.role}"
        for out in self.left:
            for span in (*out.claim.actors, *out.claim.targets, *out.claim.means):
                if head(span.text) in heads:
                    return f"in a claim left out: {out.claim.type} {out.reason}"
        spots = [at for s in entity.strings for at in self.all(s)]
        for incident in self.ours:
            for claim in incident.claims:
                extent = claim.sentence
                if any(extent.start <= start < extent.end for start, _ in spots):
                    return f"unfilled in the sentence of {claim.type}"
        return "in no sentence of an incident" if spots else "not in the text"

    def spurious_filler(self, role: str, filler: Filler) -> Fault:
        head = self.words.head
        gold = "no incident" if not self.gold else "not in the key"
        for template in self.gold:
            for other in ROLES:
                for entity in template.fillers[other]:
                    if head(filler.text) in {head(s) for s in entity.strings}:
                        gold = f"the key's {other}"
        return self._fault(
            "spurious filler", role, filler.start, filler.end, gold, " ".join(filler.text.split())
        )

    @cached_property
    def _flat(self) -> tuple[str, list[int]]:
        """The text with each run of white space as one space, and where its letters stand."""
        letters: list[str] = []
        at: list[int] = []
        for n, letter in enumerate(self.text):
            if letter.isspace():
                if letters and letters[-1] == " ":
                    continue
                letter = " "
            letters.append(letter)
            at.append(n)
        return "".join(letters), at

    def all(self, string: str) -> Iterator[tuple[int, int]]:
        """Where a string of the key stands in the text, line breaks apart."""
        flat, at = self._flat
        wanted = " ".join(string.split())
        found = flat.find(wanted) if wanted else -1
        while found >= 0:
            last = found + len(wanted) - 1
            yield at[found], at[last] + 1
            found = flat.find(wanted, last)

    def find(self, *strings: str) -> tuple[int, int]:
        """Where the first of some strings that the text has stands; its beginning if none does."""
        return next((at for string in strings for at in self.all(string)), (0, 0))

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        found: list[Mark] = []
        for template in self.gold:
            for role in ROLES:
                for entity in template.fillers[role]:
                    spots = (at for s in entity.strings for at in self.all(s))
                    found += [Mark(start, end, "gold", role) for start, end in spots]
        for incident in self.ours:
            for claim in incident.claims:
                found.append(Mark(claim.trigger.start, claim.trigger.end, "ours", incident.type))
            found += [Mark(f.start, f.end, "ours", f.role) for f in incident.fillers]
        return tuple(dict.fromkeys(found))

    def _fault(self, kind: str, name: str, start: int, end: int, gold: str, ours: str) -> Fault:
        return Fault(
            kind=kind,
            name=name,
            ref=self.ref,
            at=start,
            gold=gold,
            ours=ours,
            words=context(self.text, start, end),
            weight=_WEIGHTS.get(kind, 1.0),
            text=self.text,
            marks=self.marks,
        )


def _shown(template: Template) -> str:
    """A template in a few words."""
    named = [e.strings[0] for role in ROLES for e in template.fillers[role]]
    return f"{'/'.join(template.types)} {_dates(template)} {_place(template)}: " + "; ".join(named)


def _dates(template: Template) -> str:
    return " / ".join(f"{d.earliest or ''}..{d.latest}" for d in template.dates) or "-"


def _place(template: Template) -> str:
    steps = (": ".join(" - ".join(level.names) for level in place) for place in template.places)
    return " / ".join(steps) or "-"


def _value(slot: str, template: Template, incident: Incident) -> tuple[str, str]:
    """A slot's two values in a few words."""
    if slot == "type":
        return "/".join(template.types), incident.type
    if slot == "date exact":
        when = incident.when
        ours = f"{when.text} = {when.earliest}..{when.latest}" if when else "-"
        return _dates(template), ours
    if slot == "place":
        places = incident.places
        return _place(template), "; ".join(f"{p.text} = {p.precision}" for p in places) or "-"
    if slot == "effect":
        return template.effect, incident.effect
    if slot == "stage":
        return "/".join(template.stages), incident.stage
    return "/".join(sorted(template.confidence)), incident.confidence
