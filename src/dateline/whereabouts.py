"""How firmly the words and the parse of a sentence say that a happening is at a place named in it:
the scores that ``locate`` chooses by. Their scale is arbitrary; only their order, and whether they
reach ``ENOUGH``, means anything."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dateline.language.places import PlaceWords
from dateline.model import Span
from dateline.placenames import LOCATIVE, SITES, Toponym
from dateline.syntax import Candidate, Sentence, Token
from dateline.text import fold

ENOUGH = 5.0
"""From here on a place is the happening's by its own sentence."""
WEAK = 1.0
"""What the adjective of a country is worth."""

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
_ASIDE = 4.0
_STRUCK = 9.0
# Clauses that say what a happening is for or does.
_CLAUSES = frozenset({"acl", "advcl", "xcomp"})
# "The besieged town of X": the happening is told as what was done to the place.
_DONE_TO = ("acl", "amod")
_FOREIGN = 6.0
_ROADS = ("road", "water")


@dataclass(frozen=True)
class Whereabouts:
    """Scores the places of one report. ``triggers`` are the tokens, by sentence, that carry a
    happening, ``dates`` the offsets that expressions of time hold."""

    words: PlaceWords
    triggers: Mapping[int, frozenset[int]]
    dates: frozenset[int] = frozenset()

    def attached(self, sentence: Sentence, candidate: Candidate, toponym: Toponym) -> float:
        """How firmly the sentence says that this happening is there: the words before the name,
        and whose place it is in the tree."""
        score = self.standing(toponym, sentence, (candidate,))
        ours = {candidate.trigger, candidate.anchor}
        # The parse hangs a place on the date before it: "was driven on 3 May from X".
        above_it = (t for t in sentence.ancestors(toponym.token) if not self._dated(t))
        path = [toponym.token, *(t.i for t in above_it)]
        if toponym.cue.kind == "of" and toponym.cue.noun is None:
            # "the capture of X", "takes control of X"; any other "of" is of something else.
            head = sentence[path[1]] if len(path) > 1 else sentence[toponym.token]
            object_of_ours = head.dep.split(":")[0] == "obj" and head.head in ours
            named = toponym.cue.owner == fold(sentence[candidate.trigger].text)
            if head.i not in ours and not named and not object_of_ours:
                score = min(score, 2.5)
        # "takes X", "falls back on the town of X": the place is what the happening is about.
        near = path[1 : 3 if toponym.cue.noun else 2]
        if candidate.claim.type in _TERRITORY and ours.intersection(near):
            score += 4.0 if toponym.kind in ("named", "unlisted") else 0.0
        struck = self._struck(sentence, toponym, candidate, ours)
        if struck:
            score = max(score, _STRUCK)
        others = self.triggers[candidate.sentence] - ours
        if ours.intersection(path):
            between = path[1 : next(n for n, i in enumerate(path) if i in ours)]
            if any(i in others and self._apart(sentence, i) for i in between):
                return score - _FOREIGN
            aside = any(sentence[i].pos == "VERB" or i in others for i in between)
            if aside and not struck and between and sentence[between[-1]].dep.startswith("nsubj"):
                # "men based in X were killed near Y": X tells who they are.
                return score - _ASIDE
            return score + (-1.0 if aside and not struck else 2.0)
        if not struck and (_describes_actor(sentence, path) or _in_brackets(sentence, path, ours)):
            return score - _FOREIGN
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
        return score - _FOREIGN if foreign else score

    def _dated(self, token: Token) -> bool:
        return token.start in self.dates

    def _apart(self, sentence: Sentence, i: int) -> bool:
        """Whether a happening is told as another one, after or because of which ours was."""
        for case in sentence.children(i, "case", "mark"):
            words = [case, *sentence.children(case.i, "fixed")]
            if " ".join(t.norm for t in words) in self.words.apart:
                return True
        return False

    def _struck(
        self, sentence: Sentence, toponym: Toponym, candidate: Candidate, ours: set[int]
    ) -> bool:
        """Whether a town is what the happening, the verb that it is the subject of, or a verb that
        says what it is for, is done to: "attacks hit X", "an offensive to retake X"."""
        token = sentence[toponym.token]
        if toponym.kind not in ("named", "unlisted"):
            return False
        # "The town of X"; what is taken of X ("the rest of X") is in X as well.
        of = toponym.cue.kind == "of" and toponym.cue.owner not in self.words.holders
        inner = toponym.cue.noun is not None or (of and candidate.claim.type in _TERRITORY)
        if inner and token.dep.split(":")[0] == "nmod":
            token = sentence[token.head]
        about = {toponym.token, token.i}
        if toponym.cue.noun is not None:
            about.add(token.head)
        done = sentence[candidate.trigger]
        if done.head in about and done.dep in _DONE_TO and done.pos in ("VERB", "ADJ"):
            return True
        if token.dep.split(":")[0] != "obj":
            return False
        verb = sentence[token.head]
        subjects = {t.i for t in sentence.children(verb.i, "nsubj")}
        # "Launched an offensive to retake X": the clause hangs on either.
        carrying = ours | ({done.head} if done.dep.split(":")[0] == "obj" else set())
        if verb.i in ours or subjects & ours:
            return True
        for above in sentence.ancestors(verb.i):
            if verb.dep.split(":")[0] not in _CLAUSES:
                return False
            if above.i in carrying:
                return True
            verb = above
        return False

    def standing(
        self, toponym: Toponym, sentence: Sentence, candidates: Iterable[Candidate]
    ) -> float:
        """How firmly the words around a name say that something is there."""
        cue = toponym.cue
        token = sentence[toponym.token]
        score = _CUE[cue.kind]
        if toponym.kind == "adjective" and cue.kind == "none":
            score = WEAK
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
        owned = cue.owner in self.words.holders
        if owned and (cue.noun in SITES or (cue.kind == "of" and cue.noun is None)):
            score = 1.5
        if toponym.kind == "named" and cue.kind == "none" and token.dep.startswith("nsubj"):
            score = min(score, 2.5)
        if toponym.kind == "unlisted" and cue.kind not in LOCATIVE and cue.noun is None:
            score = min(score, 3.0)
        if toponym.kind == "unlisted" and cue.noun in _ROADS:
            score = min(score, ENOUGH)
        if token.dep == "conj":
            score -= 1.5
        if toponym.within:
            score = min(score, 2.0)
        for candidate in candidates:
            if any(_overlap(actor, toponym) for actor in candidate.claim.actors):
                # "The attacks of X" names a town, whoever is said to have acted.
                alone = any(_inside(actor, toponym) for actor in candidate.claim.actors)
                if alone and cue.kind == "of" and toponym.kind == "named" and not cue.noun:
                    continue
                score = min(score, -1.0 if cue.kind in ("of", "none") else 5.0)
            if any(_overlap(target, toponym) for target in candidate.claim.targets):
                score += 1.0
        return score


def _describes_actor(sentence: Sentence, path: Sequence[int]) -> bool:
    """Whether a place is told of in a clause about the subject of the sentence, which it does not
    contain ("the militia, based near X, ...")."""
    for i in path[1:]:
        token = sentence[i]
        if token.dep.split(":")[0] == "acl" and token.pos == "VERB":
            return sentence[token.head].dep == "nsubj" and not sentence.children(i, "nsubj")
    return False


def _in_brackets(sentence: Sentence, path: Sequence[int], ours: set[int]) -> bool:
    """Whether a place stands in a bracket that tells of something else, with a verb of its own."""
    opened = -1
    for token in sentence.tokens[: path[0]]:
        if token.text in "()":
            opened = token.i if token.text == "(" else -1
    if opened < 0:
        return False
    closed = next((t.i for t in sentence.tokens[path[0] :] if t.text == ")"), len(sentence))
    told = any(t.pos == "VERB" for t in sentence.tokens[opened : path[0]])
    return told and not any(opened < i < closed for i in ours)


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


def _inside(span: Span, toponym: Toponym) -> bool:
    return toponym.start <= span.start and span.end <= toponym.end
