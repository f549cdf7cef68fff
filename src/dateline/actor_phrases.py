"""Which actor a noun phrase is: its head decides.

"Forces loyal to X" is X's; "a chief of police" is no police; "the police" is a country's that the
caller must name; "soldiers of the mission M" is the mission, since the name tells more than the
common noun. The words all this hangs on are data (``lang/<code>/actors.toml``).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from dateline.actor_names import (
    BREAK,
    WORD,
    ActorMatch,
    ActorNames,
    Candidate,
    choice,
    searched,
)
from dateline.actors import InstitutionWords, Member, Via
from dateline.text import view as plain_view

# Code points from a head to the name it belongs to: farther off, it is about something else.
_REACH = 120


class ActorPhrases:
    """Noun phrases of one language, read with the names of its actors."""

    def __init__(self, names: ActorNames) -> None:
        words = names.words
        self._names, self._words = names, words
        of = choice([word.removesuffix("'") for word in words.of])
        after = (*words.qualifiers, *words.followers)
        self._qualified = re.compile(rf"(?:\W*{choice(after)})*\W*$")
        after = (*after, *words.town_qualifiers)
        self._qualified_town = re.compile(rf"(?:\W*{choice(after)})*\W*$")
        self._joined = re.compile(rf"(?: \w+){{0,2}} {of}[ ']+")
        self._of = re.compile(rf" {of}[ ']+")
        self._fillers = {searched(word) for word in words.fillers}
        self._blocks = {searched(word) for word in words.blocks}
        cuts = choice(words.cuts)
        self._cut = re.compile(rf"{self._of.pattern}|{BREAK.pattern}|(?<!\w){cuts}")
        self._befriended = re.compile(rf"[^\W_]+-{choice(words.befriended)} *", re.IGNORECASE)
        self._marks = {searched(mark) for mark in words.possessives}
        self._members: defaultdict[str, list[Member]] = defaultdict(list)
        for member in words.member:
            for word in member.words:
                self._members[searched(word)].append(member)
        self._member = re.compile(choice(list(self._members)))
        # "The forces of general X" and "the forces of the general, X".
        titles = [word for member in words.member if member.named for word in member.words]
        self._title = re.compile(rf"(?<!\w){choice(titles)}")

    def actor(self, text: str, country: str | None = None) -> ActorMatch | None:
        """The actor that a noun phrase is, or None. ``country``: where it was said to happen."""
        shown = plain_view(text)
        plain = searched(shown)
        words = list(WORD.finditer(plain))
        candidates = self._names.candidates(shown, plain, country)
        for match, kept, alone in candidates:
            head = self._first(shown, words, match.start)
            if head is not None:
                found = self._part(plain, head.start(), match, kept)
            elif (nearer := self._specified(shown, plain, match, candidates)) is not None:
                found = nearer
            elif alone and kept is not None:
                inner = candidates[-1][0].start >= match.end
                whole = self._whole(shown, plain, match.end, kept)
                found = match if whole else self._headed(plain, match, kept, alone)
                found = None if inner else found
            else:
                found = self._headed(plain, match, kept, False)
            if found is not None:
                return found
        content = next((w for w in words if not self._passed(w[0])), None)
        return None if content is None else self._metonym(shown, plain, content.start(), country)

    def _first(
        self, shown: str, words: Sequence[re.Match[str]], before: int
    ) -> re.Match[str] | None:
        """The first word in front of ``before`` that says what a phrase is; a word that only names
        a friend ("X-backed") does not."""
        done = 0
        for word in words:
            if word.start() >= before:
                return None
            if word.start() < done or self._passed(word[0]):
                continue
            friend = self._befriended.match(shown, word.start())
            if friend is None or friend.end() > before:
                return word
            done = friend.end()
        return None

    def _passed(self, word: str) -> bool:
        return word.isdecimal() or word in self._fillers

    def _headed(
        self, plain: str, match: ActorMatch, kept: InstitutionWords | None, alone: bool
    ) -> ActorMatch | None:
        """A phrase that begins with the actor: where the head comes last ("X fighters") it must be
        the actor itself or a word for a part of it. An institution that stands ``alone`` is
        another's if "of" follows."""
        if self._words.head == "first":
            return None if alone else match
        rest = plain[match.end :]
        cut = self._cut.search(rest)
        chunk = rest[: cut.start()] if cut else rest
        last = list(WORD.finditer(chunk))
        if not last or chunk.strip() in self._marks:
            return None if alone and self._of.match(rest) else match
        for word in last:
            member = self._member.match(chunk, word.start())
            if member is not None and not chunk[member.end() :].strip():
                return self._as_part(member[0], match, kept)
        return None

    def _part(
        self, plain: str, start: int, match: ActorMatch, kept: InstitutionWords | None
    ) -> ActorMatch | None:
        """A phrase whose head, at ``start``, stands before the actor."""
        head = self._member.match(plain, start)
        if head is None or not 0 <= match.start - head.end() <= _REACH:
            return None
        between = plain[head.end() : match.start]
        if kept is not None and self._words.head == "last" and not between.strip():
            return None  # "The rebel army": a word for what the army is like.
        title, comma, after = between.rpartition(",")
        if comma and not after.strip(" '") and self._title.search(title):
            between = title
        if BREAK.search(between) or any(w in self._blocks for w in WORD.findall(between)):
            return None
        return self._as_part(head[0], match, kept)

    def _as_part(
        self, word: str, match: ActorMatch, kept: InstitutionWords | None
    ) -> ActorMatch | None:
        for member in self._members[word]:
            if (member.only and match.kind not in member.only) or (member.named and kept):
                continue
            loaded = match.loaded or member.loaded or match.kind in member.loaded_for
            return match._replace(loaded=loaded, via="voice" if member.voice else "part")
        return None

    def _specified(
        self, shown: str, plain: str, match: ActorMatch, candidates: Sequence[Candidate]
    ) -> ActorMatch | None:
        """The actor that a phrase names behind a common noun ("soldiers of X of Y"): the noun is a
        body of many states or groups, the name tells which."""
        if not shown[match.start : match.end].islower():
            return None
        for other, kept, _ in candidates:
            if other.start < match.end or kept or other.via not in ("name", "metonym"):
                continue
            between = plain[match.end : other.start]
            blocked = any(word in self._blocks for word in WORD.findall(between))
            named = not shown[other.start : other.end].islower()
            if named and not blocked and self._joined.fullmatch(between):
                return self._part(plain, match.start, other, None)
        return None

    def _whole(self, shown: str, plain: str, end: int, kept: InstitutionWords) -> bool:
        """Whether what follows an institution named alone leaves it its country's: nothing, a
        qualifier, a clause, or, for one that may be a town's, the name of a town."""
        rest = plain[end:]
        following = WORD.search(rest)
        qualified = self._qualified_town if kept.local else self._qualified
        if following is None or qualified.match(rest) or rest.lstrip()[:1] in ",;:(":
            return True
        if following[0] in self._blocks:
            return True
        of = self._of.match(rest) if kept.local else None
        return of is not None and shown[end + of.end() : end + of.end() + 1].isupper()

    def _metonym(
        self, shown: str, plain: str, start: int, country: str | None
    ) -> ActorMatch | None:
        """A country, its capital or its adjective, alone, for its government."""
        for hit in self._names.hits(shown, plain):
            if hit.start != start or plain[hit.end :].strip(" .'"):
                continue
            owners = {
                s.ref: s.role
                for s in sorted(hit.senses, key=lambda s: s.role != "capital")
                if s.role in ("country", "capital")
                or (s.role == "adjective" and shown[hit.start].islower())
            }
            if len(owners) > 1:
                owners = {ref: role for ref, role in owners.items() if ref == country}
            for ref, role in owners.items():
                via: Via = "capital" if role == "capital" else "metonym"
                return self._names.state("government", ref, hit.start, hit.end, False, via)
        return None
