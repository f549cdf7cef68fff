"""The words of a language compiled for matching: triggers, frames, agents, means, domains, and
the lexical gate.

Every trigger is defined over the form of a word as well as its lemma: the form must begin with one
of the trigger's stems. The gate looks for these stems in the folded text, so what it lets pass is
by construction all that could match, and it costs no recall.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from dateline.language import loading
from dateline.language.events import (
    Agent,
    Agents,
    Domain,
    Domains,
    Events,
    Frame,
    Frames,
    LightVerb,
    MeansFile,
    Trigger,
)
from dateline.language.gate import Gate, Starts, Together, whole, within
from dateline.language.loading import ResourceError
from dateline.syntax import Sentence, Token
from dateline.text import fold

_POS_TABLES = {
    "VERB": ("verb", "adjective"),
    "AUX": ("verb",),
    "NOUN": ("noun", "participle", "verb"),
    "PROPN": ("noun", "participle"),
    "ADJ": ("adjective", "participle", "verb", "finite", "noun"),
    "ADV": ("noun", "participle"),
    "X": ("noun", "participle", "verb"),
    "NUM": ("noun",),
}


@dataclass(frozen=True, slots=True)
class Match:
    """A trigger found in a sentence: its entry, its token, and the tokens of its phrase."""

    trigger: Trigger
    token: int
    first: int
    last: int
    part: str


@dataclass(frozen=True, slots=True)
class _Word:
    """One word of a phrase: the forms or lemmas that may stand there."""

    forms: frozenset[str]
    lemmas: frozenset[str]

    def fits(self, token: Token) -> bool:
        return token.norm in self.forms or token.lemma in self.lemmas


@dataclass(frozen=True, slots=True)
class _Phrase:
    words: tuple[_Word, ...]
    head: int
    trigger: Trigger


_APOSTROPHE = re.compile(r"(?<=\w)'(?=[^\s|])")


def _phrase(pattern: str, trigger: Trigger) -> _Phrase:
    words, head = [], 0
    for n, part in enumerate(_APOSTROPHE.sub("' ", pattern).split()):
        if part.startswith("*"):
            head, part = n, part[1:]
        options = part.split("|")
        lemmas = frozenset(o[6:] for o in options if o.startswith("lemma:"))
        forms = frozenset(o.lower() for o in options if not o.startswith("lemma:"))
        words.append(_Word(forms, lemmas))
    return _Phrase(tuple(words), head, trigger)


# Kinds of means that peaceful reports name as well.
_TOOLS = ("vehicle", "fire", "stone", "other", "aircraft", "helicopter")


@dataclass(frozen=True, slots=True)
class Terms:
    """Words and phrases of one kind each, found in a sentence by form or lemma, longest first."""

    entries: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> Terms:
        """From (word or phrase, kind) pairs; words are lower case."""
        found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for words, kind in pairs:
            spaced = words.lower().replace("'", "' ")
            # A parser may or may not keep a hyphenated word in one piece.
            for variant in dict.fromkeys((spaced, spaced.replace("-", " - "))):
                parts = tuple(variant.split())
                found.setdefault(parts[0], []).append((parts, kind))
        return cls({k: tuple(sorted(v, key=lambda e: -len(e[0]))) for k, v in found.items()})

    def at(self, sentence: Sentence, i: int) -> tuple[int, str] | None:
        """What stands at token ``i``: (number of tokens, kind), None if nothing known."""
        token = sentence[i]
        for key in dict.fromkeys((token.norm, token.lemma)):
            for parts, kind in self.entries.get(key, ()):
                if i + len(parts) <= len(sentence) and all(
                    part in (sentence[i + n].norm, sentence[i + n].lemma)
                    for n, part in enumerate(parts)
                ):
                    return len(parts), kind
        return None

    def around(self, sentence: Sentence, i: int) -> tuple[int, str] | None:
        """What token ``i`` begins or, by itself or with what hangs on it before, ends ("armed
        men"); the longest."""
        best = self.at(sentence, i)
        for first in range(max(0, i - 3), i):
            found = self.at(sentence, first)
            if found is None or first + found[0] != i + 1 or (best and best[0] >= found[0]):
                continue
            if all(sentence[n].head in range(first, i + 1) for n in range(first, i)):
                best = found
        return best

    def kind(self, token: Token) -> str | None:
        """The kind of a single token, by form or lemma."""
        for key in (token.norm, token.lemma):
            for parts, kind in self.entries.get(key, ()):
                if len(parts) == 1:
                    return kind
        return None


@dataclass(frozen=True)
class Lexicon:
    """One language's compiled words. Make it with :func:`load_lexicon`."""

    triggers: tuple[Trigger, ...]
    frames: Frames
    agents: Agents
    means_file: MeansFile
    domains: tuple[Domain, ...]
    _tables: Mapping[str, Mapping[str, tuple[Trigger, ...]]] = field(repr=False)
    _phrases: tuple[_Phrase, ...] = field(repr=False)

    def frame(self, trigger: Trigger) -> Frame:
        """The frame a trigger's arguments are read with."""
        return self.frames.frame[trigger.frame]

    @cached_property
    def by_id(self) -> Mapping[str, Trigger]:
        """The trigger entries by their id."""
        return {trigger.id: trigger for trigger in self.triggers}

    @cached_property
    def _by_first(self) -> Mapping[str, tuple[_Phrase, ...]]:
        found: dict[str, list[_Phrase]] = {}
        for phrase in self._phrases:
            first = phrase.words[0]
            for key in first.forms | first.lemmas:
                found.setdefault(key, []).append(phrase)
        return {k: tuple(sorted(v, key=lambda p: -len(p.words))) for k, v in found.items()}

    def stems(self, lemma: str) -> tuple[str, ...]:
        """What every form of a lemma begins with, folded: from the table of irregular words (where
        "=" stands before a whole form), else the lemma less its ending."""
        irregular = self.frames.stems.get(lemma)
        if irregular is not None:
            return tuple(whole(s[1:]) if s.startswith("=") else fold(s) for s in irregular)
        folded = fold(lemma)
        for ending in self.frames.endings:
            cut = fold(ending)
            if folded.endswith(cut) and len(folded) - len(cut) >= 3:
                return (folded[: -len(cut)],)
        return (folded,)

    @cached_property
    def _word_stems(self) -> Mapping[str, tuple[str, ...]]:
        """The stems of the words of each entry that are no phrase."""
        return {
            t.id: tuple(stem for w in (*t.verb, *t.noun, *t.adjective) for stem in self.stems(w))
            for t in self.triggers
        }

    def _starts(self, trigger: Trigger, token: Token) -> bool:
        return whole(token.norm).startswith(self._word_stems[trigger.id])

    def matches(
        self, sentence: Sentence, fits: Callable[[Match], bool] = lambda match: True
    ) -> list[Match]:
        """Every trigger of a sentence in text order for which ``fits`` holds (its conditions); a
        phrase wins over a word inside it, and several entries of one word are all given, in the
        order of the files."""
        found: list[Match] = []
        taken: set[int] = set()
        for token in sentence:
            starting = list(self._by_first.get(token.norm, ()))
            if token.lemma != token.norm:
                known = {id(p) for p in starting}
                more = self._by_first.get(token.lemma, ())
                starting += [p for p in more if id(p) not in known]
                starting.sort(key=lambda p: -len(p.words))
            for phrase in starting:
                end = token.i + len(phrase.words)
                if end > len(sentence) or taken.intersection(range(token.i, end)):
                    continue
                if not all(w.fits(sentence[token.i + n]) for n, w in enumerate(phrase.words)):
                    continue
                head = token.i + phrase.head
                hits = [
                    match
                    for other in starting
                    if other.words == phrase.words and other.head == phrase.head
                    for match in (Match(other.trigger, head, token.i, end - 1, "phrase"),)
                    if fits(match)
                ]
                if hits:
                    found.extend(hits)
                    taken.update(range(token.i, end))
                    break
        for token in sentence:
            if token.i not in taken:
                found.extend(self._word_matches(sentence, token, fits))
        return sorted(found, key=lambda m: m.token)

    def _word_matches(
        self, sentence: Sentence, token: Token, fits: Callable[[Match], bool]
    ) -> list[Match]:
        for part, key in self._keys(token):
            if part == "verb" and self._is_noun(sentence, token):
                continue
            shown = part
            if part == "verb" and token.pos == "ADJ" and key != token.lemma:
                shown = "finite"
            hits = [
                match
                for trigger in self._tables[part].get(key, ())
                if self._starts(trigger, token)
                for match in (Match(trigger, token.i, token.i, token.i, shown),)
                if fits(match)
            ]
            if hits:
                return hits
        return []

    def _is_noun(self, sentence: Sentence, token: Token) -> bool:
        """ "The fire", "under fire": a noun where verbs look alike, unless something is its subject
        or object."""
        if not self.frames.homographs or token.pos not in ("NOUN", "PROPN", "ADJ"):
            return False
        return not sentence.children(token.i, "nsubj", "obj", "aux")

    def _keys(self, token: Token) -> Iterable[tuple[str, str]]:
        for part in _POS_TABLES.get(token.pos, ()):
            yield part, token.lemma
            if token.norm != token.lemma:
                yield part, token.norm

    # The gate ---------------------------------------------------------------------------------

    @cached_property
    def _gate(self) -> Gate:
        words: dict[str, bool] = {}
        groups: list[Together] = []
        for trigger in self.triggers:
            hard = trigger.strength != "soft" and not trigger.toll
            stems = self._word_stems[trigger.id]
            if trigger.needs and stems:
                needs = tuple(dict.fromkeys(k for need in trigger.needs for k in self._need(need)))
                groups.append(Together((stems, needs), hard, row=False))
                continue
            for stem in stems:
                words[stem] = words.get(stem, False) or hard
        for phrase in self._phrases:
            hard = phrase.trigger.strength != "soft" and not phrase.trigger.toll
            groups.append(Together(self._starts_of(phrase), hard, row=True))
        return Gate.of(words, groups)

    def _starts_of(self, phrase: _Phrase) -> Starts:
        return tuple(
            tuple(
                dict.fromkeys(
                    [whole(f) for f in sorted(word.forms)]
                    + [stem for lemma in sorted(word.lemmas) for stem in self.stems(lemma)]
                )
            )
            for word in phrase.words
        )

    def _need(self, need: str) -> tuple[str, ...]:
        """What shows that a needed word (by form or lemma) or phrase (by its letters) may stand in
        a text."""
        if " " in need or "'" in need:
            return (within(need),)
        return whole(need), *self.stems(need)

    def gate(self, folded: str) -> tuple[bool, bool]:
        """Whether a folded text holds the beginning of any trigger (of a phrase: of its words in a
        row), and of a hard one."""
        return self._gate.look(folded)

    @cached_property
    def _open_gate(self) -> Gate:
        stems = {s: True for t in self.triggers if t.instead for s in self._word_stems[t.id]}
        phrases = (p for p in self._phrases if p.trigger.instead)
        return Gate.of(stems, (Together(self._starts_of(p), True, row=True) for p in phrases))

    @cached_property
    def _means_gate(self) -> Gate:
        terms = (e for entries in self.means_terms.entries.values() for e, _ in entries)
        return Gate.of(
            {},
            (
                Together(tuple((whole(w), *self.stems(w)) for w in words), True, row=True)
                for words in terms
            ),
        )

    @cached_property
    def _armed_gate(self) -> Gate:
        terms = (w.lower().split() for a in self.agents.agent if a.kind == "armed" for w in a.words)
        rows = (tuple((whole(w), *self.stems(w)) for w in words) for words in terms)
        return Gate.of({}, (Together(row, True, row=True) for row in rows))

    def names_armed(self, folded: str) -> bool:
        """Whether a folded text may name an armed agent."""
        return self._armed_gate.look(folded)[0]

    def means_matter(self, folded: str) -> bool:
        """Whether a folded text may hold a trigger whose type hangs on what means are named
        anywhere in the text."""
        return self._open_gate.look(folded)[0]

    def names_means(self, folded: str) -> bool:
        """Whether a folded text may name a weapon or other means."""
        return self._means_gate.look(folded)[0]

    # Words for agents, things and means -------------------------------------------------------

    @cached_property
    def agent_terms(self) -> Terms:
        """Nouns and adjectives for people and bodies, with their kind."""
        return Terms.of((w, a.kind) for a in self.agents.agent for w in a.words)

    @cached_property
    def armed_words(self) -> frozenset[str]:
        """The single words for armed agents and for weapons, lower case."""
        armed = (w for a in self.agents.agent if a.kind == "armed" for w in a.words)
        weapons = (w for m in self.means_file.means if m.kind not in _TOOLS for w in m.words)
        return frozenset(w.lower() for w in (*armed, *weapons) if " " not in w)

    @cached_property
    def loaded_terms(self) -> Terms:
        """The agent words that take a side."""
        return Terms.of((w, "loaded") for a in self.agents.agent if a.loaded for w in a.words)

    @cached_property
    def thing_terms(self) -> Terms:
        """Nouns for objects and places that can be attacked."""
        return Terms.of((w, "thing") for w in self.agents.thing)

    @cached_property
    def means_terms(self) -> Terms:
        """Words for weapons and other means, with their kind."""
        return Terms.of((w, m.kind) for m in self.means_file.means for w in m.words)

    @cached_property
    def prepositions(self) -> Mapping[str, tuple[str, ...]]:
        """The roles a preposition may give, by its words."""
        found: dict[str, tuple[str, ...]] = {}
        for entry in self.frames.preposition:
            for words in entry.words:
                found[words] = (*found.get(words, ()), entry.role)
        return found

    @cached_property
    def light_verbs(self) -> Mapping[str, tuple[LightVerb, ...]]:
        """Verbs that lend their arguments to a noun, by lemma."""
        found: dict[str, tuple[LightVerb, ...]] = {}
        for entry in self.frames.light_verb:
            for verb in entry.verb:
                found[verb] = (*found.get(verb, ()), entry)
        return found


def _tables(
    triggers: Iterable[Trigger], frames: Frames
) -> dict[str, dict[str, tuple[Trigger, ...]]]:
    tables: dict[str, dict[str, tuple[Trigger, ...]]] = {
        "verb": {},
        "noun": {},
        "adjective": {},
        "participle": {},
        "finite": {},
    }

    def add(part: str, word: str, trigger: Trigger) -> None:
        known = tables[part].get(word, ())
        if trigger not in known:
            # An entry with conditions is tried before one without.
            both = sorted((*known, trigger), key=lambda t: not (t.needs or t.needs_role))
            tables[part][word] = tuple(both)

    for trigger in triggers:
        for part in ("verb", "noun", "adjective"):
            for word in getattr(trigger, part):
                add(part, word, trigger)
        for verb in trigger.verb:
            for part, table in (("participle", frames.participle), ("finite", frames.finite)):
                for forms in table:
                    if verb.endswith(forms.of):
                        for form in forms.forms:
                            add(part, verb[: -len(forms.of)] + form, trigger)
    return tables


def load_lexicon(code: str) -> Lexicon:
    """The compiled lexicon of a language. Raises ResourceError for a missing or broken file, an
    unknown frame, or an id given twice."""
    frames = loading.load(Frames, "lang", code, "frames.toml")
    triggers: list[Trigger] = []
    folder = loading.resource("lang", code, "events")
    for path in sorted(folder.iterdir(), key=lambda p: p.name):
        if not path.name.endswith(".toml"):
            continue
        name = f"lang/{code}/events/{path.name}"
        for trigger in loading.load(Events, "lang", code, "events", path.name).trigger:
            if trigger.frame not in frames.frame:
                raise ResourceError(f"{name}: {trigger.id}: no frame {trigger.frame!r}")
            if any(t.id == trigger.id for t in triggers):
                raise ResourceError(f"{name}: {trigger.id}: this id is given twice")
            triggers.append(trigger)
    phrases = tuple(_phrase(p, t) for t in triggers for p in t.phrase)
    return Lexicon(
        triggers=tuple(triggers),
        frames=frames,
        agents=loading.load(Agents, "lang", code, "agents.toml"),
        means_file=loading.load(MeansFile, "lang", code, "means.toml"),
        domains=loading.load(Domains, "lang", code, "domains.toml").domain,
        _tables=_tables(triggers, frames),
        _phrases=phrases,
    )


__all__ = ["Agent", "Lexicon", "Match", "Terms", "load_lexicon"]
