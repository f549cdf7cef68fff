"""A report's expressions of time in text order, each read from the day that the text told last.

"The next day" and "at 10 o'clock" count from a day given earlier in the report; which one, and
which clause an expression stands in, is settled here. Which happening it dates is for the stage.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from dateline.language.calendar import NOTHING, Resolved, Vantage, resolve
from dateline.language.days import Days
from dateline.language.reported import Reported
from dateline.language.tenses import clause_of, looks_ahead
from dateline.language.time import Expression, TimeGrammar
from dateline.model import Span
from dateline.syntax import Dateline, Report, Sentence

_SMALL = frozenset(("PUNCT", "DET", "ADP", "CCONJ", "SYM"))


@dataclass(frozen=True, slots=True)
class Told:
    """An expression where it stands: its sentence (-1 if that was not parsed), the token in it
    that hangs on the rest, the verb of its clause, and what it was resolved to."""

    expression: Expression
    value: Resolved
    sentence: int = -1
    top: int = -1
    clause: int = -1
    of: int = -1
    after: bool = False
    base: Resolved = NOTHING


@dataclass(frozen=True, slots=True)
class Home:
    """The dateline's day: its words, its value, and whether the report as a whole says that it
    tells of that day."""

    words: Span
    value: Resolved
    today: bool


class Reader:
    """Reads a report's expressions in text order, keeping the day last told.

    ``told_in`` are the sentences that hold a claim. A paragraph without any is read by its words
    alone, parsed or not, so that which paragraphs were parsed makes no difference.
    """

    def __init__(
        self,
        report: Report,
        grammar: TimeGrammar,
        vantage: Vantage,
        line: Dateline | None,
        told_in: Collection[int],
        reported: Reported | None = None,
    ) -> None:
        self._report = report
        self._told_in = told_in
        self._reported = reported
        self._grammar = grammar
        self._vantage = vantage
        self._line = line.span if line else Span(0, 0, "")
        self._body = [p for p in report.body if p.end > self._line.end or p.end <= self._line.start]
        self.days: dict[int, bool] = {}
        self._found: dict[int, tuple[Expression, ...]] = {}

    def _paragraph(self, paragraph: Span) -> tuple[Expression, ...]:
        start = paragraph.start
        if start <= self._line.start < paragraph.end:
            start = self._line.end
        if start not in self._found:
            self._found[start] = self._grammar.find(self._report.view, start, paragraph.end)
        return self._found[start]

    def tells_of(self, day: Resolved, line: Dateline | None) -> bool:
        """Whether the report's first paragraph says that it tells of this day: it names the day,
        a night or an hour of it, and its first sentence names no other day. A dateline with an
        hour says so as well, unless another day is named."""
        text = [p for p in self._body if p != self._report.headline]
        above = [p for p in text if p.end <= self._line.start]
        values = []
        for paragraph in (*above, *text[len(above) : len(above) + 1]):
            for expression in self._paragraph(paragraph):
                value = resolve(expression, self._grammar, self._vantage)
                if value.days and value.precision in ("day", "hour") and not expression.linked:
                    if self._said(expression):
                        continue
                    if paragraph in above and "year" in expression.slots:
                        # The date of an edition, not of what is told.
                        continue
                    values.append(value)
        if not values:
            hour = (
                line is not None
                and line.date is not None
                and re.search(r"\d", self._report.view[line.date.end : line.span.end])
            )
            return bool(hour)
        return any(covers(v, day) for v in values) and (
            covers(values[0], day) or values[0].anchor == "none"
        )

    def read(self, home: Home | None) -> Iterator[Told]:
        """Every expression with its value. Also notes, per sentence, whether the paragraph is by
        then telling of the dateline's day."""
        reference: Days | None = home.value.days if home and home.today else None
        for paragraph in self._body:
            today = bool(home and home.today)
            expressions = self._paragraph(paragraph)
            parsed = [
                (n, sentence)
                for n, sentence in enumerate(self._report.sentences)
                if paragraph.start <= sentence.start < paragraph.end
            ]
            if not any(n in self._told_in for n, _ in parsed):
                parsed = []
            ahead = self._first_day(expressions)
            for at, (n, sentence) in enumerate(parsed):
                self.days[n] = today
                for e in expressions:
                    if not sentence.start <= e.start < sentence.end:
                        continue
                    told = self._told(e, n, sentence, reference or ahead, expressions)
                    where = sentence
                    if at + 1 < len(parsed) and self._alone(sentence, e):
                        following, where = parsed[at + 1]
                        root = next((t.i for t in where if t.dep == "ROOT"), 0)
                        told = replace(told, sentence=following, top=root, clause=root)
                    yield told
                    if self._moves_on(told, where):
                        reference = told.value.days
                        today = bool(home and covers(told.value, home.value))
                        today = today and not self._said(e)
            if not parsed:
                for e in expressions:
                    value = resolve(e, self._grammar, replace(self._vantage, reference=reference))
                    aside = self._aside(paragraph.start, e.start)
                    if _new_day(e, value.days) and not aside:
                        reference = value.days

    def _moves_on(self, told: Told, sentence: Sentence) -> bool:
        """Whether the story goes on from the day told: not one told in passing, in a bracket, a
        participle, of what something is, or of when somebody said so."""
        e = told.expression
        if not _new_day(e, told.value.days) or told.of >= 0 or told.after:
            return False
        clause = sentence[told.clause]
        bracket = self._aside(sentence.start, e.start)
        aside = clause.dep.split(":")[0] in ("acl", "parataxis")
        return not (bracket or aside or sentence.children(clause.i, "cop", "ccomp"))

    def _said(self, e: Expression) -> bool:
        return self._reported is not None and self._reported.says(e.start)

    def _alone(self, sentence: Sentence, e: Expression) -> bool:
        """Whether the parser has cut an expression off as a sentence of its own."""
        rest = [t for t in sentence if t.end <= e.start or t.start >= e.end]
        return len(rest) < 4 and all(t.pos in _SMALL for t in rest)

    def _aside(self, start: int, end: int) -> bool:
        """Whether a bracket is open at ``end``."""
        seen = self._report.view[start:end]
        return seen.count("(") > seen.count(")")

    def _first_day(self, expressions: Sequence[Expression]) -> Days | None:
        """The first day that a paragraph names by itself."""
        for e in expressions:
            value = resolve(e, self._grammar, self._vantage)
            if _new_day(e, value.days):
                return value.days
        return None

    def _told(
        self,
        e: Expression,
        n: int,
        sentence: Sentence,
        reference: Days | None,
        others: Sequence[Expression],
    ) -> Told:
        inside = [t for t in sentence if t.start < e.end and t.end > e.start]
        if not inside:
            return Told(e, NOTHING, n, 0, 0)
        within = {t.i for t in inside}
        top = next((t for t in inside if t.head not in within or t.head == t.i), inside[0]).i
        clause = clause_of(sentence, top)
        if clause in within:
            # Misparsed as the head of its sentence: the first verb below it carries the clause.
            clause = next(
                (t.i for t in sentence.subtree(clause) if t.pos == "VERB" and t.i not in within),
                clause_of(sentence, sentence[clause].head),
            )
        clause = _said_before(sentence, max(within), clause)
        ahead = looks_ahead(sentence, clause, self._grammar.file.future)
        vantage = replace(self._vantage, reference=reference, future=ahead)
        value = resolve(e, self._grammar, vantage)
        text_anchored = e.spec is not None and e.spec.anchor == "text"
        of = -1
        if text_anchored and e.kind in ("period", "shift"):
            of = self._complement(sentence, max(within))
        if of >= 0:
            # "The day after the attack": the clause is at the day told, the attack before it.
            reference = self._first_day([o for o in others if e.end <= o.start < sentence.end]) or (
                reference
            )
            base = Resolved(*reference, "day", "text") if reference else NOTHING
            back = resolve(_mirrored(e), self._grammar, replace(vantage, reference=reference))
            return Told(e, back, n, top, clause, of=of, base=base)
        return Told(e, value, n, top, clause, after=self._explains(sentence, min(within)))

    def _complement(self, sentence: Sentence, last: int) -> int:
        """The noun that an expression such as "the day after" is the day after of, -1 if none."""
        links = self._grammar.file.links
        for token in sentence.tokens[last + 1 : last + 5]:
            if token.pos in ("NOUN", "PROPN"):
                before = [t for t in sentence.tokens[last + 1 : token.i] if t.text != "'"]
                fits = all(t.pos in ("DET", "ADJ", "NUM") or t.norm in links for t in before)
                return token.i if before and fits and token.dep[:5] != "nsubj" else -1
            if token.pos in ("VERB", "AUX") or (token.pos == "PUNCT" and token.text != "'"):
                return -1
        return -1

    def _explains(self, sentence: Sentence, first: int) -> bool:
        """Whether an expression stands in apposition to a phrase that says since when ("since the
        fall of the town, two years ago, ..."), and so dates that phrase alone."""
        before = [t for t in sentence.tokens[max(0, first - 3) : first] if t.pos != "PUNCT"]
        if not before or before[-1].i == first - 1:
            return False
        since = set(self._grammar.file.since_words)
        nodes = (before[-1], *sentence.ancestors(before[-1].i))
        return any(c.norm in since for t in nodes for c in sentence.children(t.i, "case", "mark"))


def _said_before(sentence: Sentence, last: int, clause: int) -> int:
    """The clause of an expression that the parse hangs on a verb of speech behind it, though it
    ends what is said before ("they fled on Monday, police said")."""
    if not any(t.pos == "PUNCT" for t in sentence.tokens[last + 1 : clause]):
        return clause
    said = [t.i for t in sentence.children(clause, "ccomp") if t.i <= last]
    return said[-1] if said else clause


def _mirrored(e: Expression) -> Expression:
    """The expression that leads as far back as this one leads on, or the reverse."""
    spec = e.spec
    if spec is None:
        return e
    if spec.kind == "shift":
        return replace(e, spec=spec.model_copy(update={"sign": -spec.sign}))
    return replace(e, spec=spec.model_copy(update={"n": -(spec.n or 0)}))


def _new_day(e: Expression, days: Days | None) -> bool:
    """Whether an expression moves the story to another day: a day or a night, not the mere
    complement of a noun."""
    return e.daily and not e.linked and days is not None and (days[1] - days[0]).days < 2


def covers(value: Resolved, day: Resolved) -> bool:
    return (
        value.days is not None
        and day.days is not None
        and value.days[0] <= day.days[0] <= value.days[1]
    )
