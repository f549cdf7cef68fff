"""Where an article's text is between quotation marks, and which act of speech speaks each of the
quotations: punctuation and distance only, of no language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from dateline.language.attribution import AttributionRules
from dateline.language.speech import speech_acts
from dateline.language.voices import Act, noun_head
from dateline.model import Span
from dateline.syntax import Report, Sentence, Token

_NEAR = 40
"""How many characters may stand between a quotation and the verb that speaks it."""

_OPENING = "«“„‟〝"
_CLOSING = "»”〞"
_EITHER = '"＂'


def quotations(text: str, paragraphs: Iterable[Span]) -> tuple[Span, ...]:
    """The outermost quotations of these paragraphs of a text, marks left out, in text order.

    A quotation may hold several sentences; one that is not closed ends with its paragraph when its
    mark can only open, and is none when the mark is a plain one.
    """
    found = []
    for paragraph in paragraphs:
        depth, start, plain = 0, -1, False
        for at in range(paragraph.start, paragraph.end):
            char = text[at]
            if char in _EITHER:
                if depth == 0:
                    depth, start, plain = 1, at + 1, True
                elif plain:
                    found.append(Span.of(text, start, at))
                    depth, plain = 0, False
            elif plain:
                continue
            elif char in _OPENING:
                depth += 1
                if depth == 1:
                    start = at + 1
            elif char in _CLOSING and depth:
                depth -= 1
                if depth == 0:
                    found.append(Span.of(text, start, at))
        if depth and not plain:
            found.append(Span.of(text, start, paragraph.end))
    return tuple(found)


def words_of(phrase: Iterable[Token]) -> str:
    """Tokens as lower-case words, elided ones joined to what follows."""
    pieces: list[str] = []
    for token in phrase:
        pieces.append(token.norm if token.norm.endswith("'") else token.norm + " ")
    return "".join(pieces).strip()


@dataclass(frozen=True)
class Quote:
    """A long quotation, and the act that speaks it with the sentence that holds the act."""

    span: Span
    sentence: int = -1
    act: Act | None = None


@dataclass(frozen=True)
class Spoken:
    """The acts of speech of a report and the quotations they speak, found once and kept."""

    report: Report
    rules: AttributionRules

    @cached_property
    def quotations(self) -> tuple[Span, ...]:
        """Every quotation of the report."""
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
        return (
            any("VerbForm=Fin" in t.morph and t.pos in ("VERB", "AUX") for t in inside)
            and len(inside) > 3
        )

    @cached_property
    def acts(self) -> tuple[tuple[Act, ...], ...]:
        """The acts of each sentence, by the sentence's number."""
        found = []
        for sentence in self.report.sentences:
            quoted = frozenset(
                t.i for t in sentence if any(q.start <= t.start < q.end for q in self.long)
            )
            found.append(speech_acts(sentence, self.rules, quoted))
        return tuple(found)

    @cached_property
    def quotes(self) -> tuple[Quote, ...]:
        """The long quotations with who speaks them. One without a cue of its own that follows
        another in the same paragraph is by the same speaker."""
        found: list[Quote] = []
        for span in self.long:
            place, act = self._speaking(span)
            if act is None and found and self._continues(found[-1].span, span):
                place, act = found[-1].sentence, found[-1].act
            found.append(Quote(span, place, act))
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
            for act in self.acts[n]:
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
        name = words_of(phrase)
        return any(t.ent == "PER" for t in phrase) or self.rules.role(name) is not None

    def quoted(self, span: Span) -> bool:
        """Whether a span stands in a quotation, long or short."""
        return any(q.start <= span.start < q.end for q in self.quotations)
