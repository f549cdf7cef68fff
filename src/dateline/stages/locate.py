"""locate: where it happened. Each claim gets the most specific place that is named for it.

In its own sentence first, then in the headline, at the dateline, in the lead; the words stay
where they stand. A place that belongs to an actor ("the army of X") is not where it happened
unless nothing else is; an adjective is the last resort. Words about words have a place only if
their sentence gives one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dateline.gazetteer import Gazetteer, PlaceEntry
from dateline.language import Language
from dateline.model import Place, Span
from dateline.syntax import Candidate, Report, Sentence
from dateline.text import fold
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
    "toward": 2.5,
    "from": 0.0,
    "none": 4.0,
}
_TOPIC = 6.5
_STRUCK = 9.0
_WEAK = 1.0
_ENOUGH = 5.0
_SITES = ("spot", "street")
_LOCATIVE = ("in", "near", "between")
_LEAD = 3
_UNLIKELY = 9.0
# How far from the middle of a town a spot in it may be.
_TOWN_KM = 10.0
# "The region of X", where X is a town and no division is called after it.
_REGION_OF_TOWN_KM = 30.0
# A region wider than this says no more than its country does.
_REGION_KM = 500.0
_PRECISION = {
    "country": "country",
    "admin1": "admin1",
    "region": "admin1",
    "admin2": "admin2",
    "admin3": "admin2",
}


@dataclass(frozen=True, slots=True)
class _Choice:
    toponym: Toponym
    sentence: Sentence
    score: float
    rule: str
    firm: bool = False


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
        self.triggers: dict[int, set[int]] = {}
        for c in candidates:
            self.triggers.setdefault(c.sentence, set()).update((c.trigger, c.anchor))
        self.headline_types = {
            c.claim.type for c in candidates if report.sentences[c.sentence].headline
        }

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
            if here is not None and here.firm and self._own(candidate, here.toponym):
                return here
            return self.fallback if candidate.claim.type in self.headline_types else None
        if here is not None and here.firm:
            return here
        return self._same_here(self._sentence(candidate)) or self.fallback or here

    def _own(self, candidate: Candidate, toponym: Toponym) -> bool:
        """Whether the nearest verb or happening above a place is the candidate's."""
        if toponym.cue.kind not in _LOCATIVE or toponym.kind == "unnamed":
            return False
        sentence = self._sentence(candidate)
        ours = {candidate.trigger, candidate.anchor}
        for token in sentence.ancestors(toponym.token):
            if token.i in ours:
                return True
            if token.pos == "VERB":
                return False
        return False

    def _sentence(self, candidate: Candidate) -> Sentence:
        return self.report.sentences[candidate.sentence]

    def _same_here(self, sentence: Sentence) -> _Choice | None:
        """The report's own place where this sentence names it too, however loosely."""
        if self.fallback is None or self.fallback.toponym.entry is None:
            return None
        for toponym in self.found.of(sentence):
            if toponym.kind not in ("named", "country", "capital") or toponym.within:
                continue
            if toponym.entry == self.fallback.toponym.entry:
                return _Choice(toponym, sentence, 0.0, "sentence:again")
        return None

    def _in_sentence(self, candidate: Candidate) -> _Choice | None:
        sentence = self._sentence(candidate)
        best: _Choice | None = None
        for toponym in self.found.of(sentence):
            standing = self._attached(candidate, toponym)
            gap = max(
                toponym.start - candidate.claim.trigger.end,
                candidate.claim.trigger.start - toponym.end,
                0,
            )
            score = standing + 1.2 * _detail(toponym) - 0.015 * gap
            firm = standing >= _ENOUGH
            if best is None or (firm, score) > (best.firm, best.score):
                best = _Choice(toponym, sentence, score, f"sentence:{toponym.cue.rule}", firm)
        return best

    def _attached(self, candidate: Candidate, toponym: Toponym) -> float:
        """How firmly the sentence says that this happening is there: the words before the name,
        and whose place it is in the tree."""
        sentence = self._sentence(candidate)
        score = self._standing(toponym, sentence, (candidate,))
        ours = {candidate.trigger, candidate.anchor}
        if toponym.cue.kind == "of" and toponym.cue.noun is None:
            # "the capture of X", "takes control of X"; any other "of" is of something else.
            head = sentence[sentence[toponym.token].head]
            object_of_ours = head.dep.split(":")[0] == "obj" and head.head in ours
            named = toponym.cue.owner == fold(sentence[candidate.trigger].text)
            if head.i not in ours and not named and not object_of_ours:
                score = min(score, 2.5)
        path = [toponym.token, *(t.i for t in sentence.ancestors(toponym.token))]
        # "takes X", "falls back on the town of X": the place is what the happening is about.
        near = path[1 : 3 if toponym.cue.noun else 2]
        if candidate.claim.type in _TERRITORY and ours.intersection(near):
            score += 4.0 if toponym.kind in ("named", "unlisted") else 0.0
        if self._struck(sentence, toponym, ours):
            score = max(score, _STRUCK)
        others = self.triggers[candidate.sentence] - ours
        if ours.intersection(path):
            between = path[1 : next(n for n, i in enumerate(path) if i in ours)]
            apart = any(sentence[i].pos == "VERB" or i in others for i in between)
            return score + (-1.0 if apart else 2.0)
        above: set[int] = set().union(*({t.i for t in sentence.ancestors(i)} for i in ours))
        # A place below another happening is that one's, unless ours is below it as well, or both
        # hang on one verb ("a bombing in X left 12 dead").
        verbs = _verbs(sentence, candidate.trigger)
        foreign = [
            i
            for i in (others - above).intersection(path)
            if _verb(sentence, i) not in verbs
            or not sentence[i].dep.startswith("nsubj")
            or any(sentence[k].pos == "VERB" for k in path[1 : path.index(i)])
        ]
        return score - 6.0 if foreign else score

    def _struck(self, sentence: Sentence, toponym: Toponym, ours: set[int]) -> bool:
        """Whether a town is what the happening, or the verb that it is the subject of, is done to:
        "attacks hit X"."""
        token = sentence[toponym.token]
        if toponym.cue.noun is not None and token.dep.split(":")[0] == "nmod":
            token = sentence[token.head]
        if toponym.kind not in ("named", "unlisted") or token.dep.split(":")[0] != "obj":
            return False
        subjects = {t.i for t in sentence.children(token.head, "nsubj")}
        return token.head in ours or bool(subjects & ours)

    def _standing(
        self, toponym: Toponym, sentence: Sentence, candidates: Iterable[Candidate]
    ) -> float:
        """How firmly the words around a name say that something is there."""
        cue = toponym.cue
        token = sentence[toponym.token]
        score = _CUE[cue.kind]
        if toponym.kind == "adjective" and cue.kind == "none":
            score = _WEAK
        elif toponym.kind == "unnamed":
            score = min(score, 2.0)
        elif toponym.topic:
            score = _TOPIC
        elif toponym.kind == "country" and cue.kind == "of" and cue.noun is None:
            score = 2.5
        elif toponym.kind == "country" and cue.kind == "none":
            score = 0.0 if token.dep.startswith("nsubj") else 2.0
        if cue.noun is not None:
            score = {"none": 4.5, "of": 4.0}.get(cue.kind, score)
        owned = cue.owner in self.language.places.holders
        if owned and (cue.noun in _SITES or (cue.kind == "of" and cue.noun is None)):
            score = 1.5
        if toponym.kind == "named" and cue.kind == "none" and token.dep.startswith("nsubj"):
            score = min(score, 2.5)
        if toponym.kind == "unlisted" and cue.kind not in _LOCATIVE and cue.noun is None:
            score = min(score, 3.0)
        if token.dep == "conj":
            score -= 1.5
        if toponym.apposed:
            score -= 3.0
        if toponym.within:
            score = min(score, 2.0)
        for candidate in candidates:
            if any(_overlap(actor, toponym) for actor in candidate.claim.actors):
                score = min(score, -1.0 if cue.kind in ("of", "none") else 5.0)
            if any(_overlap(target, toponym) for target in candidate.claim.targets):
                score += 1.0
        return score

    # ------------------------------------------------------------------ outside the sentence

    def _elsewhere(self) -> _Choice | None:
        """The report's own place: of its headline, its dateline, its lead. The lead is read as
        plain text, since only paragraphs with a happening are parsed."""
        headlines = [s for s in self.report.sentences if s.headline]
        for sentence in headlines:
            choice = self._report_place(sentence, "headline", _WEAK)
            if choice is not None:
                return choice
        dateline = self.report.dateline
        if dateline is not None and dateline.place is not None:
            plain = self.found.plain(dateline.place)
            choice = self._report_place(plain, "dateline", -_UNLIKELY)
            if choice is not None:
                return choice
        top = self.report.headline.end if self.report.headline else 0
        lead = [self.found.plain(p) for p in self.report.body if p.start >= top][:_LEAD]
        for sentence in lead:
            choice = self._report_place(sentence, "lead", _ENOUGH)
            if choice is not None:
                return choice
        weak = [self._report_place(s, "weak", -_UNLIKELY) for s in [*headlines, *lead]]
        return next((choice for choice in weak if choice is not None), None)

    def _report_place(self, sentence: Sentence, rule: str, enough: float) -> _Choice | None:
        there = [c for c in self.candidates if c.claim.sentence.start == sentence.start]
        best: _Choice | None = None
        for toponym in self.found.of(sentence):
            score = self._standing(toponym, sentence, there) + 1.5 * _detail(toponym)
            if rule == "weak" and toponym.entry is None:
                continue
            if score >= enough and (best is None or score > best.score):
                best = _Choice(toponym, sentence, score, rule)
        return best

    # ------------------------------------------------------------------ the place itself

    def _place(self, choice: _Choice) -> Place:
        toponym = choice.toponym
        span = self.report.span(toponym.start, toponym.end)
        cue, entry = toponym.cue, toponym.entry
        relation = self._relation(choice)
        radius = cue.radius_km
        if entry is None:
            return self._unlisted(choice, span, relation)
        precision = "country" if toponym.kind in ("adjective", "homeland") else _precision(entry)
        if cue.kind in ("near", "between") and precision in ("place", "admin2"):
            precision = "near"
        elif cue.noun == "region" and entry.kind == "place":
            precision, radius = "near", _REGION_OF_TOWN_KM
        if precision != "near" or radius is None:
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
        entry = around.entry if around is not None else None
        named = choice.toponym.cue.noun in (*_SITES, "settlement")
        precision = "place" if named else "unresolved"
        if entry is None:
            return Place(
                span.start,
                span.end,
                span.text,
                country=choice.toponym.country or self._country(),
                precision=precision,
                relation=relation,
            )
        listed = entry.kind in ("place", "spot")
        if listed:
            precision = "near" if choice.toponym.cue.kind in ("near", "between") else "place"
        return Place(
            span.start,
            span.end,
            span.text,
            lat=entry.lat if listed else None,
            lon=entry.lon if listed else None,
            country=entry.country,
            admin1=entry.admin1,
            precision=precision,
            radius_km=_TOWN_KM if listed else None,
            relation=relation,
        )

    def _country(self) -> str | None:
        """The country of the report's own place, else the one it speaks of most."""
        if self.fallback is not None and self.fallback.toponym.country is not None:
            return self.fallback.toponym.country
        return self.found.meaning.main

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
        sentence = choice.sentence
        ends = [
            t.end
            for t in self.found.of(choice.sentence)
            if t.cue.kind == "between" and t.cue.start == cue.start
        ]
        words = self.report.view[sentence.start + cue.start : max(ends)]
        return " ".join(words.split())


