"""locate: where it happened. Each claim gets the most specific place that is named for it.

In its own sentence first, then in the headline, at the dateline, in the lead; the words stay
where they stand. A place that belongs to an actor ("the army of X") is not where it happened
unless nothing else is; an adjective is the last resort. Words about words have a place only if
their sentence gives one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from dateline.gazetteer import Gazetteer, PlaceEntry
from dateline.language import Language
from dateline.model import Place, Span
from dateline.placenames import LOCATIVE, SITES, Toponym, detail
from dateline.syntax import Candidate, Report, Sentence
from dateline.toponyms import Toponyms
from dateline.whereabouts import ENOUGH, WEAK, Whereabouts

_SPEECH = frozenset(
    {"accusation", "demand", "responsibility", "talks", "rejection", "threat", "sanction"}
)
# Words about words that are happenings themselves: the headline's place is theirs as well.
_MET = frozenset({"talks"})
# What a place is worth less if it only says where the one before it is.
_APPOSED = 3.0
# How much less firmly a town may be named than the country around it.
_CLOSE = 4.0
# The relations after which a direction alone says where ("to the north"), and how firmly.
_POINTING = ("in", "near", "toward", "none")
_UNNAMED = 4.0
_LEAD = 3
_UNLIKELY = 9.0
# How far from the middle of a town a spot in it may be.
_TOWN_KM = 10.0
# From the middle of a division, of which no size is known, to a village in it.
_DIVISION_KM = 100.0
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
        triggers: dict[int, set[int]] = {}
        for c in candidates:
            triggers.setdefault(c.sentence, set()).update((c.trigger, c.anchor))
        told = {n: frozenset(tokens) for n, tokens in triggers.items()}
        whens = [c.claim.when for c in candidates if c.claim.when is not None]
        self.dates = frozenset(
            at
            for when in whens
            if when.start is not None and when.end is not None
            for at in range(when.start, when.end)
        )
        self.whereabouts = Whereabouts(language.places, told, self.dates)
        self.fallback = self._elsewhere()
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
            met = candidate.claim.type in _MET & self.headline_types
            return self.fallback if met else None
        if here is not None and here.firm:
            return here
        if here is not None and self.fallback is not None:
            # A country's adjective says less than any town of the sentence.
            vague = self.fallback.toponym.kind == "adjective"
            if vague and here.toponym.kind == "named" and here.score >= ENOUGH:
                return here
        return self._same_here(self._sentence(candidate)) or self.fallback or here

    def _own(self, candidate: Candidate, toponym: Toponym) -> bool:
        """Whether the nearest verb or happening above a place is the candidate's."""
        if toponym.cue.kind not in LOCATIVE or toponym.kind == "unnamed":
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
        for toponym in self._places(sentence):
            if toponym.kind not in ("named", "country", "capital") or toponym.within:
                continue
            if toponym.entry == self.fallback.toponym.entry:
                return _Choice(toponym, sentence, 0.0, "sentence:again")
        return None

    def _places(self, sentence: Sentence) -> tuple[Toponym, ...]:
        """The places that a sentence names; a feast or a month is a date and none."""
        found = self.found.of(sentence)
        return tuple(t for t in found if t.start not in self.dates or t.end - 1 not in self.dates)

    def _in_sentence(self, candidate: Candidate) -> _Choice | None:
        """The best place of the claim's own sentence."""
        sentence = self._sentence(candidate)
        scored: list[tuple[float, Toponym]] = []
        for toponym in self._places(sentence):
            standing = self.whereabouts.attached(sentence, candidate, toponym)
            if scored and self._names(scored[-1][1], toponym):
                # "the capital of the country, X": X is the name of what stands before it.
                before, described = scored[-1]
                standing = max(before, standing)
                scored[-1] = (before - _APPOSED, described)
            if toponym.apposed and scored:
                # What it is near to says of the place before it that it is a place.
                before, described = scored[-1]
                if toponym.cue.kind == "near" and described.kind in ("named", "unlisted"):
                    scored[-1] = (max(before, standing), described)
                standing -= _APPOSED
            standing -= _APPOSED if toponym.owner else 0.0
            scored.append((standing, toponym))
        lone = len([t for _, t in scored if t.kind != "adjective"]) == 1
        best: _Choice | None = None
        for standing, toponym in scored:
            if self._encloses(standing, toponym, scored):
                continue
            gap = _gap(toponym, candidate)
            score = standing + 1.2 * detail(toponym) - 0.015 * gap
            firm = standing >= ENOUGH
            if toponym.kind == "unnamed":
                firm = lone and toponym.cue.kind in _POINTING and standing >= _UNNAMED
            if best is None or (firm, score) > (best.firm, best.score):
                best = _Choice(toponym, sentence, score, f"sentence:{toponym.cue.rule}", firm)
        if best is not None and best.toponym.topic and self.fallback is not None:
            # "Country: attacks strike the city": the headline's more special place is meant.
            return self.fallback if self.fallback.sentence is sentence else best
        return self._nearest(best, candidate) if best is not None else None

    def _names(self, before: Toponym, toponym: Toponym) -> bool:
        """Whether a name only gives the name of what a country's adjective helped to describe."""
        between = self.report.view[before.end : toponym.start]
        return (
            before.kind == "adjective"
            and toponym.kind == "named"
            and before.country == toponym.country
            and between.strip() == ","
        )

    def _encloses(
        self, standing: float, toponym: Toponym, scored: list[tuple[float, Toponym]]
    ) -> bool:
        """Whether a country is named only as the one that another place of the sentence, where the
        happening is as well, lies in."""
        if toponym.kind not in ("country", "homeland"):
            return False
        return any(
            other.country == toponym.country
            and detail(other) > detail(toponym)
            and there >= max(ENOUGH, standing - _CLOSE)
            for there, other in scored
        )

    def _nearest(self, choice: _Choice, candidate: Candidate) -> _Choice:
        """The same place where the sentence names it next to the happening."""
        entry = choice.toponym.entry
        if entry is None:
            return choice
        same = [t for t in self._places(choice.sentence) if t.entry == entry and not t.within]
        same = [t for t in same if t.kind == choice.toponym.kind] or [choice.toponym]
        return replace(choice, toponym=min(same, key=lambda t: _gap(t, candidate)))

    # ------------------------------------------------------------------ outside the sentence

    def _elsewhere(self) -> _Choice | None:
        """The report's own place: of its headline, its dateline, its lead. The lead is read as
        plain text, since only paragraphs with a happening are parsed."""
        headlines = [s for s in self.report.sentences if s.headline]
        for sentence in headlines:
            choice = self._report_place(sentence, "headline", WEAK)
            if choice is not None:
                return choice
        dateline = self.report.dateline
        if dateline is not None and dateline.place is not None:
            plain = self.found.plain(dateline.place)
            choice = self._report_place(plain, "dateline", -_UNLIKELY)
            if choice is not None and not self._abroad(choice.toponym):
                return choice
        top = self.report.headline.end if self.report.headline else 0
        lead = [self.found.plain(p) for p in self.report.body if p.start >= top][:_LEAD]
        told = next(filter(None, (self._report_place(s, "lead", ENOUGH) for s in lead)), None)
        weak = (self._report_place(s, "weak", -_UNLIKELY) for s in [*headlines, *lead])
        hinted = next(filter(None, weak), None)
        if told is None or hinted is None or not hinted.sentence.headline:
            return told or hinted
        # "The army of the country" in the headline is there, unless the lead tells of elsewhere.
        return hinted if hinted.toponym.country == told.toponym.country else told

    def _in_dateline(self, toponym: Toponym) -> bool:
        """Whether a place only says where a report was written."""
        dateline = self.report.dateline
        return dateline is not None and (
            dateline.span.start <= toponym.start and toponym.end <= dateline.span.end
        )

    def _abroad(self, toponym: Toponym) -> bool:
        """Whether a report is written in one country and is about another."""
        country = toponym.country
        return country is not None and self.found.meaning.abroad(country)

    def _report_place(self, sentence: Sentence, rule: str, enough: float) -> _Choice | None:
        there = [c for c in self.candidates if c.claim.sentence.start == sentence.start]
        best: _Choice | None = None
        for toponym in self._places(sentence):
            if rule != "dateline" and self._in_dateline(toponym):
                continue
            score = self.whereabouts.standing(toponym, sentence, there) + 1.5 * detail(toponym)
            if rule == "weak" and toponym.entry is None:
                continue
            if toponym.entry is not None and _precision(toponym.entry) == "unresolved":
                continue  # half a continent
            if toponym.kind in ("capital", "homeland", "unnamed") and rule != "weak":
                # What only points at a place is no name to fall back on.
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
        named = choice.toponym.cue.noun in (*SITES, "settlement")
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
        radius = _TOWN_KM if listed else None
        if not listed and named and entry.kind in ("admin1", "admin2"):
            radius = entry.radius_km or _DIVISION_KM
        if listed:
            precision = "near" if choice.toponym.cue.kind in ("near", "between") else "place"
        return Place(
            span.start,
            span.end,
            span.text,
            lat=entry.lat if radius else None,
            lon=entry.lon if radius else None,
            country=entry.country,
            admin1=entry.admin1,
            precision=precision,
            radius_km=radius,
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
        for other in self._places(choice.sentence):
            if other.entry is None or other.kind not in ("named", "country"):
                continue
            if other.cue.kind not in ("in", "of") and other.cue.noun is None:
                continue
            if best is None or detail(other) > detail(best):
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
            for t in self._places(choice.sentence)
            if t.cue.kind == "between" and t.cue.start == cue.start
        ]
        words = self.report.view[sentence.start + cue.start : max(ends)]
        return " ".join(words.split())


def _precision(entry: PlaceEntry) -> str:
    """The contract's word for what the index has; a region of half a continent is no point."""
    if entry.kind == "region" and (entry.radius_km or 0.0) > _REGION_KM:
        return "country" if entry.country else "unresolved"
    return _PRECISION.get(entry.kind, "place")


def _gap(toponym: Toponym, candidate: Candidate) -> int:
    """How many code points lie between a place and the words of a happening."""
    trigger = candidate.claim.trigger
    return max(toponym.start - trigger.end, trigger.start - toponym.end, 0)
