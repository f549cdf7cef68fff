"""When something was said is not when it happened: which expressions of time date an act of speech
("announced on Thursday that ..."), and which happenings are what that act speaks of."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection

from dateline.language.attribution import AttributionRules
from dateline.language.speech import speech_acts
from dateline.language.tenses import clause_of, in_present
from dateline.language.voices import Act
from dateline.syntax import Report, Sentence

_PUBLISHED = "publish"


class Reported:
    """The acts of speech of a report's sentences that hold a claim (``told_in``); found when first
    asked for."""

    def __init__(self, report: Report, rules: AttributionRules, told_in: Collection[int]) -> None:
        self._report = report
        self._rules = rules
        self._told_in = sorted(told_in)
        self._acts: dict[int, tuple[Act, ...]] = {}

    def _of(self, sentence: int) -> tuple[Act, ...]:
        found = self._acts.get(sentence)
        if found is None:
            found = speech_acts(self._report.sentences[sentence], self._rules)
            self._acts[sentence] = found
        return found

    def bounds(self, sentence: int, clause: int, trigger: int) -> bool:
        """Whether an expression in the clause of this verb only says by when a happening was
        reported, and so bounds it from above. What is told in the present is of the day on
        which it is told."""
        parse = self._report.sentences[sentence]
        own = clause_of(parse, trigger)
        if clause == trigger or (own != clause and in_present(parse, own)):
            return False
        return any(
            act.cue == clause
            and trigger in act.covers
            and (act.rule == _PUBLISHED or own != clause)
            for act in self._of(sentence)
        )

    def says(self, start: int) -> bool:
        """Whether the expression that begins here dates an act of speech that tells of something
        in another clause."""
        sentences = self._report.sentences
        at = bisect_right(self._told_in, start, key=lambda n: sentences[n].start) - 1
        if at < 0 or start >= sentences[self._told_in[at]].end:
            return False
        n = self._told_in[at]
        sentence = sentences[n]
        first = next((t.i for t in sentence if t.end > start), 0)
        clause = clause_of(sentence, first)
        return any(act.cue == clause and _tells(sentence, act) for act in self._of(n))


def _tells(sentence: Sentence, act: Act) -> bool:
    """Whether what is said holds a verb of its own."""
    return any(sentence[i].pos == "VERB" and i != act.cue for i in act.covers)
