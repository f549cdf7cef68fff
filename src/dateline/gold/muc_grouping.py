"""Which claims of a report tell of one MUC-4 incident.

The task has it that "a separate instance is one which has different information about the
location, date or perpetrator". So two claims are one incident when their types allow it and none of
the three tells them apart; and always when they have a victim in common who is named, for the
same person is not killed twice. A claim of the general type that hits nothing of its own
("the attack", "the killing") tells more of the incident last told of.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from dateline.gold.muc_incidents import COMING, Filler, Incident, interval
from dateline.gold.muc_roles import Roles
from dateline.model import Claim, Place
from dateline.text import fold

__all__ = ["GENERAL", "known_incident"]

GENERAL = "ATTACK"
"""The type of what is of no other, and which any other makes more exact."""


def known_incident(
    found: Sequence[Incident], type: str, claim: Claim, fillers: Sequence[Filler], roles: Roles
) -> Incident | None:
    """The incident among those found that a claim tells of; None when it is a new one."""
    nearest = sorted(found, key=lambda i: -i.claims[-1].trigger.start)
    fitting = [i for i in nearest if _types_agree(i, type) and _as_done(i, claim)]
    for incident in fitting:
        if _shared(incident, fillers, roles) and _dates_agree(incident, claim):
            return incident
    hits = [f for f in fillers if f.role in ("Victim", "Target")]
    for incident in fitting:
        together = any(c.sentence == claim.sentence for c in incident.claims)
        if incident.type != type and not together and (hits or incident is not nearest[0]):
            continue
        same_actors = together or _perpetrators_agree(incident, fillers, roles)
        if same_actors and _dates_agree(incident, claim) and _places_agree(incident, claim):
            return incident
    return None


def _types_agree(incident: Incident, type: str) -> bool:
    return incident.type == type or GENERAL in (incident.type, type)


def _as_done(incident: Incident, claim: Claim) -> bool:
    """Whether both have happened, or both are to come."""
    return incident.coming == (claim.modality in COMING or claim.type == "threat")


def _shared(incident: Incident, fillers: Sequence[Filler], roles: Roles) -> bool:
    def named(given: Iterable[Filler]) -> set[str]:
        return {roles.words.head(f.text) for f in given if f.role == "Victim" and roles.named(f)}

    return bool(named(fillers) & named(incident.fillers))


def _dates_agree(incident: Incident, claim: Claim) -> bool:
    mine = _told(claim, incident.body)
    if mine is None:
        return True
    spans = [s for c in incident.claims if (s := _told(c, incident.body)) is not None]
    return all(first <= mine[1] and mine[0] <= last for first, last in spans)


def _told(claim: Claim, body: int) -> tuple[datetime.date, datetime.date] | None:
    """A claim's time where the text tells it; the dateline's is every claim's."""
    return interval(claim.when) if (claim.when.start or 0) >= body else None


def _places_agree(incident: Incident, claim: Claim) -> bool:
    mine = next((p for p in claim.places if p.start >= incident.body), None)
    theirs = incident.place
    if mine is None or theirs is None or theirs.start < incident.body:
        return True
    if mine.country and theirs.country and mine.country != theirs.country:
        return False
    known = {_name(p) for c in incident.claims for p in c.places}
    if known & {_name(p) for p in claim.places} or (mine.id and mine.id == theirs.id):
        return True
    return _holds(mine, theirs) or _holds(theirs, mine)


def _name(place: Place) -> str:
    return " ".join(fold(place.text).split())


def _holds(whole: Place, part: Place) -> bool:
    """Whether one place is the country or the province of the other."""
    if whole.precision == "country":
        return True
    coarse = whole.precision in ("admin1", "admin2")
    return coarse and whole.admin1 is not None and whole.admin1 == part.admin1


def _perpetrators_agree(incident: Incident, fillers: Sequence[Filler], roles: Roles) -> bool:
    mine = {roles.words.head(f.text) for f in fillers if f.role == "PerpOrg"}
    theirs = {roles.words.head(f.text) for f in incident.of("PerpOrg")}
    return not mine or not theirs or bool(mine & theirs)
