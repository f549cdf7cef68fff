"""Who and what in a claim fills which role of a MUC-4 incident, and what a target is: a person, a
thing, or of the forces or the outlaws, against whom the task's acts are none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

from dateline.codebook import Codebook
from dateline.gold.muc_incidents import Filler
from dateline.gold.muc_words import MucWords
from dateline.language import Language
from dateline.model import Actor, Claim, Span
from dateline.text import fold

__all__ = ["Roles"]

_LAWFUL = ("state", "political", "civilian")
_ABBREVIATION = 8
"""The longest word taken for an abbreviation, in letters."""


class Roles:
    """Reads the roles of claims of one language."""

    def __init__(self, words: MucWords, language: Language, codebook: Codebook) -> None:
        self.words = words
        self.language = language
        self.codebook = codebook

    def fillers(self, claim: Claim, text: str) -> list[Filler]:
        """What fills the roles of a claim's incident. Several men hit are several fillers, and a
        toll that says who names the same again; fillers are compared by their heads."""
        found: list[Filler] = []
        for actor in claim.actors:
            found += self.perpetrator(actor, claim, text)
        for target in claim.targets:
            sort = self.sort(claim, target)
            built = set(self.words.singulars(self.words.head(target.text))) & self._things
            if sort == "thing" or (sort == "force" and built):
                found.append(filler(target, "Target"))
            elif sort not in ("unsaid", "outlaw"):
                found.append(filler(target, "Victim"))
        for toll in claim.casualties:
            harmed = toll.kind != "arrested" and toll.max != 0
            if harmed and self.sort(claim, toll) not in ("unsaid", "outlaw"):
                found.append(filler(toll, "Victim"))
        none = self.words.means.none
        found += [filler(m, "Weapon") for m in claim.means if m.kind not in none]
        return found

    def perpetrator(self, actor: Span, claim: Claim, text: str) -> list[Filler]:
        """A phrase for a perpetrator as an individual, an organisation, or both ("fighters of X",
        where the codebook knows X). A group that is not called anything is nobody."""
        words = self.words
        head = words.head(actor.text)
        if words.plain(actor.text) in words.bodies.nobody:
            return []
        name = self._name(actor, claim)
        if name is None:
            body = words.is_body(head) or self._abbreviation(head, text)
            known = getattr(actor, "id", None) is not None and self.named(actor)
            return [filler(actor, "PerpOrg" if body or known else "PerpInd")]
        if name.role == "PerpInd":
            return [name]
        if words.is_group(head):
            return [filler(actor, "PerpOrg")]
        if words.is_body(head):
            return [name]
        if words.head(name.text) != head:
            return [filler(actor, "PerpInd"), name]
        # The codebook may know the fighters by the name of the organisation and a noun.
        called = name.text[: name.text.lower().rfind(head)].rstrip()
        if not called or not self._titles & set(words.singulars(head)):
            return [name]
        name = Filler(name.start, name.start + len(called), called, name.role)
        return [filler(actor, "PerpInd"), name]

    def _name(self, actor: Span, claim: Claim) -> Filler | None:
        """The organisation that a phrase names, or the leader that it is; None if neither."""
        code, codebook = self.language.code, self.codebook
        country = next((p.country for p in claim.places if p.country), None)
        found = codebook.actor(actor.text, code, country)
        if found is None or found.via in ("metonym", "capital"):
            inside = codebook.find(actor.text, code, country)
            found = next((m for m in inside if m.via == "name"), None)
        if found is None:
            return None
        if found.via == "leader":
            return filler(actor, "PerpInd")
        start, end = found.start, found.end
        return Filler(actor.start + start, actor.start + end, actor.text[start:end], "PerpOrg")

    @staticmethod
    def _abbreviation(word: str, text: str) -> bool:
        """Whether a word stands for what a text explains in brackets behind it, or itself stands
        in brackets behind what it is short for."""
        if len(word) > _ABBREVIATION:
            return False
        short = re.escape(word.upper())
        aside = re.search(rf"\b{short}\b\s*[\[(]\w+\s\w+", text)
        return bool(aside or re.search(rf"\w\s+[^\W\d]+\s*[\[(]{short}[\])]", text))

    def sort(self, claim: Claim, target: Span) -> str:
        """What a target is: "force", "outlaw", "person", "thing", or "unsaid"."""
        words = self.words
        head = words.head(target.text)
        if words.is_area(head) or words.is_toll(head) or not self._named(head):
            return "unsaid"
        known = getattr(target, "id", None)
        kind = self.codebook.kind_of(known) if known else None
        if kind in words.forces.kinds or (kind is None and words.is_force(head)):
            return "force"
        if kind in words.forces.outlaws or getattr(target, "civilian", None) is False:
            return "outlaw"
        forms = set(words.singulars(head))
        harmed = any(c.start < target.end and target.start < c.end for c in claim.casualties)
        if claim.type in words.foes.claims and not harmed:
            return "person" if getattr(target, "civilian", None) else "force"
        if harmed or claim.type in words.people.claims:
            return "outlaw" if forms & self._kinds.get("armed", frozenset()) else "person"
        if forms & self._things and getattr(target, "civilian", None) is None:
            return "force" if any(map(words.is_force, words.tokens(target.text))) else "thing"
        if getattr(target, "civilian", None) or any(forms & w for w in self._kinds.values()):
            return "person"
        # "Inspector Luz": the name is unknown, its title is not.
        if any(set(words.singulars(w)) & self._titles for w in words.tokens(target.text)):
            return "person"
        return "thing" if claim.type in words.things.claims else "person"

    def certain(self, span: Span, text: str) -> bool:
        """Whether words name, count or point to somebody or something, and are no bare plural
        ("journalists are killed") nor people in general."""
        head = self.words.head(span.text)
        if self._vague(head):
            return False
        before = text[max(0, span.start - 20) : span.start]
        given = (*self.words.tokens(before)[-1:], *self.words.tokens(span.text)[:1])
        if any(map(self.words.is_determiner, given)):
            return True
        return not self._plural(head) or self._counts(span.text)

    def _vague(self, head: str) -> bool:
        return self.words.is_area(head) or self.words.is_toll(head) or self.words.is_mass(head)

    def _plural(self, head: str) -> bool:
        known = self._titles | self._things
        return any(one in known for one in self.words.singulars(head)[1:])

    def counted(self, span: Span) -> bool:
        """Whether words count people in general."""
        return self.words.is_mass(self.words.head(span.text)) and self._counts(span.text)

    def named(self, span: Span) -> bool:
        """Whether the head of some words is a name: no word that the language knows for people."""
        head = self.words.head(span.text)
        forms = set(self.words.singulars(head))
        return not self._vague(head) and not forms & (self._titles | self._things)

    def is_force(self, actor: Actor) -> bool:
        """Whether an actor is of an army or the police."""
        kind = self.codebook.kind_of(actor.id) if actor.id else None
        return kind in self.words.forces.kinds or (
            kind is None and self.words.is_force(self.words.head(actor.text))
        )

    def is_lawful(self, actor: Actor) -> bool:
        """Whether an actor is a state, a party, a civilian, or somebody known by name only."""
        kind = self.codebook.kind_of(actor.id) if actor.id else None
        if kind is not None:
            return kind not in self.words.forces.outlaws
        forms = set(self.words.singulars(self.words.head(actor.text)))
        known = {kind for kind, words in self._kinds.items() if forms & words}
        return not known or bool(known & set(_LAWFUL))

    def _named(self, head: str) -> bool:
        return bool(head) and not head[0].isdigit() and not self._counts(head)

    def _counts(self, text: str) -> bool:
        found = self.language.numbers.find(text, 0, len(text))
        return bool(found) or any(letter.isdigit() for letter in text)

    @cached_property
    def _things(self) -> frozenset[str]:
        return frozenset(fold(w).split()[-1] for w in self.language.lexicon.agents.thing)

    @cached_property
    def _kinds(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for agent in self.language.lexicon.agents.agent:
            single = (fold(w) for w in agent.words if " " not in w)
            found.setdefault(agent.kind, set()).update(single)
        return {kind: frozenset(words) for kind, words in found.items()}

    @cached_property
    def _titles(self) -> frozenset[str]:
        return frozenset[str]().union(*self._kinds.values()) - self._things


def filler(span: Span, role: str) -> Filler:
    """A piece of a claim as the filler of a role."""
    return Filler(span.start, span.end, span.text, role)