def _precision(entry: PlaceEntry) -> str:
    """The contract's word for what the index has; a region of half a continent is no point."""
    if entry.kind == "region" and (entry.radius_km or 0.0) > _REGION_KM:
        return "country" if entry.country else "unresolved"
    return _PRECISION.get(entry.kind, "place")


def _verb(sentence: Sentence, i: int) -> int:
    """The token itself if it is a verb, else the nearest verb above it (the root without one)."""
    if sentence[i].pos == "VERB":
        return i
    last = i
    for token in sentence.ancestors(i):
        last = token.i
        if token.pos == "VERB":
            break
    return last


def _verbs(sentence: Sentence, i: int) -> set[int]:
    """The verb of a token, and those that it is coordinated to."""
    at = _verb(sentence, i)
    found = {at}
    while sentence[at].dep == "conj" and sentence[at].head not in found:
        at = sentence[at].head
        found.add(at)
    return found


def _overlap(span: Span, toponym: Toponym) -> bool:
    return span.start < toponym.end and toponym.start < span.end


def _detail(toponym: Toponym) -> float:
    """How specific a place is: 3 for a town or spot, 0 for an adjective."""
    if toponym.kind == "adjective":
        return 0.0 if toponym.cue.kind == "none" else 0.8
    if toponym.kind in ("country", "homeland"):
        return 1.0
    if toponym.kind in ("unlisted", "capital"):
        return 3.2 if toponym.cue.noun in _SITES else 2.5
    if toponym.kind == "unnamed" or toponym.entry is None:
        return 1.0
    if toponym.cue.noun in _SITES and toponym.kind == "named":
        return 3.3
    return {"admin1": 2.0, "region": 1.8, "admin2": 2.5, "admin3": 2.6}.get(toponym.entry.kind, 3.0)
