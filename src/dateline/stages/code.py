"""code: from parsed sentences to candidate claims: type, trigger, actors, targets and means.

One claim per type per happening per sentence. A killing or toll told together with the attack it
belongs to is that attack's; a bare toll takes the type that the report has established.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from dateline.arguments import Argument, read
from dateline.language import Language
from dateline.language.events import Trigger
from dateline.language.lexicon import Lexicon, Match
from dateline.model import Actor, ArticleRef, Claim, Extent, Means, Target, claim_id
from dateline.phrases import noun_phrase
from dateline.syntax import Candidate, Report, Sentence, Token

_ABSORBING = ("nsubj", "obl", "obj", "advcl", "nmod", "acl", "conj", "xcomp", "parataxis", "dep")


class _ActorMatch(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def loaded(self) -> bool: ...


class _EventType(Protocol):
    @property
    def family(self) -> str: ...


class Codebook(Protocol):
    """What this stage asks of the codebook."""

    @property
    def types(self) -> Mapping[str, _EventType]: ...
    @property
    def version(self) -> str: ...
    def refine(self, type: str, means: Sequence[str], /) -> str: ...
    def actor(self, text: str, lang: str, country: str | None = None) -> _ActorMatch | None: ...
    def nationality(self, word: str, lang: str) -> str | None: ...


@dataclass(frozen=True, slots=True)
class _Draft:
    """A trigger on its way to a claim, with the roles read from its sentence."""

    sentence: int
    match: Match
    type: str
    family: str
    anchor: int
    arguments: tuple[Argument, ...]
    means: tuple[tuple[int, int, str], ...]
    kinds: frozenset[str]


class _Coder:
    def __init__(self, report: Report, language: Language, codebook: Codebook) -> None:
        self.report = report
        self.language = language
        self.lexicon: Lexicon = language.lexicon
        self.codebook = codebook

    # Who is who -------------------------------------------------------------------------------

    def kind(self, sentence: Sentence, i: int) -> str | None:
        """What a word is as an agent: an agent kind, "thing", "place", "person", "actor" for what
        only the codebook knows, or None."""
        token = sentence[i]
        found = self.lexicon.agent_terms.at(sentence, i)
        if found is not None:
            return found[1]
        if self.lexicon.thing_terms.at(sentence, i) is not None:
            return "thing"
        first, last = self.phrase(sentence, i, ())
        words = self.report.view[sentence[first].start : sentence[last].end]
        known = self.codebook.actor(words, self.language.code, self.report.country)
        if known is not None:
            return "actor"
        if token.pos == "ADJ" or token.dep == "amod":
            return "nation" if self.codebook.nationality(token.norm, self.language.code) else None
        if token.ent == "PER":
            return "person"
        if token.ent == "LOC":
            return "place"
        if token.ent == "ORG":
            return "actor"
        return None

    def acts(self, sentence: Sentence, token: Token) -> bool | None:
        kind = self.kind(sentence, token.i)
        if kind in ("armed", "state", "political", "actor", "nation"):
            return True
        if token.dep == "amod" and token.pos == "ADJ":
            return None
        if kind in ("civilian", "thing", "place", "person", "body"):
            return False
        return None if token.lemma in self.lexicon.frames.not_agents else False

    def phrase(self, sentence: Sentence, head: int, stop: Iterable[int]) -> tuple[int, int]:
        return noun_phrase(sentence, head, self.lexicon.frames.of, frozenset(stop))

    # What a sentence holds --------------------------------------------------------------------

    def allowed(self, sentence: Sentence, match: Match, words: frozenset[str]) -> bool:
        trigger = match.trigger
        view = self.report.view[sentence.start : sentence.end].lower()
        if trigger.needs and not _any_of(trigger.needs, words, view):
            return False
        return not (trigger.unless and _any_of(trigger.unless, words, view))

    def near_domain(self, words: frozenset[str], view: str) -> bool:
        return any(_any_of(d.near, words, view) for d in self.lexicon.domains if d.near)

    def drafts(self, n: int, sentence: Sentence) -> list[_Draft]:
        found = self.lexicon.matches(sentence)
        if not found:
            return []
        words = frozenset(t.norm for t in sentence) | frozenset(t.lemma for t in sentence)
        view = self.report.view[sentence.start : sentence.end].lower()
        if self.near_domain(words, view):
            return []
        matches = [m for m in found if self.allowed(sentence, m, words)]
        stop = {m.token for m in matches}
        means = self.means(sentence)
        drafts: list[_Draft] = []
        done: set[int] = set()
        for match in matches:
            if match.token in done:
                continue
            draft = self.draft(n, sentence, match, stop, means)
            if draft is not None:
                drafts.append(draft)
                done.add(match.token)
        return drafts

    def draft(
        self,
        n: int,
        sentence: Sentence,
        match: Match,
        stop: set[int],
        means: Sequence[tuple[int, int, str]],
    ) -> _Draft | None:
        reading = read(sentence, match, self.lexicon, lambda t: self.acts(sentence, t))
        arguments: list[Argument] = []
        own: list[tuple[int, int, str]] = []
        for argument in reading.arguments:
            weapon = next((m for m in means if m[0] <= argument.head < m[0] + m[1]), None)
            if weapon is not None and argument.role in ("actor", "means"):
                own.append(weapon)
            elif argument.head in stop:
                continue
            else:
                arguments.append(argument)
        for weapon in means:
            if weapon not in own and self.governs(sentence, match, reading.anchor, weapon[0], stop):
                own.append(weapon)
        kinds = frozenset(
            kind for a in arguments if (kind := self.kind(sentence, a.head)) is not None
        )
        if not self.roles_suffice(sentence, match.trigger, arguments, kinds):
            return None
        type_ = match.trigger.type
        if own:
            type_ = self.codebook.refine(type_, [kind for _, _, kind in own])
        return _Draft(
            sentence=n,
            match=match,
            type=type_,
            family=self.codebook.types[type_].family,
            anchor=reading.anchor,
            arguments=tuple(arguments),
            means=tuple(own),
            kinds=kinds,
        )

    def roles_suffice(
        self,
        sentence: Sentence,
        trigger: Trigger,
        arguments: Sequence[Argument],
        kinds: frozenset[str],
    ) -> bool:
        needed = trigger.needs_role
        if needed is None:
            return True
        if needed == "armed":
            return bool(kinds & {"armed", "state", "actor", "nation"})
        wanted = ("actor", "target") if needed == "any" else (needed,)
        return any(
            a.role in wanted and self.kind(sentence, a.head) not in (None, "thing")
            for a in arguments
        )

    def means(self, sentence: Sentence) -> list[tuple[int, int, str]]:
        found = []
        i = 0
        while i < len(sentence):
            hit = self.lexicon.means_terms.at(sentence, i)
            if hit is not None and sentence[i].pos in ("NOUN", "PROPN", "ADJ", "X", "VERB", "NUM"):
                found.append((i, hit[0], hit[1]))
                i += hit[0]
            else:
                i += 1
        return found

    def governs(
        self, sentence: Sentence, match: Match, anchor: int, token: int, stop: set[int]
    ) -> bool:
        """Whether a weapon belongs to this trigger: it hangs under it or its verb, with no other
        trigger between."""
        near = {match.token, anchor}
        for above in sentence.ancestors(token):
            if above.i in near:
                return True
            if above.i in stop:
                return False
        return False

    # One claim per happening ------------------------------------------------------------------

    def merge(self, sentence: Sentence, drafts: list[_Draft]) -> list[_Draft]:
        """Let the killing of an attack be the attack's, and a toll be its happening's."""
        violent = [d for d in drafts if self.violent(d) and not self.is_toll(d)]
        kept: list[_Draft] = []
        for draft in drafts:
            if self.is_toll(draft):
                if any(d is not draft for d in violent):
                    host = self.nearest(sentence, draft, violent)
                    self.hand_over(kept, drafts, draft, host)
                    continue
                if any(self.is_toll(k) for k in kept):
                    continue
            elif draft.type == "killing" and draft.match.part in ("verb", "participle"):
                host = self.host(sentence, draft, violent)
                if host is not None:
                    self.hand_over(kept, drafts, draft, host)
                    continue
            kept.append(draft)
        return [self.latest(k) for k in kept]

    def violent(self, draft: _Draft) -> bool:
        return draft.family == "violence" or draft.type in ("riot", "crackdown")

    def is_toll(self, draft: _Draft) -> bool:
        return draft.match.trigger.toll

    def nearest(self, sentence: Sentence, toll: _Draft, among: Sequence[_Draft]) -> _Draft:
        return min(among, key=lambda d: abs(d.match.token - toll.match.token))

    def host(
        self, sentence: Sentence, killing: _Draft, violent: Sequence[_Draft]
    ) -> _Draft | None:
        """The attack that a killing verb only tells the outcome of."""
        at = killing.match.token
        below = {
            t.i
            for c in sentence.children(at)
            if c.dep.split(":")[0] in ("nsubj", "obl", "advcl")
            for t in (c, *sentence.conjuncts(c.i))
        }
        above: set[int] = set()
        token = sentence[at]
        for head in sentence.ancestors(at):
            if token.dep.split(":")[0] not in ("advcl", "acl", "conj", "xcomp", "parataxis"):
                break
            above.add(head.i)
            token = head
        for draft in violent:
            if draft is killing or draft.type == "killing":
                continue
            spots = {draft.match.token, draft.anchor} - {at}
            if draft.match.token in below or spots & above:
                return draft
        return None

    def hand_over(
        self, kept: list[_Draft], drafts: list[_Draft], draft: _Draft, host: _Draft
    ) -> None:
        self._given.setdefault(id(host), []).append(draft)

    _given: dict[int, list[_Draft]]

    def latest(self, draft: _Draft) -> _Draft:
        """The draft with the targets of what it absorbed."""
        given = self._given.get(id(draft), [])
        if not given:
            return draft
        known = {a.head for a in draft.arguments}
        more = [
            a
            for other in given
            for a in other.arguments
            if a.role == "target" and a.head not in known and not self.is_toll(other)
        ]
        return _Draft(
            sentence=draft.sentence,
            match=draft.match,
            type=draft.type,
            family=draft.family,
            anchor=draft.anchor,
            arguments=(*draft.arguments, *more),
            means=(*draft.means, *(m for o in given for m in o.means if m not in draft.means)),
            kinds=draft.kinds,
        )

    # The report -------------------------------------------------------------------------------

    def code(self) -> tuple[Candidate, ...]:
        if self.outside():
            return ()
        drafts: list[_Draft] = []
        for n, sentence in enumerate(self.report.sentences):
            self._given = {}
            drafts.extend(self.merge(sentence, self.drafts(n, sentence)))
        if not any(self.hard(d) for d in drafts):
            return ()
        candidates: list[Candidate] = []
        established: str | None = None
        for draft in self.unrepeated(drafts):
            type_ = draft.type
            if self.is_toll(draft):
                type_ = established or self.first_violent(drafts) or type_
            elif self.violent(draft) and draft.type != "killing":
                established = draft.type
            candidates.append(self.candidate(draft, type_))
        return tuple(candidates)

    def outside(self) -> bool:
        """Whether the headline says that the report is about sport, an accident and the like."""
        headline = next((s for s in self.report.sentences if s.headline), None)
        if headline is None:
            return False
        words = frozenset(t.norm for t in headline) | frozenset(t.lemma for t in headline)
        view = self.report.view[headline.start : headline.end].lower()
        if not any(_any_of(d.title, words, view) for d in self.lexicon.domains if d.title):
            return False
        return not any(
            self.lexicon.agent_terms.kind(t) in ("armed",) for t in headline
        )

    def hard(self, draft: _Draft) -> bool:
        return draft.match.trigger.strength == "hard" and not self.is_toll(draft)

    def first_violent(self, drafts: Sequence[_Draft]) -> str | None:
        return next(
            (
                d.type
                for d in drafts
                if self.violent(d) and not self.is_toll(d) and d.type != "killing"
            ),
            None,
        )

    def unrepeated(self, drafts: Sequence[_Draft]) -> list[_Draft]:
        """One claim per type per happening per sentence: a second trigger of one type in a
        sentence counts only with arguments of its own."""
        kept: list[_Draft] = []
        for draft in drafts:
            same = [
                k
                for k in kept
                if k.sentence == draft.sentence and k.type == draft.type
            ]
            fresh = {a.head for a in draft.arguments}
            if any(
                fresh <= {a.head for a in k.arguments} and not draft.means
                for k in same
                if k.anchor == draft.anchor
            ):
                continue
            kept.append(draft)
        return kept

    def candidate(self, draft: _Draft, type_: str) -> Candidate:
        report, sentence = self.report, self.report.sentences[draft.sentence]
        article = report.article
        token = sentence[draft.match.token]
        trigger = report.span(token.start, token.end)
        stop = {draft.match.token, draft.anchor}
        actors: list[Actor] = []
        targets: list[Target] = []
        means = [
            Means(*_span(report, sentence[i].start, sentence[i + length - 1].end), kind=kind)
            for i, length, kind in draft.means
        ]
        for argument in draft.arguments:
            first, last = self.phrase(sentence, argument.head, stop)
            start, end, text = _span(report, sentence[first].start, sentence[last].end)
            known = self.codebook.actor(
                report.view[start:end], self.language.code, report.country
            )
            if argument.role == "actor":
                loaded = (known is not None and known.loaded) or self.loaded(sentence, first, last)
                actors.append(
                    Actor(
                        start,
                        end,
                        text,
                        id=known.id if known else None,
                        name=known.name if known else None,
                        loaded=loaded,
                    )
                )
            elif argument.role == "target":
                kind = self.kind(sentence, argument.head)
                targets.append(
                    Target(
                        start,
                        end,
                        text,
                        id=known.id if known else None,
                        name=known.name if known else None,
                        civilian=_CIVILIAN.get(kind or ""),
                    )
                )
            elif argument.role == "means":
                means.append(Means(start, end, text, kind=None))
        version = self.language.version
        claim = Claim(
            id=claim_id(article.id, trigger, type_),
            article=ArticleRef(
                id=article.id,
                ref=article.ref,
                title=article.title,
                lang=article.lang,
                published=article.published,
                url=article.url,
                outlet=article.outlet,
            ),
            type=type_,
            trigger=trigger,
            sentence=Extent(sentence.start, sentence.end),
            actors=_distinct(actors),
            targets=_distinct(targets),
            means=_distinct(means),
            modality=draft.match.trigger.modality or "asserted",
            negated=draft.match.trigger.negated,
        )
        rule = f"{draft.match.trigger.id}@{version}"
        provenance = {"type": rule, "trigger": rule}
        for role, filled in (("actors", actors), ("targets", targets), ("means", means)):
            if filled:
                slots = dict.fromkeys(
                    a.slot for a in draft.arguments if a.role == role.rstrip("s")
                )
                slot = "+".join(slots) or "lexicon"
                provenance[role] = f"frame.{draft.match.trigger.frame}.{slot}@{version}"
        if any(a.id for a in actors) or any(t.id for t in targets):
            provenance["codebook"] = self.codebook.version
        return Candidate(
            claim=_with_provenance(claim, provenance),
            sentence=draft.sentence,
            trigger=draft.match.token,
            anchor=draft.anchor,
            family=self.codebook.types[type_].family,
            toll=self.is_toll(draft),
        )

    def loaded(self, sentence: Sentence, first: int, last: int) -> bool:
        return any(
            self.lexicon.loaded_terms.at(sentence, i) is not None for i in range(first, last + 1)
        )


_CIVILIAN = {"civilian": True, "armed": False, "state": None}


def _span(report: Report, start: int, end: int) -> tuple[int, int, str]:
    span = report.span(start, end)
    return span.start, span.end, span.text


M = TypeVar("M", Actor, Target, Means)


def _distinct(mentions: list[M]) -> tuple[M, ...]:
    return tuple({(m.start, m.end): m for m in reversed(mentions)}.values())[::-1]


def _with_provenance(claim: Claim, provenance: Mapping[str, str]) -> Claim:
    return replace(claim, provenance=dict(provenance))


def _any_of(wanted: Iterable[str], words: frozenset[str], view: str) -> bool:
    """Whether a word (by form or lemma) or a phrase (by its letters) is in the sentence."""
    return any((w in view) if " " in w or "'" in w else (w in words) for w in wanted)


def code(report: Report, language: Language, codebook: Codebook) -> tuple[Candidate, ...]:
    """The candidate claims of a report, in text order, with type, trigger, actors, targets and
    means; an empty tuple for a report that tells of no conflict."""
    return _Coder(report, language, codebook).code()


