"""locate: where it happened. Each claim gets the most specific place that is named for it.

In its own sentence first, then in the headline, at the dateline, in the lead; the words stay
where they stand. A place that belongs to an actor ("the army of X") is not where it happened
unless nothing else is; an adjective is the last resort. Words about words have a place only if
their sentence gives one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dateline.gazetteer import Gazetteer
from dateline.language import Language
from dateline.model import Place, Span
from dateline.syntax import Candidate, Report, Sentence
from dateline.toponyms import Toponym, Toponyms

_SPEECH = frozenset(
    {"accusation", "demand", "responsibility", "talks", "rejection", "threat", "sanction"}
)
_TERRITORY = frozenset({"territory-gained", "withdrawal", "siege", "offensive", "shelling"})

_CUE = {
    "in": 10.0,
    "near": 10.0,
    "between": 10.0,
    "against": 7.0,
    "of": 6.0,
    "toward": 4.0,
    "from": 0.0,
    "none": 4.0,
}
_TOPIC = 8.0
_WEAK = 1.0
_ENOUGH = 6.0
_LEAD = 3


@dataclass(frozen=True, slots=True)
class _Choice:
    toponym: Toponym
    sentence: int
    score: float
    rule: str


def locate(
    report: Report, candidates: tuple[Candidate, ...], language: Language, gazetteer: Gazetteer
) -> tuple[Candidate, ...]:
    """The candidates with ``claim.places`` filled: one place each, or none where none is named.

    Coordinates are the gazetteer's, in degrees, null for a place that it does not list;
    ``radius_km`` is how far off the point may be by the words ("30 km south of"), or by the size
    of the region named.
    """
    if not candidates:
        return candidates
    search = _Search(report, candidates, language, gazetteer)
    return tuple(search.fill(c) for c in candidates)


class _Search:
    def __init__(
        self,
        report: Report,
        candidates: tuple[Candidate, ...],
        language: Language,
        gazetteer: Gazetteer,
    ) -> None:
        self.report = report
        self.candidates = candidates
        self.found = Toponyms(report, language.places, gazetteer)
        self.language = language
        self.rule = f"{language.places.version}, gazetteer {gazetteer.version}"
        self.fallback = self._elsewhere()

    def fill(self, candidate: Candidate) -> Candidate:
        choice = self._choose(candidate)
        if choice is None:
            return candidate
        place = self._place(choice)
        return candidate.fill(f"locate/{choice.rule} {self.rule}", places=(place,))

    # ------------------------------------------------------------------ choosing

    def _choose(self, candidate: Candidate) -> _Choice | None:
        here = self._in_sentence(candidate)
        if candidate.claim.type in _SPEECH:
            return here if here is not None and here.score >= _ENOUGH + 4 else None
        if here is not None and here.score >= _ENOUGH:
            return here
        return self.fallback or here

    def _in_sentence(self, candidate: Candidate) -> _Choice | None:
        n = candidate.sentence
        best: _Choice | None = None
        for toponym in self.found.of(n):
            score = self._score(candidate, toponym)
            if best is None or score > best.score:
                best = _Choice(toponym, n, score, f"sentence:{toponym.cue.rule}")
        return best

    def _score(self, candidate: Candidate, toponym: Toponym) -> float:
        """How likely the happening is said to be there: the words before the name, its place in
        the tree, how specific it is, how near."""
        sentence = self.report.sentences[candidate.sentence]
        score = self._standing(toponym, sentence, (candidate,))
        ours = {candidate.trigger, candidate.anchor}
        if candidate.claim.type in _TERRITORY and toponym.kind == "named":
            head = sentence[toponym.token]
            if head.head in ours and head.dep.split(":")[0] in ("obj", "nsubj", "nmod", "obl"):
                score += 4.0
        path = [toponym.token, *(t.i for t in sentence.ancestors(toponym.token))]
        if any(i in ours for i in path):
            score += 3.0
        else:
            others = {
                i
                for c in self.candidates
                if c.sentence == candidate.sentence and c is not candidate
                for i in (c.trigger, c.anchor)
            } - ours
            if any(i in others for i in path[1:]):
                score -= 3.0
        trigger = candidate.claim.trigger
        gap = max(toponym.start - trigger.end, trigger.start - toponym.end, 0)
        return score + 1.2 * _detail(toponym) - 0.015 * gap

    def _standing(
        self, toponym: Toponym, sentence: Sentence, candidates: Iterable[Candidate]
    ) -> float:
        """How firmly the words around a name say that something is there."""
        cue = toponym.cue
        score = _CUE[cue.kind]
        if toponym.kind == "adjective":
            score = _WEAK
        elif toponym.topic:
            score = _TOPIC
        elif toponym.kind == "country" and cue.kind == "none":
            score = 2.0
        if cue.kind == "none" and cue.noun is not None:
            score += 2.0
        if cue.kind == "of" and cue.owner in self.language.places.holders:
            score = 1.5
        if toponym.within:
            score = min(score, 2.0)
        for candidate in candidates:
            for actor in candidate.claim.actors:
                if actor.start < toponym.end and toponym.start < actor.end:
                    score = min(score, _WEAK if cue.kind in ("of", "none") else 5.0)
                    if toponym.kind == "adjective":
                        score = 0.0
        return score

    # ------------------------------------------------------------------ outside the sentence

    def _elsewhere(self) -> _Choice | None:
        """The report's own place: of its headline, its dateline, its lead."""
        for n, sentence in enumerate(self.report.sentences):
            if sentence.headline:
                choice = self._report_place(n, "headline", 1.0)
                if choice is not None:
                    return choice
        dateline = self.report.dateline
        if dateline is not None and dateline.place is not None:
            choice = self._dateline_place(dateline.place)
            if choice is not None:
                return choice
        body = [n for n, s in enumerate(self.report.sentences) if not s.headline][:_LEAD]
        for n in body:
            choice = self._report_place(n, "lead", _ENOUGH)
            if choice is not None:
                return choice
        return None

    def _report_place(self, n: int, rule: str, enough: float) -> _Choice | None:
        sentence = self.report.sentences[n]
        there = [c for c in self.candidates if c.sentence == n]
        best: _Choice | None = None
        for toponym in self.found.of(n):
            score = self._standing(toponym, sentence, there) + 1.5 * _detail(toponym)
            if score >= enough and (best is None or score > best.score):
                best = _Choice(toponym, n, score, rule)
        return best

    def _dateline_place(self, span: Span) -> _Choice | None:
        for n in range(len(self.report.sentences)):
            for toponym in self.found.of(n):
                if toponym.start < span.end and span.start < toponym.end:
                    return _Choice(toponym, n, 0.0, "dateline")
        return None

    # ------------------------------------------------------------------ the place itself

    def _place(self, choice: _Choice) -> Place:
        toponym = choice.toponym
        span = self.report.span(toponym.start, toponym.end)
        cue, entry = toponym.cue, toponym.entry
        relation = self._relation(choice)
        radius = cue.radius_km
        if entry is None:
            return self._unlisted(choice, span, relation)
        precision = {
            "country": "country",
            "admin1": "admin1",
            "region": "admin1",
            "admin2": "admin2",
            "admin3": "admin2",
        }.get(entry.kind, "place")
        if toponym.kind in ("adjective", "homeland"):
            precision = "country"
        if cue.kind in ("near", "between") and precision in ("place", "admin2"):
            precision = "near"
        if precision not in ("near",) or radius is None:
            radius = entry.radius_km
        return Place(
            span.start,
            span.end,
            span.text,
            id=entry.id,
            name=entry.name,
            lat=entry.lat,
            lon=entry.lon,
            country=entry.country or toponym.country,
            admin1=entry.admin1,
            precision=precision,
            radius_km=radius,
            relation=relation,
        )

    def _unlisted(self, choice: _Choice, span: Span, relation: str | None) -> Place:
        """A place that no list holds: its words, and the point of the place around it if the
        sentence names one."""
        around = self._around(choice)
        country = choice.toponym.country
        if around is None or around.entry is None:
            country = country or self.found.main_country
            return Place(
                span.start, span.end, span.text, country=country, relation=relation
            )
        entry = around.entry
        listed = around.kind == "named" and entry.kind in ("place", "spot", "admin2", "admin3")
        return Place(
            span.start,
            span.end,
            span.text,
            lat=entry.lat if listed else None,
            lon=entry.lon if listed else None,
            country=entry.country,
            admin1=entry.admin1,
            precision="near" if listed and relation else "place" if listed else "unresolved",
            radius_km=10.0 if listed else None,
            relation=relation,
        )

    def _around(self, choice: _Choice) -> Toponym | None:
        """The smallest listed place of the same sentence that the words say something is in."""
        best: Toponym | None = None
        for other in self.found.of(choice.sentence):
            if other.entry is None or other.kind not in ("named", "country"):
                continue
            if other.cue.kind not in ("in", "of") and other.cue.noun is None:
                continue
            if best is None or _detail(other) > _detail(best):
                best = other
        return best

    def _relation(self, choice: _Choice) -> str | None:
        """The words that say how the happening lies to the place; both ends of "between"."""
        cue = choice.toponym.cue
        if cue.kind != "between":
            return cue.relation
        sentence = self.report.sentences[choice.sentence]
        ends = [
            t.end
            for t in self.found.of(choice.sentence)
            if t.cue.kind == "between" and t.cue.start == cue.start
        ]
        words = self.report.view[sentence.start + cue.start : max(ends)]
        return " ".join(words.split())


def _detail(toponym: Toponym) -> float:
    """How specific a place is: 3 for a town or spot, 0 for an adjective."""
    if toponym.kind == "adjective":
        return 0.0
    if toponym.kind in ("country", "homeland"):
        return 1.0
    if toponym.kind in ("unlisted", "capital"):
        return 2.5
    if toponym.kind == "unnamed" or toponym.entry is None:
        return 1.0
    return {"admin1": 2.0, "region": 1.8, "admin2": 2.5, "admin3": 2.6}.get(toponym.entry.kind, 3.0)
