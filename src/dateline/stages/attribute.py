"""attribute: according to whom a claim is said, and on what evidence.

Three sources are joined: the acts of speech of the claim's own sentence, the quotation it stands
in (whose speaker may be named a sentence earlier or later), and the names and titles that the
report gives a speaker elsewhere. Where the outlet says it itself, nothing is filled.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from dateline.language import Language
from dateline.language.attribution import AttributionRules
from dateline.language.speech import Act, noun_head, speech_acts
from dateline.model import Attribution, Evidence, Span
from dateline.quotations import quotations
from dateline.syntax import Candidate, Report, Sentence, Token

_WORDS = frozenset(("accusation", "demand", "threat", "rejection", "responsibility", "talks"))
_NEAR = 40
_BESIDE = re.compile(r"\s?,\s([^,;.:\"\n]{3,80})[,.\"]")
_KIND_ROLES = {
    "armed-forces": "military",
    "coalition": "military",
    "criminal": "belligerent",
    "gang": "belligerent",
    "government": "official",
    "igo": "official",
    "intelligence": "official",
    "jihadist": "belligerent",
    "militia": "belligerent",
    "ngo": "ngo",
    "party": "official",
    "peacekeeping": "un",
    "police": "police",
    "private-military": "belligerent",
    "rebel": "belligerent",
    "separatist": "belligerent",
}


class Actors(Protocol):
    """What this stage asks of the codebook: the entry for some words, its ``id`` null when there is
    none."""

    def actor(self, text: str, lang: str, country: str | None = None) -> object: ...


def attribute(
    report: Report, candidates: tuple[Candidate, ...], language: Language, codebook: Actors
) -> tuple[Candidate, ...]:
    """The candidates with ``attribution`` (nearest speaker first) and ``evidence`` filled."""
    reading = _Reading(report, language.attribution, codebook, report.article.lang or language.code)
    return tuple(_filled(reading, candidate, language.version) for candidate in candidates)


def _filled(reading: _Reading, candidate: Candidate, version: str) -> Candidate:
    acts = reading.acts_on(candidate)
    sentence, trigger = candidate.sentence, candidate.claim.trigger
    speakers: list[Attribution] = []
    evidence: list[Evidence] = []
    rule = ""
    for place, act in acts:
        found = [
            a
            for a in reading.attributions(place, act, reading.quoted(trigger))
            if not _overlap(a, trigger) and not any(_overlap(a, b) for b in speakers)
        ]
        if candidate.claim.type in _WORDS and not act.evidence:
            # Whoever makes the speech act is its actor; a statement quoted for it stays.
            found = [a for a in found if not any(_overlap(a, b) for b in candidate.claim.actors)]
        kinds = [
            e
            for e in reading.evidence(place, act)
            if not _overlap(e, trigger) and not any(_overlap(e, b) for b in evidence)
        ]
        speakers.extend(found)
        evidence.extend(kinds)
        if (found or kinds) and (not rule or place == sentence):
            rule = rule or act.rule
    if speakers:
        candidate = candidate.fill(f"attribution.{rule}@{version}", attribution=tuple(speakers))
    if evidence:
        candidate = candidate.fill(f"evidence.{rule}@{version}", evidence=tuple(evidence))
    return candidate


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


@dataclass(frozen=True)
class _Quote:
    """A long quotation, and the act that speaks it with the sentence that holds the act."""

    span: Span
    sentence: int = -1
    act: Act | None = None


@dataclass(frozen=True)
class _Reading:
    """One report as this stage reads it; everything found once and kept."""

    report: Report
    rules: AttributionRules
    codebook: Actors
    lang: str

    @cached_property
    def quotations(self) -> tuple[Span, ...]:
        return quotations(self.report.article.text, self.report.body)

    @cached_property
    def long(self) -> tuple[Span, ...]:
        """The quotations that hold a clause; the others only set words apart."""
        return tuple(q for q in self.quotations if self._holds_clause(q))

    def _holds_clause(self, quote: Span) -> bool:
        inside = [
            t
            for s in self.report.sentences
            if s.start < quote.end and quote.start < s.end
            for t in s
            if quote.start <= t.start and t.end <= quote.end
        ]
        return any(
            "VerbForm=Fin" in t.morph and t.pos in ("VERB", "AUX") for t in inside
        ) and len(inside) > 3

    @cached_property
    def _acts(self) -> tuple[tuple[Act, ...], ...]:
        found = []
        for sentence in self.report.sentences:
            quoted = frozenset(
                t.i
                for t in sentence
                if any(q.start <= t.start < q.end for q in self.long)
            )
            found.append(speech_acts(sentence, self.rules, quoted))
        return tuple(found)

    @cached_property
    def quotes(self) -> tuple[_Quote, ...]:
        """The long quotations with who speaks them. One without a cue of its own that follows
        another in the same paragraph is by the same speaker."""
        found: list[_Quote] = []
        for span in self.long:
            place, act = self._speaking(span)
            if act is None and found and self._continues(found[-1].span, span):
                place, act = found[-1].sentence, found[-1].act
            found.append(_Quote(span, place, act))
        return tuple(found)

    def _continues(self, before: Span, after: Span) -> bool:
        between = self.report.view[before.end : after.start]
        return "\n" not in between and sum(c.isalpha() for c in between) < 80

    def _speaking(self, quote: Span) -> tuple[int, Act | None]:
        """The act whose cue stands outside this quotation, in a sentence that touches it or just
        behind it; the nearest wins."""
        best: tuple[int, int, Act] | None = None
        for n, sentence in enumerate(self.report.sentences):
            if sentence.start >= quote.end + _NEAR or sentence.end <= quote.start - _NEAR:
                continue
            for act in self._acts[n]:
                cue = sentence[act.cue]
                if any(q.start <= cue.start < q.end for q in self.long):
                    continue
                distance = self._distance(quote, sentence, act)
                if distance is not None and (best is None or distance < best[0]):
                    best = (distance, n, act)
        if best is not None:
            return best[1], best[2]
        return self._by_colon(quote)

    def _distance(self, quote: Span, sentence: Sentence, act: Act) -> int | None:
        """How far, in characters, the cue stands from the quotation; None if it cannot be its."""
        cue = sentence[act.cue]
        touches = sentence.start < quote.end and quote.start < sentence.end
        if cue.start >= quote.end:
            gap = self.report.view[quote.end : cue.start]
            if "\n" in gap or (not act.inverted and not touches):
                return None
            if act.inverted or act.rule in self._prepositions:
                return len(gap) if len(gap) <= _NEAR else None
            return None
        gap = self.report.view[cue.end : quote.start]
        if "\n" in gap or (not touches and ":" not in gap[-4:]):
            return None
        if act.inverted and len(gap) > _NEAR:
            return None
        covered = any(quote.start <= sentence[i].start < quote.end for i in act.covers)
        if covered or gap.rstrip(' "').endswith(":") or len(gap) <= _NEAR:
            return len(gap)
        return None

    @cached_property
    def _prepositions(self) -> frozenset[str]:
        return frozenset(rule.id for rule in self.rules.speech.preposition)

    def _by_colon(self, quote: Span) -> tuple[int, Act | None]:
        """A name before a colon before the quotation, or on a line of its own behind it."""
        view = self.report.view
        before = view[max(0, quote.start - 6) : quote.start].rstrip(' "')
        if before.endswith(":"):
            colon = view.rindex(":", 0, quote.start)
            for n, sentence in enumerate(self.report.sentences):
                if sentence.start <= colon < sentence.end + 2:
                    head = self._last_name(sentence, colon)
                    if head is not None:
                        return n, Act("colon", head, (head,))
        rest = view[quote.end :].lstrip(' "')
        if rest.startswith("\n"):
            for n, sentence in enumerate(self.report.sentences):
                if sentence.start > quote.end and sentence[0].norm == "-":
                    if view[quote.end : sentence.start].strip(' "\n'):
                        break
                    head = noun_head(sentence, 1)
                    if head is not None and self._known(sentence, head):
                        return n, Act("signature", head, (head,))
                    break
        return -1, None

    def _last_name(self, sentence: Sentence, colon: int) -> int | None:
        left = [t for t in sentence if t.end <= colon]
        for token in left:
            if token.pos not in ("NOUN", "PROPN"):
                continue
            phrase = self.rules.phrase(sentence, token.i)
            if phrase[-1].i == left[-1].i and self._known(sentence, token.i):
                return token.i
        return None

    def _known(self, sentence: Sentence, head: int) -> bool:
        phrase = self.rules.phrase(sentence, head)
        name = self._words(phrase)
        return any(t.ent == "PER" for t in phrase) or self.rules.role(name) is not None

    def quoted(self, span: Span) -> bool:
        return any(q.start <= span.start < q.end for q in self.quotations)

    def acts_on(self, candidate: Candidate) -> list[tuple[int, Act]]:
        """The acts that say this claim, the widest first: those of its sentence, then the one that
        speaks the quotation around it."""
        trigger = candidate.claim.trigger
        own = [
            (candidate.sentence, act)
            for act in self._acts[candidate.sentence]
            if candidate.trigger in act.covers
            and act.cue != candidate.trigger
            and candidate.trigger not in act.subject
            and self._reaches(candidate.sentence, act, trigger)
        ]
        own.sort(key=lambda item: -len(item[1].covers))
        own.extend(self._cut_off(candidate))
        for quote in self.quotes:
            if quote.span.start <= trigger.start < quote.span.end and quote.act is not None:
                spoken = (quote.sentence, quote.act)
                if spoken not in own:
                    own.insert(0, spoken)
        return own

    def _cut_off(self, candidate: Candidate) -> list[tuple[int, Act]]:
        """", warns the embassy" that the parse made a sentence of its own speaks of the one
        before it."""
        n = candidate.sentence + 1
        if n >= len(self.report.sentences):
            return []
        here, following = self.report.sentences[n - 1], self.report.sentences[n]
        if following.paragraph != here.paragraph or following[0].norm != ",":
            return []
        if any(q.start <= candidate.claim.trigger.start < q.end for q in self.long):
            return []
        return [(n, act) for act in self._acts[n] if act.inverted and act.cue <= 4]

    def _reaches(self, n: int, act: Act, trigger: Span) -> bool:
        """An inverted verb behind a quotation speaks that quotation and not its whole sentence;
        and one inside a quotation does not reach out of it."""
        cue = self.report.sentences[n][act.cue]
        around = [q for q in self.long if q.start <= cue.start < q.end]
        if around:
            return around[0].start <= trigger.start < around[0].end
        if act.inverted:
            mine = [q for q in self.quotes if q.act is act]
            if mine:
                return any(q.span.start <= trigger.start < q.span.end for q in mine)
        return True

    def attributions(self, n: int, act: Act, direct: bool) -> list[Attribution]:
        sentence = self.report.sentences[n]
        found = []
        for head in act.speakers:
            phrase = self.rules.phrase(sentence, head)
            span = self.report.span(phrase[0].start, phrase[-1].end)
            entry = self._entry(sentence, head, span)
            found.append(
                Attribution(
                    span.start,
                    span.end,
                    span.text,
                    role=self._role(sentence, head, phrase, entry),
                    form="direct" if direct else "indirect",
                    actor=getattr(entry, "id", None),
                )
            )
        return found

    def _entry(self, sentence: Sentence, head: int, span: Span) -> object:
        """The codebook's entry for a speaker, or for whom a spokesman speaks."""
        entry = self.codebook.actor(span.text, self.lang)
        at = head
        while getattr(entry, "id", None) is None and self.rules.is_transparent(sentence[at]):
            below = [c for c in sentence.children(at, "nmod") if c.i > at]
            if not below:
                break
            at = below[0].i
            phrase = self.rules.phrase(sentence, at)
            name = self.report.article.text[phrase[0].start : phrase[-1].end]
            entry = self.codebook.actor(name, self.lang)
        return entry

    def evidence(self, n: int, act: Act) -> list[Evidence]:
        sentence = self.report.sentences[n]
        found = []
        for i in act.evidence:
            rule = self.rules.evidence(sentence[i])
            if rule is not None:
                phrase = self._short(sentence, i)
                span = self.report.span(phrase[0].start, phrase[-1].end)
                found.append(Evidence(span.start, span.end, span.text, kind=rule.kind))
        return found

    def _short(self, sentence: Sentence, head: int) -> tuple[Token, ...]:
        end = head
        while end + 1 < len(sentence) and sentence[end + 1].head == head and (
            sentence[end + 1].dep == "amod"
        ):
            end += 1
        return sentence.tokens[head : end + 1]

    @staticmethod
    def _words(phrase: Iterable[Token]) -> str:
        pieces: list[str] = []
        for token in phrase:
            pieces.append(token.norm if token.norm.endswith("'") else token.norm + " ")
        return "".join(pieces).strip()

    def _role(
        self, sentence: Sentence, head: int, phrase: tuple[Token, ...], entry: object
    ) -> str | None:
        around = self._words(sentence.subtree(head))
        name = self._words(phrase[max(0, head - phrase[0].i) :])
        role = self.rules.role(name, around) or self.rules.role(self._words(phrase))
        kind = _KIND_ROLES.get(str(getattr(entry, "kind", "")))
        if kind is not None and (role is None or (role, kind) == ("military", "belligerent")):
            return kind
        if role is not None:
            return role
        if any(t.ent == "PER" for t in phrase):
            beside = _BESIDE.match(self.report.view, phrase[-1].end)
            title = self.rules.role(beside[1]) if beside else None
            return title or self._titles.get(self._last(phrase))
        if sentence[head].ent in ("LOC", "GPE"):
            return "official"
        return None

    @staticmethod
    def _last(phrase: tuple[Token, ...]) -> str:
        names = [t.norm for t in phrase if t.ent == "PER"]
        return names[-1] if names else ""

    @cached_property
    def _titles(self) -> dict[str, str]:
        """Last names in the report and the role that a title beside them gives."""
        found: dict[str, str] = {}
        for sentence in self.report.sentences:
            for token in sentence:
                if token.ent != "PER" or token.norm in found:
                    continue
                role = self._title_before(sentence, token)
                if role is None:
                    beside = _BESIDE.match(self.report.view, token.end)
                    role = self.rules.role(beside[1]) if beside else None
                if role is not None:
                    found[token.norm] = role
        return found

    def _title_before(self, sentence: Sentence, name: Token) -> str | None:
        """The role of the words just before a name, the nearest word first."""
        first = name.i
        while first > 0 and sentence[first - 1].ent == "PER":
            first -= 1
        words: list[Token] = []
        for token in reversed(sentence.tokens[max(0, first - 6) : first]):
            if (token.pos == "PUNCT" and token.norm != ",") or "VerbForm=Fin" in token.morph:
                return None
            words.insert(0, token)
            role = self.rules.role(self._words(words))
            if role is not None:
                return role
        return None
