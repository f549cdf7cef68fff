"""Where an article's text is between quotation marks, and which act of speech speaks each of the
quotations: punctuation and distance only, of no language."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from dateline.language.attribution import AttributionRules
from dateline.language.speech import speech_acts
from dateline.language.voices import Act
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


_SIGNATURE = re.compile(r'[\s"]*\n\s*-+\s*([^\W\d][^,;:."\n]{2,60}?)(?=\s*(?:[,;.]|\n|$))')


def _around(spans: tuple[Span, ...], offset: int) -> int | None:
    """Which of these spans, in order and apart, holds the offset."""
    at = bisect_right(spans, offset, key=lambda span: span.start) - 1
    return at if at >= 0 and offset < spans[at].end else None


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
        first = bisect_left(self._starts, quote.start)
        last = bisect_left(self._starts, quote.end)
        inside = [t for t in self._tokens[first:last] if t.end <= quote.end]
        finite = any("VerbForm=Fin" in t.morph and t.pos in ("VERB", "AUX") for t in inside)
        return finite and len(inside) > 3

    @cached_property
    def _tokens(self) -> tuple[Token, ...]:
        return tuple(t for sentence in self.report.sentences for t in sentence)

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(t.start for t in self._tokens)

    @cached_property
    def acts(self) -> tuple[tuple[Act, ...], ...]:
        """The acts of each sentence, by the sentence's number."""
        found = []
        for sentence in self.report.sentences:
            quoted = frozenset(t.i for t in sentence if _around(self.long, t.start) is not None)
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
        starts = [s.start for s in self.report.sentences]
        # One sentence more to the left: it may begin far before the quotation and touch it.
        first = max(0, bisect_left(starts, quote.start - _NEAR) - 1)
        for n in range(first, bisect_left(starts, quote.end + _NEAR)):
            sentence = self.report.sentences[n]
            for act in self.acts[n]:
                if _around(self.long, sentence[act.cue].start) is not None:
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
        begins = min(sentence[i].start for i in (act.cue, *act.subject))
        if cue.start >= quote.end:
            begins = begins if quote.end <= begins < cue.start else cue.start
            gap = self.report.view[quote.end : begins]
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
        """A name before a colon before the quotation."""
        view = self.report.view
        before = view[max(0, quote.start - 6) : quote.start].rstrip(' "')
        if before.endswith(":"):
            colon = view.rindex(":", 0, quote.start)
            for n, sentence in enumerate(self.report.sentences):
                if sentence.start <= colon < sentence.end + 2:
                    head = self._last_name(sentence, colon)
                    if head is not None:
                        return n, Act("colon", head, (head,))
        return -1, None

    @cached_property
    def signatures(self) -> dict[int, Span]:
        """The names on lines of their own ("- Name, title") below a quotation, by its start."""
        found = {}
        for quote in self.long:
            match = _SIGNATURE.match(self.report.view, quote.end)
            if match is not None:
                found[quote.start] = self.report.span(match.start(1), match.end(1))
        return found

    def line(self, span: Span) -> str:
        """The rest of the line from the start of a span."""
        view = self.report.view
        end = view.find("\n", span.start)
        return view[span.start : end if end >= 0 else len(view)]

    def around(self, offset: int) -> Quote | None:
        """The long quotation that this offset stands in."""
        found = _around(self.long, offset)
        return None if found is None else self.quotes[found]

    def by(self, act: Act) -> tuple[Quote, ...]:
        """The quotations that this very act speaks."""
        return self._by_act.get(id(act), ())

    @cached_property
    def _by_act(self) -> dict[int, tuple[Quote, ...]]:
        found: dict[int, tuple[Quote, ...]] = {}
        for quote in self.quotes:
            if quote.act is not None:
                found[id(quote.act)] = (*found.get(id(quote.act), ()), quote)
        return found

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
        return _around(self.quotations, span.start) is not None
