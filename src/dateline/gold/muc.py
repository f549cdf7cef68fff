"""muc: MUC-4 templates of terrorist incidents as gold (NIST, 1992): is there an incident, who did
what to whom with what, of which type, when, where, with what effect, how surely.

What is measured, report by report:

*incident detection*: the report has a template (an optional one counts), and we have an incident.
*role fillers*: the string slots that the literature scores, over the whole report and not by
template. An entity of the key counts as found when a filler of ours has the head of one of its
strings (:meth:`MucWords.head`); several fillers that find one entity are one, as are several with
one head; an entity that the key calls optional, or that stands in an optional template, counts only
when it is found. So Patwardhan and Riloff (2009) and Chambers and Jurafsky (2011); strings shared
by two entities make them one, as in Du, Rush and Cardie (2021), "GRIT".
*type, date, place, effect, stage, confidence*: of the incidents that are aligned to a template, the
pairs of greatest agreement (type, shared fillers, date, place); a pair must share one of the first
two. A date is exact when both its ends are the key's. A date that the key only bounds ("no later
than D") is exact when we leave it open too. A place counts at the level that the key names: its
town by name, its department, or its country.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar

from dateline.agreement import Count
from dateline.codebook import codebook
from dateline.gold.muc_faults import Report
from dateline.gold.muc_mapping import Incidents
from dateline.gold.muc_scores import SLOTS, Agreement, score_role
from dateline.gold.muc_templates import ROLES, entities, published, templates
from dateline.gold.muc_words import MucWords, muc_words
from dateline.gold.reading import (
    NOTE,
    OVERALL,
    SLOT,
    TYPE,
    Average,
    Code,
    Fault,
    Measure,
    Reader,
    Result,
    Row,
    Seen,
    Share,
    document,
    nothing_seen,
    refusal,
)
from dateline.language import language

__all__ = ["MucGold"]

_LENIENT = ("date agrees", "country")
"""Looser readings of a slot, for the analysis; they are no scores."""


@dataclass
class _Tally:
    """What adds up over the reports."""

    detection: Count = field(default_factory=Count)
    incidents: Count = field(default_factory=Count)
    roles: dict[str, Count] = field(default_factory=lambda: {role: Count() for role in ROLES})
    exact: dict[str, Count] = field(default_factory=lambda: {role: Count() for role in ROLES})
    slots: dict[str, Share] = field(default_factory=lambda: {slot: Share() for slot in SLOTS})
    types: dict[str, Count] = field(default_factory=dict)
    reasons: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)


class MucGold(Reader):
    """MUC-4 files: rows of ``text``, ``dateline`` and ``templates``."""

    name: ClassVar[str] = "muc"
    title: ClassVar[str] = "MUC-4: incidents of terrorism and who and what fills their roles"
    needs: ClassVar[tuple[str, ...]] = ("id", "text", "dateline", "templates")

    @cached_property
    def words(self) -> MucWords:
        return muc_words()

    @cached_property
    def incidents(self) -> Incidents:
        return Incidents(self.words, language(self.words.language), codebook())

    @cached_property
    def agreement(self) -> Agreement:
        return Agreement(self.words, codebook())

    def score(self, rows: Sequence[Row], code: Code, seen: Seen = nothing_seen) -> Result:
        tally = _Tally()
        refused: list[tuple[str, str]] = []
        undated = 0
        for row in rows:
            day = published(row, self.words)
            undated += day is None
            text, ref = str(row["text"]), str(row["id"])
            given = day.isoformat() if day is not None else None
            outcome = code(document(text, ref=ref, lang=self.words.language, published=given))
            if reason := refusal(outcome):
                refused.append((ref, reason))
            line = str(row["dateline"] or "").strip()
            body = len(line) if text.startswith(line) else 0
            ours, left = self.incidents.of(outcome.claims, day, text, body)
            gold = templates(row, self.words)
            self._report(Report(ref, text, gold, ours, left, day, self.words), tally)
            seen()
        return Result(
            reader=self.name,
            items=len(rows),
            measures=tuple(_measures(tally)),
            faults=tuple(tally.faults),
            notes=(
                f"Claims that are no incident: {_left_out(tally)}.",
                f"{undated} reports have no whole date in their dateline; they are coded without "
                "a day of publication.",
                "Number, nationality and kind of targets, and the kinds of instruments, are not "
                "scored: a claim does not say them, or says them otherwise.",
            ),
            refused=tuple(refused),
        )

    def _report(self, report: Report, tally: _Tally) -> None:
        gold, ours = report.gold, report.ours
        has, says = bool(gold), bool(ours)
        tally.detection += Count(int(has), int(says), int(has and says))
        pairs = self.agreement.align(gold, ours)
        tally.incidents += Count(
            sum(not t.optional or n in {g for g, _ in pairs} for n, t in enumerate(gold)),
            len(ours),
            len(pairs),
        )
        for n, template in enumerate(gold):
            hit = next((o for g, o in pairs if g == n), None)
            right = int(hit is not None and ours[hit].type in template.types)
            name = template.types[0] if template.types else ""
            if not template.optional or right:
                tally.types[name] = tally.types.get(name, Count()) + Count(1, 0, right)
            if hit is None and not template.optional:
                tally.faults.append(report.missed(template))
        for n, incident in enumerate(ours):
            right_type = next((g for g, o in pairs if o == n), None)
            tally.types[incident.type] = tally.types.get(incident.type, Count()) + Count(0, 1, 0)
            if right_type is None:
                tally.faults.append(report.spurious(incident))
        for g, o in pairs:
            for slot, agreed in self.agreement.slots(gold[g], ours[o], report.day):
                tally.slots[slot] += Share(int(agreed), 1)
                if not agreed and slot not in _LENIENT:
                    tally.faults.append(report.slot(slot, gold[g], ours[o]))
        for role in ROLES:
            fillers = [f for incident in ours for f in incident.of(role)]
            scored = score_role(entities(gold, role, self.words), fillers, self.words)
            tally.roles[role] += scored.count
            tally.exact[role] += scored.exact
            for entity in scored.missed:
                tally.faults.append(report.missed_filler(role, entity))
            for filler in scored.spurious:
                tally.faults.append(report.spurious_filler(role, filler))
        for out in report.left:
            tally.reasons[out.reason] += 1


def _measures(tally: _Tally) -> Iterable[Measure]:
    yield Measure(OVERALL, "incident detection", tally.detection)
    scores = [tally.roles[role].f1 or 0.0 for role in ROLES]
    yield Measure(OVERALL, "role fillers, average F1", Average.over(scores))
    yield Measure(OVERALL, "role fillers, together", sum(tally.roles.values(), Count()))
    yield Measure(OVERALL, "incidents aligned", tally.incidents)
    for role in ROLES:
        yield Measure(SLOT, role, tally.roles[role])
    for slot in SLOTS:
        yield Measure(NOTE if slot in _LENIENT else SLOT, slot, tally.slots[slot])
    for name, count in sorted(tally.types.items(), key=lambda item: (-item[1].gold, item[0])):
        yield Measure(TYPE, name, count)
    yield Measure(NOTE, "role fillers, whole strings", sum(tally.exact.values(), Count()))


def _left_out(tally: _Tally) -> str:
    """How many claims are no incident, by reason."""
    return ", ".join(f"{n} {reason}" for reason, n in tally.reasons.most_common()) or "none"
