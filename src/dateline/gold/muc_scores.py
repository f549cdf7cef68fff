"""How far incidents of ours and MUC-4 templates agree: fillers by their heads, which template is
which incident, and the other slots of such a pair. Pure.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dateline.agreement import Count, assign
from dateline.codebook import Codebook
from dateline.gold.muc_incidents import Filler, Incident
from dateline.gold.muc_templates import ROLES, Entity, Template
from dateline.gold.muc_words import MucWords
from dateline.text import fold

__all__ = ["SLOTS", "Agreement", "RoleScore", "score_role"]

SLOTS = ("type", "date exact", "date agrees", "place", "country", "effect", "stage", "confidence")
"""What is compared in an aligned pair, in the order in which it is reported."""


@dataclass(frozen=True, slots=True)
class RoleScore:
    """One role of one report: the count, the entities missed, and our fillers that are none."""

    count: Count
    exact: Count
    missed: tuple[Entity, ...]
    spurious: tuple[Filler, ...]


def score_role(gold: Sequence[Entity], ours: Sequence[Filler], words: MucWords) -> RoleScore:
    """Our fillers of a role against the entities of the key."""
    heads = [{words.head(s) for s in entity.strings} for entity in gold]
    whole = [{words.plain(s) for s in entity.strings} for entity in gold]
    found: set[int] = set()
    exactly: set[int] = set()
    wrong: dict[str, Filler] = {}
    wrong_whole: set[str] = set()
    for filler in ours:
        head, plain = words.head(filler.text), words.plain(filler.text)
        hits = {n for n, known in enumerate(heads) if head in known}
        # A phrase that is one entity's own string is not also another's by its head.
        own = {n for n in hits if plain in whole[n]}
        exactly |= own
        if not own:
            wrong_whole.add(plain)
        if not hits:
            wrong.setdefault(head, filler)
        elif not (own or hits) & found:
            found.add(min(own or hits))
    kept = [n for n, entity in enumerate(gold) if not entity.optional or n in found]
    kept_whole = [n for n, entity in enumerate(gold) if not entity.optional or n in exactly]
    return RoleScore(
        Count(len(kept), len(found) + len(wrong), len(found)),
        Count(len(kept_whole), len(exactly) + len(wrong_whole), len(exactly)),
        tuple(gold[n] for n in kept if n not in found),
        tuple(wrong.values()),
    )


@dataclass(frozen=True)
class Agreement:
    """Compares templates with incidents; needs the words of the templates and the countries."""

    words: MucWords
    codebook: Codebook

    def align(self, gold: Sequence[Template], ours: Sequence[Incident]) -> list[tuple[int, int]]:
        """The pairs (template, incident) that agree most, each at most once."""

        def weight(template: Template, incident: Incident) -> int:
            shared = sum(
                score_role(template.fillers[role], incident.of(role), self.words).count.right
                for role in ROLES
            )
            typed = incident.type in template.types
            if not typed and not shared:
                return 0
            date = self.date_exact(template, incident, None)
            place = self.place_right(template, incident)
            return 1 + 8 * shared + 16 * typed + 4 * date + 4 * place - 2 * template.optional

        return assign([[weight(t, i) for i in ours] for t in gold])

    def slots(
        self, template: Template, incident: Incident, day: datetime.date | None
    ) -> Iterable[tuple[str, bool]]:
        """The slots that can be compared, and whether they agree."""
        yield "type", incident.type in template.types
        if template.dates:
            yield "date exact", self.date_exact(template, incident, day)
            yield "date agrees", self.date_agrees(template, incident)
        if template.places:
            yield "place", self.place_right(template, incident)
            yield "country", self.country_right(template, incident)
        yield "effect", incident.effect == template.effect
        keys = self.words.keys
        stages = {
            keys.accomplished: "accomplished",
            keys.attempted: "attempted",
            keys.threatened: "threatened",
        }
        if template.stages:
            yield "stage", incident.stage in {stages.get(s) for s in template.stages}
        org = score_role(template.fillers["PerpOrg"], incident.of("PerpOrg"), self.words)
        if template.confidence and org.count.right:
            yield "confidence", incident.confidence in template.confidence

    @staticmethod
    def date_exact(template: Template, incident: Incident, day: datetime.date | None) -> bool:
        when = incident.when
        ends = (when.earliest, when.latest) if when is not None else (None, None)
        first, last = (datetime.date.fromisoformat(e[:10]) if e else None for e in ends)
        for fill in template.dates:
            if (first, last) == (fill.earliest, fill.latest):
                return True
            # The key bounds what it cannot date by the day of the report.
            if fill.earliest is None and first is None and last is None and fill.latest == day:
                return True
        return False

    @staticmethod
    def date_agrees(template: Template, incident: Incident) -> bool:
        """Whether both dates can hold; we must have one, unless the key only bounds it."""
        when = incident.when
        for fill in template.dates:
            if when is None or when.latest is None:
                if fill.earliest is None:
                    return True
                continue
            last = datetime.date.fromisoformat(when.latest[:10])
            first = datetime.date.fromisoformat((when.earliest or when.latest)[:10])
            if first <= fill.latest and (fill.earliest is None or fill.earliest <= last):
                return True
        return False

    def place_right(self, template: Template, incident: Incident) -> bool:
        """Whether our place is one of the key's at the level that the key names last."""
        places = incident.places
        for levels in template.places:
            if len(levels) == 1:
                if self.country_right(template, incident):
                    return True
                continue
            for place in places:
                ours = {fold(" ".join(n.split())) for n in (place.text, place.name or "") if n}
                if place.precision in ("place", "near", "admin2", "admin1") and place.admin1:
                    ours.add(fold(place.admin1))
                if ours & {*levels[-1].names, *levels[-1].full}:
                    return True
        return False

    def country_right(self, template: Template, incident: Incident) -> bool:
        codes = {p.country for p in incident.places}
        names = {fold(c.name) for iso, c in self.codebook.countries.items() if iso in codes}
        return any(names & set(levels[0].names) for levels in template.places)
