"""Claims as MUC-4 incidents: which of a report's claims are reportable ones, which of them are one
incident, and what fills its slots.

The task's own rules decide (MUC-3 proceedings, appendix A, "What constitutes a relevant incident?";
MUC-4, the same): violent acts of guerrillas, terrorists and traffickers against anything but
soldiers, police and each other, and of the state against civilians; not those older than two months
before the report, not clashes, not what is told in general. Which types of claims make which type
of incident is data, ``resources/gold/muc.toml``.

Two claims are one incident when neither date, nor place, nor perpetrator tells them apart, as the
task has it ("a separate instance is one which has different information about the location, date
or perpetrator").
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from dateline.codebook import Codebook
from dateline.gold.muc_words import IncidentRule, MucWords
from dateline.language import Language
from dateline.model import Actor, Claim, Place, Span, When
from dateline.text import fold

__all__ = ["Incident", "Incidents", "LeftOut"]

_OLD = datetime.timedelta(days=61)
_NEAR = 600
"""How far before a claim of responsibility its incident may stand, in code points."""
_FINE = ("place", "near", "unresolved", "admin2", "admin1", "country")
_KILLING = ("killing",)
_UNSAID = ("denied", "demanded", "hypothetical")
_COMING = ("planned", "threatened")
_AUTHORITIES = ("police", "military", "official")


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
    """One incident of ours, growing as claims join it."""

    type: str
    claims: list[Claim] = field(default_factory=list)
    fillers: list[Filler] = field(default_factory=list)
    claimed: bool = False
    suspected: bool = False

    @property
    def when(self) -> When | None:
        """The most precise date of its claims; the commonest of several, then the first."""
        dated = [c.when for c in self.claims if _interval(c.when) is not None]
        if not dated:
            return None
        common = Counter(_interval(w) for w in dated)
        return min(dated, key=lambda w: (_length(w), -common[_interval(w)]))

    @property
    def place(self) -> Place | None:
        """The finest of its claims' places; the commonest of several, then the first."""
        places = [p for c in self.claims for p in c.places[:1]]
        common = Counter(fold(p.text) for p in places)
        return min(places, key=lambda p: (_fineness(p), -common[fold(p.text)]), default=None)

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
        kinds = {c.kind for claim in self.claims for c in claim.casualties if c.max != 0}
        happened = [c for c in self.claims if c.modality not in _COMING]
        if "killed" in kinds or any(c.type in _KILLING for c in happened):
            return "death"
        return "injury" if "wounded" in kinds else "none"

    @property
    def stage(self) -> str:
        """ "accomplished", "attempted" (a device made safe) or "threatened"."""
        if all(c.modality in _COMING or c.type == "threat" for c in self.claims):
            return "threatened"
        done = [c for c in self.claims if c.modality not in _COMING]
        return "attempted" if all(c.type == "interception" for c in done) else "accomplished"

    @property
    def confidence(self) -> str:
        """How sure the perpetrator is: "claimed", "suspected" or "fact"."""
        if self.claimed:
            return "claimed"
        unsure = all(c.modality == "alleged" for c in self.claims if c.actors)
        return "suspected" if self.suspected or unsure else "fact"

    def of(self, role: str) -> list[Filler]:
        """Its fillers of one role."""
        return [f for f in self.fillers if f.role == role]


