"""From one parsed sentence to drafts: each trigger with its type, arguments and means.

What a draft becomes (a claim of its own, or part of another) is decided by the stage that reads
the whole report.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

from dateline.arguments import read
from dateline.language import Language
from dateline.language.events import Frame, Trigger
from dateline.language.lexicon import Lexicon, Match
from dateline.nations import nations
from dateline.phrases import noun_phrase
from dateline.slots import PRONOUN, Argument
from dateline.syntax import Report, Sentence, Token
from dateline.wording import any_of, covers


class ActorMatch(Protocol):
    """An entry of the codebook found in some words."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def loaded(self) -> bool: ...
    @property
    def via(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


class EventType(Protocol):
    """An event type of the codebook."""

    @property
    def family(self) -> str: ...


class Codebook(Protocol):
    """What this stage asks of the codebook."""

    @property
    def types(self) -> Mapping[str, EventType]: ...
    @property
    def version(self) -> str: ...
    def refine(self, type: str, means: Sequence[str], /) -> str: ...
    def actor(self, text: str, lang: str, country: str | None = None) -> ActorMatch | None: ...
    def find(self, view: str, lang: str) -> tuple[ActorMatch, ...]: ...


@dataclass(frozen=True, slots=True)
class Draft:
    """A trigger on its way to a claim, with the roles read from its sentence."""

    sentence: int
    match: Match
    type: str
    family: str
    anchor: int
    arguments: tuple[Argument, ...]
    means: tuple[tuple[int, int, str], ...]
    kinds: frozenset[str]
    strength: str = "hard"


class Drafter:
    """Reads the sentences of one report."""

    def __init__(self, report: Report, language: Language, codebook: Codebook) -> None:
        self.report = report
        self.language = language
        self.lexicon: Lexicon = language.lexicon
        self.codebook = codebook

    # Who is who -------------------------------------------------------------------------------

    def kind(self, sentence: Sentence, i: int) -> str | None:
        """What a word is as an agent: an agent kind, "thing", "place", "person", "actor" for what
        only the codebook knows, "capital" for one that may stand for its government, "name" for a
        capitalised word that nothing knows, or None."""
        token = sentence[i]
        if token.lemma in self.lexicon.frames.quantities:
            # "des centaines de jeunes" are young people.
            counted = [c for c in sentence.children(i, "nmod") if c.pos in ("NOUN", "PROPN")]
            if counted:
                return self.kind(sentence, counted[0].i)
        found = self.lexicon.agent_terms.around(sentence, i)
        if found is not None:
            return found[1]
        named = token.pos == "PROPN" and i > 0 and token.text[0].isupper()
        if not named and self.lexicon.thing_terms.at(sentence, i) is not None:
            return "thing"
        adjective = token.pos == "ADJ" or token.dep == "amod"
        if adjective and nations(self.language.code).of(token.norm):
            return "nation"
        first, last = self.phrase(sentence, i, ())
        words = self.report.view[sentence[first].start : sentence[last].end]
        known = self.codebook.actor(words, self.language.code, self.report.country)
        if known is not None:
            return "capital" if known.via == "capital" else "actor"
        if adjective:
            return None
        if token.ent == "PER":
            return "person"
        if token.ent == "LOC":
            return "place"
        if token.ent == "ORG":
            return "actor"
        if token.pos == "PROPN" or (token.pos == "NOUN" and token.i and token.text[0].isupper()):
            return "name"
        if token.pos == "NOUN" and nations(self.language.code).of(token.norm) is not None:
            return "name"
        return None

    def acts(self, sentence: Sentence, token: Token) -> bool | None:
        kind = self.kind(sentence, token.i)
        if token.dep == "amod" or token.pos == "ADJ":
            # "frappe israélienne", "attaque jihadiste"; not "militaire", nor a word that judges.
            loaded = self.lexicon.loaded_terms.kind(token) is not None
            return True if kind == "nation" or (kind == "armed" and not loaded) else None
        if kind in ("armed", "state", "political", "actor", "nation"):
            return True
        if kind in ("place", "capital"):
            # "l'attentat de Nice": where, neither who nor whom.
            return None
        if kind in ("civilian", "thing", "person", "body"):
            return False
        return None if token.lemma in self.lexicon.frames.not_agents else False

    def party(self, sentence: Sentence, token: Token) -> bool:
        """Whether a noun or adjective is one who can be a party to talks and disputes: an agent, a
        body, a country or its people."""
        if self.acts(sentence, token) or nations(self.language.code).of(token.norm) is not None:
            return True
        kind = self.kind(sentence, token.i)
        return kind in ("body", "capital") or (kind == "place" and token.ent == "LOC")

    def phrase(self, sentence: Sentence, head: int, stop: Iterable[int]) -> tuple[int, int]:
        return noun_phrase(sentence, head, self.lexicon.frames.of, frozenset(stop))

    # What a sentence holds --------------------------------------------------------------------

    def allowed(self, sentence: Sentence, match: Match, words: frozenset[str], view: str) -> bool:
        trigger = match.trigger
        if trigger.needs and not any_of(trigger.needs, words, view):
            return False
        token = sentence[match.token]
        at, end = token.start - sentence.start, token.end - sentence.start
        return not any(
            covers(other, view, at, end)
            if " " in other and token.lemma in other
            else any_of((other,), words, view)
            for other in trigger.unless
        )

    def near_domain(self, words: frozenset[str], view: str, *, firm: bool = False) -> bool:
        """Whether the sentence has a word of another domain; with ``firm``, of a firm one."""
        armed = bool(words & self.lexicon.armed_words)
        return any(
            any_of(d.near, words, view)
            for d in self.lexicon.domains
            if d.near and (d.firm or not (armed or firm))
        )

    def drafts(self, n: int, sentence: Sentence) -> list[Draft]:
        words = frozenset(t.norm for t in sentence) | frozenset(t.lemma for t in sentence)
        view = self.report.view[sentence.start : sentence.end].lower()
        matches = self.lexicon.matches(sentence, lambda m: self.allowed(sentence, m, words, view))
        if self.near_domain(words, view):
            # People march about anything: what they march about does not make it another thing.
            matches = [
                m
                for m in matches
                if m.trigger.of_crowds and not self.near_domain(words, view, firm=True)
            ]
        if not matches:
            return []
        matches = [
            m
            for m in matches
            if not self.in_name(sentence, m)
            and not self.only_an_office(sentence, m)
            and not self.is_date(sentence, m)
        ]
        means = self.means(sentence)
        # "l'assaillant" is somebody, whatever the parser takes it for.
        matches = [
            m
            for m in matches
            if m.part != "verb"
            or not sentence.children(m.token, "det")
            or self.lexicon.agent_terms.kind(sentence[m.token]) is None
        ]
        # "fusil d'assaut" is a weapon, not an assault.
        named = {
            i for first, length, _ in means if length > 1 for i in range(first, first + length)
        }
        matches = [m for m in matches if m.token not in named or m.part == "phrase"]
        # A march can be attacked; an attack is never who attacks or is attacked.
        stop = {m.token for m in matches if self.violent_type(m.trigger.type) or m.trigger.toll}
        drafts: list[Draft] = []
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
    ) -> Draft | None:
        if self.on_itself(sentence, match):
            return None
        reading = read(
            sentence,
            match,
            self.lexicon,
            lambda t: self.acts(sentence, t),
            lambda t: self.party(sentence, t),
        )
        frame = self.lexicon.frame(match.trigger)
        arguments: list[Argument] = []
        own: list[tuple[int, int, str]] = []
        for argument in reading.arguments:
            weapon = next((m for m in means if m[0] <= argument.head < m[0] + m[1]), None)
            if weapon is not None and argument.role in ("actor", "means"):
                own.append(weapon)
            elif argument.head not in stop:
                kept = self.plausible(sentence, frame, argument)
                if kept is not None:
                    arguments.append(kept)
        inside = {
            i
            for a in arguments
            if a.role == "target"
            for i in range(*self.covered(sentence, a.head, stop))
        } | {match.token}
        for weapon in means:
            if weapon[0] in inside:
                continue
            if weapon not in own and self.governs(sentence, match, reading.anchor, weapon[0], stop):
                own.append(weapon)
        kinds = frozenset(
            kind
            for a in arguments
            if a.slot != PRONOUN and (kind := self.kind(sentence, a.head)) is not None
        )
        if match.trigger.toll and not arguments and not self.counted(sentence, match):
            return None
        if not self.roles_suffice(sentence, match.trigger, arguments, kinds):
            return None
        type_ = match.trigger.type
        if own:
            type_ = self.codebook.refine(type_, [kind for _, _, kind in own])
        return Draft(
            sentence=n,
            match=match,
            type=type_,
            family=self.codebook.types[type_].family,
            anchor=reading.anchor,
            arguments=tuple(a for a in arguments if a.slot != PRONOUN),
            means=tuple(own),
            kinds=kinds,
            strength=match.trigger.strength,
        )

    def in_name(self, sentence: Sentence, match: Match) -> bool:
        """Whether a trigger is part of an actor's name ("Gouvernement d'entente nationale")."""
        token = sentence[match.token]
        return any(
            a.start <= token.start
            and token.end <= a.end
            and (a.start, a.end) != (token.start, token.end)
            for a in self.actor_names
        )

    def is_date(self, sentence: Sentence, match: Match) -> bool:
        """Whether a word that is a month as well is one here ("on 3 March", "in March")."""
        token = sentence[match.token]
        if not token.text[0].isupper() or token.norm not in self.lexicon.frames.not_agents:
            return False
        after = sentence.tokens[token.i + 1 : token.i + 2]
        return token.i > 0 or any(t.text[0].isdigit() for t in after)

    def only_an_office(self, sentence: Sentence, match: Match) -> bool:
        """Whether a peaceful trigger only tells whose office somebody holds ("le bureau de presse
        de l'opération")."""
        head = sentence.head(match.token)
        if head is None or sentence[match.token].pos != "NOUN" or match.part == "phrase":
            return False
        frames = self.lexicon.frames
        if self.violent_type(match.trigger.type) or head.lemma in frames.containers:
            return False
        office = self.lexicon.agent_terms.at(sentence, head.i)
        return (
            office is not None
            and office[1] in ("state", "person", "body", "political")
            and sentence[match.token].dep == "nmod"
            and sentence.case(match.token) in frames.of
        )

    @cached_property
    def actor_names(self) -> tuple[ActorMatch, ...]:
        """Every name of the codebook in the report."""
        return self.codebook.find(self.report.view, self.language.code)

    def violent_type(self, type_: str) -> bool:
        return self.codebook.types[type_].family == "violence" or type_ in ("riot", "crackdown")

    def on_itself(self, sentence: Sentence, match: Match) -> bool:
        """Whether a verb that is done to somebody else is reflexive here ("s'arrêter")."""
        frame = self.lexicon.frame(match.trigger)
        if match.part != "verb" or frame.object != "target" or frame.reflexive != "none":
            return False
        reflexive = self.lexicon.frames.reflexive
        return any(
            c.norm in reflexive and c.i < match.token for c in sentence.children(match.token)
        )

    def counted(self, sentence: Sentence, match: Match) -> bool:
        """Whether a number stands before the victims, and at most an adjective between."""
        start = sentence[max(0, match.first - 6)].start
        token = sentence[match.first]
        quantities = self.language.numbers.find(self.report.view, start, token.end)
        return any(token.start - q.end < 20 for q in quantities)

    def plausible(self, sentence: Sentence, frame: Frame, argument: Argument) -> Argument | None:
        """The argument as far as its words can stand in its role; None when they cannot."""
        if argument.slot == PRONOUN:
            return argument
        kind = self.kind(sentence, argument.head)
        if argument.role == "actor" and kind in (None, "thing", "place"):
            # Nobody acts who is not known to be able to.
            return None
        if argument.role == "target" and frame.only_agents and kind in (None, "thing"):
            return None
        if argument.role == "place" and kind in _PEOPLE:
            # A town is taken or encircled, and so are the people in it.
            return replace(argument, role="target")
        return argument

    def covered(self, sentence: Sentence, head: int, stop: set[int]) -> tuple[int, int]:
        first, last = self.phrase(sentence, head, stop)
        return first, last + 1

    def roles_suffice(
        self,
        sentence: Sentence,
        trigger: Trigger,
        arguments: Sequence[Argument],
        kinds: frozenset[str],
    ) -> bool:
        return all(
            self.holds(sentence, need, arguments, kinds)
            for need in (trigger.needs_role or "").split("+")
            if need
        )

    def holds(
        self,
        sentence: Sentence,
        need: str,
        arguments: Sequence[Argument],
        kinds: frozenset[str],
    ) -> bool:
        """Whether one need of a trigger is met by the arguments read."""
        if need == "armed":
            return bool(kinds & {"armed", "state", "actor", "nation"})
        if need == "armed-actor":
            return any(
                a.role == "actor"
                and a.slot != PRONOUN
                and self.kind(sentence, a.head) in ("armed", "state")
                for a in arguments
            )
        if need == "powers":
            return self.between_powers(sentence, arguments)
        roles = {
            "person": ("target",),
            "place": ("place", "target"),
            "any": ("actor", "target"),
        }.get(need, (need,))
        barred: tuple[str | None, ...] = (None, "thing")
        if need == "person":
            barred = ("thing", "place")
        for argument in arguments:
            if argument.role not in roles:
                continue
            if argument.slot == PRONOUN:
                if need != "place":
                    return True
            elif need == "target":
                return True
            elif need == "place":
                if self.is_place(sentence, argument.head):
                    return True
            elif self.kind(sentence, argument.head) not in barred:
                return True
        return False

    def between_powers(self, sentence: Sentence, arguments: Sequence[Argument]) -> bool:
        """Whether at least two parties stand in the arguments, one of them armed, a country or
        known to the codebook."""
        roles = [a for a in arguments if a.role in ("actor", "target") and a.slot != PRONOUN]
        heads = sorted({a.head for a in roles})
        kinds = {i: self.kind(sentence, i) for i in heads}
        peoples = [i for i in heads if self.of_nation(sentence, i)]
        powers = {
            i
            for i in heads
            if kinds[i] in ("armed", "nation", "capital")
            or (i in peoples and kinds[i] != "civilian")
            or self.known(sentence, i)
        }
        others = {i for i in heads if kinds[i] in _PARTIES or i in peoples}
        return bool(powers) and len(powers | others) > 1

    def of_nation(self, sentence: Sentence, i: int) -> bool:
        """Whether a noun is a people, or has an adjective or noun of one ("Syrian officials")."""
        first, last = self.phrase(sentence, i, ())
        near = sentence.tokens[first : last + 1]
        return any(nations(self.language.code).of(t.norm) is not None for t in near)

    def known(self, sentence: Sentence, i: int) -> bool:
        """Whether a phrase is an entry of the codebook."""
        first, last = self.phrase(sentence, i, ())
        words = self.report.view[sentence[first].start : sentence[last].end]
        return self.codebook.actor(words, self.language.code, self.report.country) is not None

    def is_place(self, sentence: Sentence, i: int) -> bool:
        return sentence[i].ent == "LOC" or self.kind(sentence, i) in (
            "thing",
            "place",
            "capital",
            "name",
        )

    def means(self, sentence: Sentence) -> list[tuple[int, int, str]]:
        found = []
        i = 0
        while i < len(sentence):
            hit = self.lexicon.means_terms.at(sentence, i)
            if hit is not None and self.is_means(sentence, i, hit[0]):
                found.append((i, hit[0], hit[1]))
                i += hit[0]
            else:
                i += 1
        return found

    def is_means(self, sentence: Sentence, i: int, length: int) -> bool:
        """Whether the words for a means stand for one here: not for a verb that shares its form,
        and not inside the name of an agent ("suicide bomber")."""
        if sentence[i].pos not in ("NOUN", "PROPN", "ADJ", "X", "VERB", "NUM"):
            return False
        if self.lexicon.frames.homographs and sentence[i].pos == "VERB":
            return False
        agent = self.lexicon.agent_terms.around(sentence, i + length - 1)
        return agent is None or agent[0] <= length

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


_PARTIES = ("state", "political", "body", "person", "actor", "place")
_PEOPLE = ("armed", "state", "political", "civilian", "person", "actor")
