"""date: say when each claim's happening is said to have been.

The expressions of time of the whole report are read in text order, so that "the next day" and "at
10 o'clock" count from the day that the text told last. An expression dates the happening that it
hangs on in the parse, else those of its clause, else those of the clauses below it. A publication
date is never put in silently: a claim without an expression is dated by the report's dateline only
where the report says that it tells of that day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date as Day

from dateline.language import Language
from dateline.language.calendar import Resolved, Vantage, resolve
from dateline.language.chronology import Home, Reader, Told, covers
from dateline.language.datelines import find_dateline
from dateline.language.reported import Reported
from dateline.language.tenses import clause_of, copular, heads_clause, in_present, off_story
from dateline.language.time import TimeGrammar
from dateline.model import Span, When
from dateline.syntax import Candidate, Dateline, Report, Sentence

_INHERITING = frozenset(("xcomp", "advcl", "conj", "ccomp", "parataxis"))
_SPEECH = frozenset(("demand", "accusation", "rejection", "threat", "responsibility"))
_WANTED = frozenset(("demand", "threat"))
_LASTING = frozenset(("siege", "aid", "aid-obstructed", "deployment", "sanction", "displacement"))
_STOPS = frozenset(",;:.!?()")
# Expressions that count up to now: "the third in six years" is a rank, not a date.
_STRETCHES = frozenset(("trailing", "since", "within"))
# The rank of an expression that only says when a claim was made public.
_SAID = 9
_UNREAL = frozenset(("planned", "threatened", "demanded", "hypothetical"))


def read_dateline(report: Report, language: Language) -> Dateline | None:
    """The dateline of a report: the day, the place, or both, that stand before its first sentence,
    in a paragraph of their own or at the head of one. None if there is none."""
    return find_dateline(report, language.time)


def date(
    report: Report, candidates: tuple[Candidate, ...], language: Language
) -> tuple[Candidate, ...]:
    """The candidates with ``claim.when`` filled where the report says when.

    Resolved from the article's day of publication (anchor "published") or from a day that the text
    itself gives ("text"); words that cannot be resolved are kept, with null days and "unknown".
    """
    if not candidates:
        return candidates
    grammar = language.time
    line = report.dateline or read_dateline(report, language)
    published = _iso(report.article.published)
    home = _home(report, line, published, grammar)
    now, anchor = published, "published"
    if home is not None and home.value.earliest not in (None, published):
        # The dateline is the day the report itself counts from; the date it was received under
        # may be that of a later version.
        now, anchor = home.value.earliest, "text"
    told_in = {c.sentence for c in candidates}
    reported = Reported(report, language.attribution, told_in)
    reader = Reader(report, grammar, Vantage(now, anchor), line, told_in, reported)
    if home is not None:
        home = replace(home, today=reader.tells_of(home.value, line))
    told = tuple(reader.read(home))
    filed = line is not None and line.place is not None
    dating = _Dating(report, candidates, told, home, language, reader.days, reported, filed)
    return tuple(dating.all())


def _iso(published: str | None) -> Day | None:
    try:
        return Day.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def _home(
    report: Report, line: Dateline | None, published: Day | None, grammar: TimeGrammar
) -> Home | None:
    if line is None or line.date is None:
        return None
    expression = grammar.read(report.view[line.date.start : line.date.end])
    if expression is None:
        return None
    value = resolve(expression, grammar, Vantage(published))
    if value.days is None:
        return None
    return Home(line.date, replace(value, anchor="text"), False)


# ------------------------------------------------------------------ which dates which


class _Dating:
    """Gives each claim the expression that dates it."""

    def __init__(
        self,
        report: Report,
        candidates: tuple[Candidate, ...],
        told: tuple[Told, ...],
        home: Home | None,
        language: Language,
        days: dict[int, bool],
        reported: Reported,
        filed: bool,
    ) -> None:
        self._report = report
        self._filed = filed
        self._candidates = candidates
        self._told: dict[int, list[Told]] = {}
        for each in told:
            self._told.setdefault(each.sentence, []).append(each)
        self._triggers: dict[int, dict[int, Candidate]] = {}
        for candidate in candidates:
            here = self._triggers.setdefault(candidate.sentence, {})
            here[candidate.trigger] = candidate
        self._home = home
        self._version = language.version
        self._during_words = language.time.file.during
        self._future = frozenset(language.time.file.future)
        self._days = days
        self._violent = False
        self._reported = reported

    def all(self) -> Iterator[Candidate]:
        """The candidates, dated where the report says when."""
        for candidate in self._candidates:
            best = self._best(candidate)
            if best is not None:
                told, value = best
                e = told.expression
                self._note(candidate, value)
                yield candidate.fill(
                    f"time.{e.rule}@{self._version}",
                    when=_when(self._report.span(e.start, e.end), value),
                )
            elif self._home is not None and self._that_day(candidate):
                self._note(candidate, self._home.value)
                yield candidate.fill(
                    f"time.dateline@{self._version}",
                    when=_when(self._home.words, self._home.value),
                )
            else:
                yield candidate

    def _note(self, c: Candidate, value: Resolved) -> None:
        """Remember that the report has told of violence on the dateline's day."""
        if c.family == "violence" and self._home is not None:
            self._violent = self._violent or covers(value, self._home.value)

    def _best(self, c: Candidate) -> tuple[Told, Resolved] | None:
        sentence = self._report.sentences[c.sentence]
        ranked = []
        for told in self._told.get(c.sentence, ()):
            rank, value = self._rank(sentence, c, told)
            if rank is None:
                continue
            unknown = value.precision == "unknown"
            distance = abs(told.expression.start - c.claim.trigger.start)
            if rank > 1:
                distance = told.expression.start
            ranked.append((rank, told.of >= 0, unknown, distance, told, value))
        if not ranked:
            return None
        best = min(ranked, key=lambda r: r[:4])
        return best[4], best[5]

    def _rank(self, sentence: Sentence, c: Candidate, told: Told) -> tuple[int | None, Resolved]:
        """How close an expression is to a claim, 0 the closest, None if it does not date it; and
        its value for this claim."""
        triggers = self._triggers[c.sentence]
        value = told.value
        if told.of >= 0:
            if told.of == c.trigger:
                return 0, value
            value = told.base
        if told.after:
            return None, value
        if self._modifies(sentence, told, c.trigger):
            return 0, value
        if self._reported.bounds(c.sentence, told.clause, c.trigger):
            # Said on a day, so it had happened by then.
            return _SAID, Resolved(None, value.latest, "unknown", value.anchor)
        owner = None if told.of >= 0 else self._owner(sentence, told, triggers)
        ranked = copular(sentence, c.trigger) and told.expression.kind in _STRETCHES
        ranked = ranked or (c.toll and bool(sentence.children(c.trigger, "cop")))
        if owner is not None:
            if owner == c.trigger:
                return (None if ranked else 0), value
            if not heads_clause(sentence[owner]):
                return (3 if self._during(sentence, c, owner) else None), value
        elif told.expression.linked:
            return None, value
        mine = clause_of(sentence, c.trigger)
        if told.clause in (mine, c.anchor):
            counted = c.toll and bool(sentence.children(mine, "cop"))
            if counted or (copular(sentence, mine) and told.expression.kind in _STRETCHES):
                return None, value
            return (None if self._content(sentence, c) else 1), value
        if self._participle_of(sentence, told, c):
            return 1, value
        if c.claim.modality in _UNREAL:
            return None, value
        rank = self._inherited(sentence, c, told, mine)
        if rank is None and self._shared(sentence, told, mine):
            rank = 4
        return rank, value

    def _during(self, sentence: Sentence, c: Candidate, owner: int) -> bool:
        """Whether the claim is said to have happened in the dated happening ("killed in ...")."""
        if c.claim.type in _SPEECH or c.trigger > owner:
            return False
        if clause_of(sentence, owner) != c.trigger and not any(
            t.i == c.trigger and not heads_clause(t) for t in sentence.ancestors(owner)
        ):
            return False
        before = [t for t in sentence.tokens[max(0, owner - 5) : owner] if t.pos != "DET"]
        words = " ".join(t.norm for t in before)
        case = " ".join(t.norm for t in sentence.children(owner, "case"))
        return case in self._during_words or any(
            words == d or words.endswith(f" {d}") for d in self._during_words
        )

    def _owner(self, sentence: Sentence, told: Told, triggers: dict[int, Candidate]) -> int | None:
        """The trigger that an expression hangs on, before any clause is reached."""
        for token in sentence.ancestors(told.top):
            if told.expression.linked and token.pos in ("VERB", "AUX"):
                break
            if token.i in triggers:
                return self._verb_of(sentence, told, token.i)
            if heads_clause(token):
                break
        if told.expression.linked:
            # The parse often hangs "of Tuesday" too high: the nearest trigger on the left is meant.
            first = next(t.i for t in sentence if t.end > told.expression.start)
            for token in reversed(sentence.tokens[max(0, first - 8) : first]):
                if token.i in triggers:
                    return token.i
                if token.text in _STOPS or "VerbForm=Fin" in token.morph:
                    break
        return None

    def _verb_of(self, sentence: Sentence, told: Told, noun: int) -> int:
        """The trigger meant by an expression that the parse hangs on this one: behind a noun that
        depends on another trigger ("claimed the attack on Tuesday") it is the verb."""
        verb = sentence[sentence[noun].head]
        behind = not told.expression.linked and told.top > noun
        told_of = verb.i in self._triggers[told.sentence]
        if sentence[noun].pos == "NOUN" and verb.pos == "VERB" and behind and told_of:
            return verb.i
        return noun

    def _content(self, sentence: Sentence, c: Candidate) -> bool:
        """Whether the claim is what another claim of its clause speaks of: what is demanded or
        condemned today did not happen today."""
        return self._speech_over(sentence, c, _SPEECH)

    def _speech_over(self, sentence: Sentence, c: Candidate, types: frozenset[str]) -> bool:
        clause = clause_of(sentence, c.trigger)
        return any(
            other.claim.type in types
            and clause in (other.trigger, other.anchor, sentence[other.trigger].head)
            and not sentence[other.trigger].dep.startswith("nsubj")
            and (other.trigger < c.trigger or clause == other.trigger)
            for other in self._triggers[c.sentence].values()
            if other.trigger != c.trigger
        )

    def _participle_of(self, sentence: Sentence, told: Told, c: Candidate) -> bool:
        """Whether the expression's clause is a participle or relative clause on the trigger ("the
        raid launched on Tuesday") with no happening of its own."""
        verb = sentence[told.clause]
        if verb.i in self._triggers[c.sentence]:
            return False
        dep = verb.dep.split(":")[0]
        if verb.dep == "acl:relcl" and told.expression.kind in _STRETCHES:
            return False
        if dep == "acl" and c.trigger in (verb.head, *self._named(sentence, verb.head)):
            return True
        trigger = sentence[c.trigger]
        return (
            dep in ("advcl", "acl")
            and "VerbForm=Part" in verb.morph
            and trigger.dep.startswith("nsubj")
            and trigger.head == verb.head
            and not sentence.children(verb.i, "nsubj")
        )

    def _named(self, sentence: Sentence, i: int) -> Iterator[int]:
        """The nouns that a token is only the name of ("Operation X" for X)."""
        token = sentence[i]
        while token.dep.split(":")[0] in ("nmod", "appos", "flat") and token.head != token.i:
            if sentence.children(token.i, "case"):
                return
            token = sentence[token.head]
            yield token.i

    def _shared(self, sentence: Sentence, told: Told, mine: int) -> bool:
        """Whether the expression stands in the last of several verbs of one subject, or in a
        participle behind the claim's clause ("killed ten people and wounded five on Sunday")."""
        if not (told.expression.daily or told.expression.kind == "clock"):
            return False
        if any(other.clause == mine for other in self._told[told.sentence]):
            return False
        verb = sentence[told.clause]
        while verb.head == mine or heads_clause(verb):
            participle = verb.dep == "advcl" and "VerbForm=Part" in verb.morph
            if verb.dep != "conj" and not (participle and "Tense=Pres" in verb.morph):
                return False
            if verb.pos != "VERB" or sentence.children(verb.i, "nsubj", "mark"):
                return False
            if verb.head == mine:
                return True
            verb = sentence[verb.head]
        return False

    def _inherited(self, sentence: Sentence, c: Candidate, told: Told, mine: int) -> int | None:
        """A rank if the claim's clause lies below the expression's."""
        leading = (
            all(
                t.start >= told.expression.start or t.pos in ("ADP", "DET", "CCONJ", "ADV", "PUNCT")
                for t in sentence.tokens[:8]
                if t.start < told.expression.start
            )
            and told.expression.start - sentence.start < 40
        )
        occupied = {
            other.clause
            for other in self._told[c.sentence]
            if other is not told and not other.expression.linked
        }
        if mine in occupied:
            return None
        at = mine
        steps = 0
        while at != told.clause:
            token = sentence[at]
            dep = token.dep.split(":")[0]
            infinitive = dep == "acl" and bool(sentence.children(at, "mark"))
            if not (dep in _INHERITING or infinitive) or token.head == at:
                return None
            above = clause_of(sentence, token.head)
            if dep == "ccomp" and above == told.clause:
                return None
            if dep in ("conj", "parataxis") and not leading and sentence.children(at, "nsubj"):
                return None
            if dep in ("conj", "parataxis") and told.expression.start > token.start:
                return None
            at = above
            steps += 1
            if steps > 8 or (at != told.clause and at in occupied):
                return None
        return 1 + steps

    def _modifies(self, sentence: Sentence, told: Told, trigger: int) -> bool:
        """Whether an expression stands in the noun phrase of the happening itself ("a report on
        the 2 September attack")."""
        if sentence[trigger].pos != "NOUN":
            return False
        at = next((t for t in sentence if t.end > told.expression.start), sentence[trigger])
        for above in sentence.ancestors(at.i):
            if at.dep.split(":")[0] not in ("compound", "nummod", "nmod", "amod", "flat"):
                return False
            if above.i == trigger:
                return True
            at = above
        return False

    def _that_day(self, c: Candidate) -> bool:
        """Whether a claim without an expression is told of the dateline's day: in a report or
        paragraph that says so, unless its clause looks further back or ahead; and what is said in
        the present tense, since the present is the day of the report. A line that also names a
        place ("PARIS, 3 May (AFP) -") is where and when the report was filed, and dates nothing.
        """
        if self._filed or c.claim.background or c.claim.modality in _UNREAL:
            return False
        sentence = self._report.sentences[c.sentence]
        clause = clause_of(sentence, c.trigger)
        if self._speech_over(sentence, c, _WANTED):
            return False
        if not self._violent and self._only_named(sentence, c):
            return False
        if self._days.get(c.sentence, bool(self._home and self._home.today)):
            nodes = (sentence[clause], *sentence.ancestors(clause))
            elsewhere = {
                t.clause
                for t in self._told.get(c.sentence, ())
                if t.value.days and self._home and not covers(t.value, self._home.value)
            }
            if any(t.i in elsewhere for t in nodes if t.i != clause):
                return False
            return not any(off_story(sentence, t.i, self._future) for t in nodes if heads_clause(t))
        if sentence.headline or not in_present(sentence, clause):
            return False
        if c.claim.type in _LASTING:
            return True
        return c.family != "violence" and clause in (c.trigger, c.anchor)

    def _only_named(self, sentence: Sentence, c: Candidate) -> bool:
        """Whether a happening is only spoken of and not told: "the inquiry into the murder", "the
        men who kidnapped him", "a policy of killing"."""
        trigger = sentence[c.trigger]
        if c.toll or c.family != "violence" or sentence.headline:
            return False
        triggers = self._triggers[c.sentence]
        carrier = triggers.get(c.anchor)
        if carrier is None or (carrier.trigger != c.trigger and carrier.claim.type not in _SPEECH):
            return False
        top = trigger
        while top.dep == "conj" and top.head != top.i:
            top = sentence[top.head]
        dep = top.dep.split(":")[0]
        if trigger.pos in ("VERB", "AUX"):
            bare = "VerbForm=Fin" not in trigger.morph
            bare = bare and not sentence.children(c.trigger, "aux", "cc")
            return top.dep == "acl:relcl" or (dep == "acl" and bare)
        pointed = any("PronType=Dem" in t.morph for t in sentence.children(c.trigger, "det"))
        if pointed or dep in ("nsubj", "ROOT", "appos"):
            return False
        above = triggers.get(top.head)
        if above is None or above.claim.type in _SPEECH:
            return True
        return above.trigger < c.trigger and self._only_named(sentence, above)


def _when(words: Span, value: Resolved) -> When:
    return When(
        start=words.start,
        end=words.end,
        text=words.text,
        earliest=value.earliest.isoformat() if value.earliest else None,
        latest=value.latest.isoformat() if value.latest else None,
        precision=value.precision,
        anchor=value.anchor,
    )