class Incidents:
    """Makes incidents of the claims of one language's reports."""

    def __init__(self, words: MucWords, language: Language, codebook: Codebook) -> None:
        self.words = words
        self.language = language
        self.codebook = codebook

    def of(
        self, claims: Sequence[Claim], published: datetime.date | None, body: int = 0
    ) -> tuple[list[Incident], list[LeftOut]]:
        """The incidents of a report's claims, in text order, and the claims that are none.
        ``body``: where the text begins, behind its dateline, in code points."""
        found: list[Incident] = []
        left: list[LeftOut] = []
        for claim in claims:
            rule = self._rule(claim)
            if rule is None:
                left.append(LeftOut(claim, "type"))
                continue
            reason = self._unfit(claim, rule, published, body)
            if reason:
                left.append(LeftOut(claim, reason))
                continue
            fillers = self._fillers(claim)
            known = next((i for i in found if self._same(i, rule.type, claim, fillers)), None)
            if known is None:
                known = Incident(rule.type)
                found.append(known)
            elif known.type == "ATTACK":
                known.type = rule.type
            known.claims.append(claim)
            known.fillers += fillers
        for out in left:
            self._answered_for(out.claim, found)
        kept: list[Incident] = []
        for incident in found:
            if self._general(incident, body):
                left += [LeftOut(claim, "vague") for claim in incident.claims]
            else:
                kept.append(incident)
        return kept, left

    # Which claims ------------------------------------------------------------------------------

    def _rule(self, claim: Claim) -> IncidentRule | None:
        kinds = {m.kind for m in claim.means}
        for rule in self.words.incident:
            if claim.type in rule.claims and (not rule.means or kinds & set(rule.means)):
                return rule
        return None

    def _unfit(
        self, claim: Claim, rule: IncidentRule, published: datetime.date | None, body: int
    ) -> str | None:
        """Why a claim of a fitting type is no reportable incident; None when it is."""
        if claim.negated or claim.modality in _UNSAID:
            return "unsaid"
        interval = _interval(claim.when)
        if published is not None and interval is not None and interval[1] < published - _OLD:
            return "old"
        # Where a report was written is not where it happened, unless the text says no more.
        said = [p for p in claim.places if p.start >= body and p.precision != "unresolved"]
        countries = {p.country for p in said if p.country is not None}
        if countries and not countries & set(self.words.countries):
            return "abroad"
        hit = [self.sort(claim, t) for t in (*claim.targets, *claim.casualties)]
        civil = any(sort in ("person", "thing") for sort in hit)
        foes = any(sort in ("force", "outlaw") for sort in hit)
        if not civil and (foes or rule.civilian or any(self._is_force(a) for a in claim.actors)):
            return "war"
        return None

    def _general(self, incident: Incident, body: int) -> bool:
        """Whether an incident is told in general: nobody and nothing is hit, or neither when, nor
        where, nor a certain one. What is only to come needs a certain one."""
        certain = any(self._certain(f) for f in incident.fillers if f.role in ("Victim", "Target"))
        if incident.stage == "threatened":
            return not certain
        content = any(f.role != "PerpInd" and f.role != "PerpOrg" for f in incident.fillers)
        if not content and not any(c.casualties for c in incident.claims):
            return True
        dated = any((c.when.start or 0) >= body and c.when.latest for c in incident.claims)
        placed = any(
            p.start >= body and _fineness(p) < _FINE.index("country")
            for c in incident.claims
            for p in c.places
        )
        return not (certain or dated or placed)

    def _certain(self, filler: Filler) -> bool:
        """Whether a filler names or counts somebody or something."""
        words = self.words
        head = words.head(filler.text)
        if words.is_area(head) or words.is_toll(head):
            return False
        if any(c.isdigit() for c in filler.text) or self.language.numbers.find(
            filler.text, 0, len(filler.text)
        ):
            return True
        return not words.is_mass(head)

    def sort(self, claim: Claim, target: Span) -> str:
        """What a target is: "force", "outlaw", "person", "thing", or "unsaid"."""
        words = self.words
        head = words.head(target.text)
        if words.is_area(head) or words.is_toll(head) or not self._named(target):
            return "unsaid"
        known = getattr(target, "id", None)
        kind = self.codebook.kind_of(known) if known else None
        if kind in words.forces.kinds or (kind is None and words.is_force(head)):
            return "force"
        if kind in words.forces.outlaws or getattr(target, "civilian", None) is False:
            return "outlaw"
        forms = set(words.singulars(head))
        harmed = any(c.start < target.end and target.start < c.end for c in claim.casualties)
        if harmed or claim.type in words.people.claims:
            outlaw = forms & self._kinds.get("armed", frozenset())
            return "outlaw" if outlaw else "person"
        if forms & self._things and getattr(target, "civilian", None) is None:
            return "force" if any(map(words.is_force, words.tokens(target.text))) else "thing"
        if getattr(target, "civilian", None) or any(forms & w for w in self._kinds.values()):
            return "person"
        # "Inspector Luz": the name is unknown, its title is not.
        if any(set(words.singulars(w)) & self._titles for w in words.tokens(target.text)):
            return "person"
        return "thing" if claim.type in words.things.claims else "person"

    @cached_property
    def _things(self) -> frozenset[str]:
        return frozenset(fold(w).split()[-1] for w in self.language.lexicon.agents.thing)

    @cached_property
    def _kinds(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for agent in self.language.lexicon.agents.agent:
            single = (fold(w) for w in agent.words if " " not in w)
            found.setdefault(agent.kind, set()).update(single)
        return {kind: frozenset(words) for kind, words in found.items()}

    @cached_property
    def _titles(self) -> frozenset[str]:
        return frozenset().union(*self._kinds.values()) - self._things

    def _is_force(self, actor: Actor) -> bool:
        kind = self.codebook.kind_of(actor.id) if actor.id else None
        return kind in self.words.forces.kinds or (
            kind is None and self.words.is_force(self.words.head(actor.text))
        )

    def _named(self, toll: Span) -> bool:
        """Whether a phrase says who, and not only how many."""
        head = self.words.head(toll.text)
        numbers = self.language.numbers.find(head, 0, len(head))
        return bool(head) and not head[0].isdigit() and not numbers

    # Which roles -------------------------------------------------------------------------------

    def _fillers(self, claim: Claim) -> list[Filler]:
        found: list[Filler] = []
        for actor in claim.actors:
            found += self.perpetrator(actor, claim)
        for target in claim.targets:
            sort = self.sort(claim, target)
            if sort == "unsaid":
                continue
            thing = sort == "thing" or (
                sort == "force"
                and set(self.words.singulars(self.words.head(target.text))) & self._things
            )
            found.append(_filler(target, "Target" if thing else "Victim"))
        harmed = [c for c in claim.casualties if c.kind != "arrested"]
        harmed = [c for c in harmed if self.sort(claim, c) != "unsaid" and c.max != 0]
        found += [_filler(toll, "Victim") for toll in harmed]
        none = self.words.means.none
        found += [_filler(m, "Weapon") for m in claim.means if m.kind not in none]
        return found

    def perpetrator(self, actor: Span, claim: Claim) -> list[Filler]:
        """A phrase for a perpetrator as an individual, an organisation, or both ("fighters of X",
        where the codebook knows X or an abbreviation stands in it)."""
        country = next((p.country for p in claim.places if p.country), None)
        head = self.words.head(actor.text)
        known = self.codebook.actor(actor.text, self.language.code, country)
        if known is None or known.via in ("metonym", "capital"):
            body = self.words.is_body(head) or getattr(actor, "id", None) is not None
            return [_filler(actor, "PerpOrg" if body else "PerpInd")]
        if known.via == "leader":
            return [_filler(actor, "PerpInd")]
        name = Filler(
            actor.start + known.start,
            actor.start + known.end,
            actor.text[known.start : known.end],
            "PerpOrg",
        )
        whole = self.words.is_body(head) or self.words.head(name.text) == head
        return [name] if whole else [_filler(actor, "PerpInd"), name]

    def _answered_for(self, claim: Claim, found: Sequence[Incident]) -> None:
        """Let who claims an act, or is accused of it, be its perpetrator: the act of the same
        sentence, or for a claim of responsibility the one last told of."""
        if claim.negated or claim.modality in ("denied", "hypothetical", "planned"):
            return
        here = [i for i in found if any(c.sentence == claim.sentence for c in i.claims)]
        if claim.type == "responsibility":
            before = [
                (claim.trigger.start - c.trigger.start, n)
                for n, i in enumerate(found)
                for c in i.claims
                if 0 <= claim.trigger.start - c.trigger.start <= _NEAR
            ]
            for incident in here or [found[min(before)[1]]] if here or before else []:
                incident.claimed = incident.claimed or bool(claim.actors)
                for actor in claim.actors:
                    incident.fillers += self.perpetrator(actor, claim)
        elif claim.type == "accusation":
            for incident in here:
                incident.suspected = incident.suspected or bool(claim.targets)
                for target in claim.targets:
                    incident.fillers += self.perpetrator(target, claim)

    # Which are one -----------------------------------------------------------------------------

    def _same(self, known: Incident, type: str, claim: Claim, fillers: Sequence[Filler]) -> bool:
        mine = self._heads(fillers, "Victim") | self._heads(fillers, "Target")
        theirs = self._heads(known.fillers, "Victim") | self._heads(known.fillers, "Target")
        together = any(c.sentence == claim.sentence for c in known.claims)
        if known.type != type:
            either = "ATTACK" in (known.type, type)
            if not either or not (together or mine & theirs):
                return False
        threat = all(c.modality in _COMING for c in known.claims)
        if threat != (claim.modality in _COMING):
            return False
        return (
            self._dates_agree(known, claim)
            and self._places_agree(known, claim)
            and (together or self._perpetrators_agree(known, fillers))
        )

    @staticmethod
    def _dates_agree(known: Incident, claim: Claim) -> bool:
        mine = _interval(claim.when)
        if mine is None:
            return True
        spans = [s for c in known.claims if (s := _interval(c.when)) is not None]
        return all(a <= mine[1] and mine[0] <= b for a, b in spans)

    @staticmethod
    def _places_agree(known: Incident, claim: Claim) -> bool:
        mine = claim.places[0] if claim.places else None
        theirs = known.place
        if mine is None or theirs is None:
            return True
        if mine.country and theirs.country and mine.country != theirs.country:
            return False
        if fold(mine.text) == fold(theirs.text) or (mine.id and mine.id == theirs.id):
            return True
        coarse = ("country", "admin1", "admin2")
        for a, b in ((mine, theirs), (theirs, mine)):
            if a.precision == "country" or (
                a.precision in coarse and a.admin1 and a.admin1 == b.admin1
            ):
                return True
        names = {fold(p.text) for c in known.claims for p in c.places}
        return bool(names & {fold(p.text) for p in claim.places[1:]} or fold(mine.text) in names)

    def _perpetrators_agree(self, known: Incident, fillers: Sequence[Filler]) -> bool:
        mine, theirs = self._heads(fillers, "PerpOrg"), self._heads(known.fillers, "PerpOrg")
        return not mine or not theirs or bool(mine & theirs)

    def _heads(self, fillers: Iterable[Filler], role: str) -> set[str]:
        return {self.words.head(f.text) for f in fillers if f.role == role}


def _filler(span: Span, role: str) -> Filler:
    return Filler(span.start, span.end, span.text, role)


def _interval(when: When) -> tuple[datetime.date, datetime.date] | None:
    """The first and last day of a time; None when it has neither."""
    ends = [datetime.date.fromisoformat(d[:10]) for d in (when.earliest, when.latest) if d]
    return (ends[0], ends[-1]) if ends else None


def _length(when: When) -> int:
    interval = _interval(when)
    return (interval[1] - interval[0]).days if interval else 10**6


def _fineness(place: Place) -> int:
    return _FINE.index(place.precision)
