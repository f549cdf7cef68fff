"""Claims as MUC-4 incidents: which of a report's claims are reportable ones, and what fills them.

The task's own rules decide (MUC-3 proceedings, appendix A, "What constitutes a relevant incident?";
MUC-4, the same): violent acts of guerrillas, terrorists and traffickers against anything but
soldiers, police and each other, and of the state against civilians; not those older than two months
before the report, not clashes, not what is told in general. Which types of claims make which type
of incident is data, ``resources/gold/muc.toml``.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from dateline.codebook import Codebook
from dateline.gold.muc_grouping import GENERAL, known_incident
from dateline.gold.muc_incidents import COMING, Incident, LeftOut, fineness, interval
from dateline.gold.muc_roles import Roles
from dateline.gold.muc_words import IncidentRule, MucWords
from dateline.language import Language
from dateline.model import Claim

__all__ = ["Incidents"]

_OLD = datetime.timedelta(days=61)
_NEAR = 600
"""How far before a claim of responsibility or an accusation its incident may stand, in code
points."""
_UNSAID = ("denied", "demanded", "hypothetical")
_COUNTRY = 5


class Incidents:
    """Makes incidents of the claims of one language's reports."""

    def __init__(self, words: MucWords, language: Language, codebook: Codebook) -> None:
        self.words = words
        self.roles = Roles(words, language, codebook)

    def of(
        self, claims: Sequence[Claim], published: datetime.date | None, text: str, body: int = 0
    ) -> tuple[list[Incident], list[LeftOut]]:
        """The incidents of a report's claims, in text order, and the claims that are none.
        ``text``: the report's; ``body``: where it begins behind its dateline, in code points."""
        found: list[Incident] = []
        left: list[LeftOut] = []
        for claim in claims:
            rule = self._rule(claim)
            reason = "type" if rule is None else self._unfit(claim, rule, published, body)
            if rule is None or reason is not None:
                left.append(LeftOut(claim, reason or ""))
                continue
            fillers = self.roles.fillers(claim, text)
            known = known_incident(found, rule.type, claim, fillers, self.roles)
            if known is None:
                known = Incident(rule.type, body)
                found.append(known)
            elif known.type == GENERAL:
                known.type = rule.type
            known.claims.append(claim)
            known.fillers += fillers
        for out in left:
            self._answered_for(out.claim, found, text)
        kept: list[Incident] = []
        for incident in found:
            if self._general(incident, text):
                left += [LeftOut(claim, "vague") for claim in incident.claims]
            else:
                kept.append(incident)
        return kept, left

    def _rule(self, claim: Claim) -> IncidentRule | None:
        kinds = {m.kind for m in claim.means}
        coded_by = claim.provenance.get("type", "").partition("@")[0]
        for rule in self.words.incident:
            any_way = not rule.means and not rule.rules
            this_way = coded_by in rule.rules or bool(kinds & set(rule.means))
            if claim.type in rule.claims and (any_way or this_way):
                return rule
        return None

    def _unfit(
        self, claim: Claim, rule: IncidentRule, published: datetime.date | None, body: int
    ) -> str | None:
        """Why a claim of a fitting type is no reportable incident; None when it is."""
        if claim.negated or claim.modality in _UNSAID:
            return "unsaid"
        when = interval(claim.when)
        if published is not None and when is not None and when[1] < published - _OLD:
            return "old"
        # Where a report was written, or what it told of before, need not be where it happened.
        here = claim.sentence
        said = [p for p in claim.places if max(body, here.start) <= p.start < here.end]
        countries = {p.country for p in said if p.precision != "unresolved"} - {None}
        if countries and not countries & set(self.words.countries):
            return "abroad"
        if rule.outlaws and any(self.roles.is_lawful(actor) for actor in claim.actors):
            return "lawful"
        hit = [self.roles.sort(claim, t) for t in (*claim.targets, *claim.casualties)]
        if any(sort in ("person", "thing") for sort in hit):
            return None
        foes = any(sort in ("force", "outlaw") for sort in hit)
        forces = any(self.roles.is_force(actor) for actor in claim.actors)
        return "war" if foes or forces or rule.civilian else None

    def _general(self, incident: Incident, text: str) -> bool:
        """Whether an incident is told in general: nobody and nothing is hit, or no certain one and
        not both when and where (one of them does where people are counted). What is only to come
        needs a certain one; what is spread over more than two months is many."""
        hits = [f for f in incident.fillers if f.role in ("Victim", "Target")]
        certain = any(self.roles.certain(f, text) for f in hits)
        if incident.coming:
            return not certain
        weapons = incident.of("Weapon")
        if not hits and not weapons and not any(c.casualties for c in incident.claims):
            return True
        body = incident.body
        times = [interval(c.when) for c in incident.claims if (c.when.start or 0) >= body]
        spans = [last - first for first, last in filter(None, times)]
        if spans and min(spans) > _OLD:
            return True
        said = [p for c in incident.claims for p in c.places if p.start >= body]
        placed = any(fineness(p) < _COUNTRY for p in said)
        counted = any(self.roles.counted(f) for f in hits)
        return not certain and not (spans and placed) and not (counted and (spans or placed))

    def _answered_for(self, claim: Claim, found: Sequence[Incident], text: str) -> None:
        """Let who claims an act, or is accused of it, be its perpetrator: the act of the same
        sentence, else the one last told of."""
        if claim.negated or claim.modality in (*_UNSAID, *COMING):
            return
        if claim.type not in ("accusation", "responsibility"):
            return
        here = [i for i in found if any(c.sentence == claim.sentence for c in i.claims)]
        before = [
            (claim.trigger.start - c.trigger.start, n)
            for n, i in enumerate(found)
            for c in i.claims
            if 0 <= claim.trigger.start - c.trigger.start <= _NEAR
        ]
        owned = claim.type == "responsibility"
        for incident in here or [found[n] for _, n in sorted(before)[:1]]:
            incident.claimed = incident.claimed or (owned and bool(claim.actors))
            incident.suspected = incident.suspected or (not owned and bool(claim.targets))
            for answerable in claim.actors if owned else claim.targets:
                incident.fillers += self.roles.perpetrator(answerable, claim, text)
