"""attribute: according to whom a claim is said, and on what evidence.

Three sources are joined: the acts of speech of the claim's own sentence, the quotation it stands
in (whose speaker may be named a sentence earlier or later), and the names and titles that the
report gives a speaker elsewhere. Where the outlet says it itself, nothing is filled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from dateline.language import Language
from dateline.language.attribution import AttributionRules
from dateline.language.voices import Act
from dateline.model import Attribution, Evidence, Span
from dateline.quotations import Spoken, words_of
from dateline.syntax import Candidate, Report, Sentence, Token

_WORDS = frozenset(("accusation", "demand", "threat", "rejection", "responsibility", "talks"))
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


# How many tokens a phrase has that tells how somebody speaks.
_SHORT = 8
_BESIDE = re.compile(r"\s?,\s([^\W\d][^,;.:\"\n\d]{2,60}),")


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
    signature = reading.signature(trigger)
    if signature is not None:
        speakers.append(signature)
        rule = "signature"
    for place, act in acts:
        found: list[Attribution] = []
        for a in reading.attributions(place, act, reading.spoken.quoted(trigger)):
            if not any(_overlap(a, b) for b in (trigger, *speakers, *found)):
                found.append(a)
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


def _find(text: str, word: str) -> Iterator[int]:
    """Where a word stands in a text, at most 20 times."""
    for count, match in enumerate(re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", text)):
        if count == 20:
            return
        yield match.start()


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


@dataclass(frozen=True)
class _Reading:
    """One report as this stage reads it; everything found once and kept."""

    report: Report
    rules: AttributionRules
    codebook: Actors
    lang: str

    @cached_property
    def spoken(self) -> Spoken:
        return Spoken(self.report, self.rules)

    def acts_on(self, candidate: Candidate) -> list[tuple[int, Act]]:
        """The acts that say this claim, the widest first: those of its sentence, then the one that
        speaks the quotation around it."""
        trigger = candidate.claim.trigger
        own = [
            (candidate.sentence, act)
            for act in self.spoken.acts[candidate.sentence]
            if candidate.trigger in act.covers
            and act.cue != candidate.trigger
            and candidate.trigger not in act.subject
            and self._reaches(candidate.sentence, act, trigger)
        ]
        own.sort(key=lambda item: -len(item[1].covers))
        own.extend(self._cut_off(candidate))
        quote = self.spoken.around(trigger.start)
        if quote is not None and quote.act is not None:
            spoken = (quote.sentence, quote.act)
            if spoken not in own:
                own.insert(0, spoken)
        return own

    def _cut_off(self, candidate: Candidate) -> list[tuple[int, Act]]:
        """ ", warns the embassy" that the parse made a sentence of its own speaks of the one
        before it."""
        n = candidate.sentence + 1
        if n >= len(self.report.sentences):
            return []
        here, following = self.report.sentences[n - 1], self.report.sentences[n]
        if following.paragraph != here.paragraph or following[0].norm != ",":
            return []
        if self.spoken.around(candidate.claim.trigger.start) is not None:
            return []
        return [(n, act) for act in self.spoken.acts[n] if act.inverted and act.cue <= 4]

    def _reaches(self, n: int, act: Act, trigger: Span) -> bool:
        """An inverted verb behind a quotation speaks that quotation and not its whole sentence;
        and one inside a quotation does not reach out of it."""
        cue = self.report.sentences[n][act.cue]
        around = self.spoken.around(cue.start)
        if around is not None:
            return around.span.start <= trigger.start < around.span.end
        if act.inverted:
            mine = self.spoken.by(act)
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

    def signature(self, trigger: Span) -> Attribution | None:
        """Whoever signs, on the line below, the quotation that this trigger stands in."""
        quote = self.spoken.around(trigger.start)
        signed = self.spoken.signatures.get(quote.span.start) if quote is not None else None
        if signed is None:
            return None
        entry = self.codebook.actor(signed.text, self.lang, self.report.country)
        return Attribution(
            signed.start,
            signed.end,
            signed.text,
            role=self.rules.role(self.spoken.line(signed)),
            form="direct",
            actor=getattr(entry, "id", None),
        )

    def _entry(self, sentence: Sentence, head: int, span: Span) -> object:
        """The codebook's entry for a speaker, or for whom a spokesman speaks."""
        entry = self.codebook.actor(span.text, self.lang, self.report.country)
        at = head
        while getattr(entry, "id", None) is None and self.rules.is_transparent(sentence[at]):
            below = [c for c in sentence.children(at, "nmod") if c.i > at]
            if not below:
                break
            at = below[0].i
            phrase = self.rules.phrase(sentence, at)
            name = self.report.article.text[phrase[0].start : phrase[-1].end]
            entry = self.codebook.actor(name, self.lang, self.report.country)
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
        while (
            end + 1 < len(sentence)
            and sentence[end + 1].head == head
            and (sentence[end + 1].dep == "amod")
        ):
            end += 1
        return sentence.tokens[head : end + 1]

    def _role(
        self, sentence: Sentence, head: int, phrase: tuple[Token, ...], entry: object
    ) -> str | None:
        around = words_of(self._around(sentence, head))
        name = words_of(phrase[max(0, head - phrase[0].i) :])
        role = self.rules.role(name, around, firm=True)
        if role is None and self.rules.is_transparent(sentence[head]):
            # "police spokesman": the words before it tell whose he is.
            role = self.rules.role(words_of(t for t in phrase if t.i <= head), firm=True)
            role = role or self.rules.role(words_of(t for t in phrase if t.i < head))
        role = role or self.rules.role(name) or self.rules.role(words_of(phrase))
        kind = _KIND_ROLES.get(str(getattr(entry, "kind", "")))
        if kind is not None and (role is None or (role, kind) == ("military", "belligerent")):
            return kind
        if role is not None:
            return role
        if any(t.ent == "PER" for t in phrase):
            title = self._title_behind(sentence, phrase[-1].i)
            return title or self._title_elsewhere(self._last(phrase))
        if sentence[head].ent in ("LOC", "GPE"):
            return "official"
        return None

    @staticmethod
    def _around(sentence: Sentence, head: int) -> Iterator[Token]:
        """What hangs on a speaker, or says how he speaks ("on condition of anonymity")."""
        yield from sentence.subtree(head)
        verb = sentence.head(head)
        if verb is not None and verb.pos == "VERB":
            for child in sentence.children(verb.i, "obl", "advcl"):
                below = sentence.subtree(child.i)
                if child.i != head and len(below) <= _SHORT:
                    yield from below

    @staticmethod
    def _last(phrase: tuple[Token, ...]) -> str:
        names = [t.text for t in phrase if t.ent == "PER"]
        return names[-1] if names else ""

    def _title_elsewhere(self, last_name: str) -> str | None:
        """The role that a title before this name, or between commas behind it, gives anywhere in
        the text. It is read off the words and not off the parse, which may leave paragraphs out."""
        if not last_name:
            return None
        view = self.report.view
        for place in _find(view, last_name):
            before = view[max(0, place - 80) : place]
            before = before[max(before.rfind(c) for c in '.;:\n"()') + 1 :]
            behind = _BESIDE.match(view, place + len(last_name))
            role = self._title_in(before) or (self.rules.role(behind[1]) if behind else None)
            if role is not None:
                return role
        return None

    def _title_in(self, before: str) -> str | None:
        """The role of the words that end just before a name, the nearest word first. Between it
        and the name may stand capitalised and short words, and one other."""
        words = before.split()
        others = 0
        for first in range(len(words) - 1, -1, -1):
            role = self.rules.role(" ".join(words[first:]))
            if role is not None:
                return role
            word = words[first].strip(",'")
            others += len(word) > 3 and not word[0].isupper() and "'" not in word
            if others > 1:
                return None
        return None

    def _title_behind(self, sentence: Sentence, last: int) -> str | None:
        """The role of what stands between commas behind a name, if it holds no verb."""
        if last + 2 >= len(sentence) or sentence[last + 1].norm != ",":
            return None
        words: list[Token] = []
        for token in sentence.tokens[last + 2 :]:
            if token.pos == "PUNCT":
                break
            words.append(token)
        if any(t.pos in ("VERB", "AUX") for t in words):
            return None
        return self.rules.role(words_of(words))
