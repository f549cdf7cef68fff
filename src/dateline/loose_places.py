"""Places that a sentence names without a listed name: names that no list holds, adjectives of
countries, and places named by what they are to the report ("the capital", "to the north")."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dateline.gazetteer import Gazetteer
from dateline.gazetteer.resolve import Meaning
from dateline.gazetteer.spans import Word, ends
from dateline.language.places import Cue, PlaceWords
from dateline.placenames import LOCATIVE, SITES, Toponym, covered, hang, tokens_of
from dateline.syntax import Sentence, Token

_LONGEST_ADJECTIVE = 3
_ABBREVIATION = 5
_NAMING = ("appos", "nmod", "conj", "flat", "amod")


@dataclass(frozen=True)
class LoosePlaces:
    """Finds them in one report, whose countries ``meaning`` knows."""

    words: PlaceWords
    gazetteer: Gazetteer
    meaning: Meaning
    sites: frozenset[str] = frozenset()
    """Keys of the names that the report introduces as those of a building or site."""

    def of(
        self, sentence: Sentence, view: str, listed: list[Word], found: list[Toponym]
    ) -> list[Toponym]:
        """Those of a sentence, given its view, its words and the listed places found in it."""
        more = list(self._unlisted(sentence, view, listed, found))
        more += self._adjectives(sentence, view, found + more)
        more += self._deictic(sentence, view, found + more)
        return more

    def _unlisted(
        self, sentence: Sentence, view: str, listed: list[Word], found: list[Toponym]
    ) -> Iterator[Toponym]:
        """Names that no list holds but that the words around or the parser say are places."""
        taken = {at - sentence.start for at in covered(found)}
        at = 0
        while at < len(listed):
            first = listed[at]
            if not (first.capital or joined_to_capital(self.words, view, listed, at)):
                at += 1
                continue
            longest = at
            toponym = None
            for last in ends(view, listed, at, anything=False, links=self.words.connectors):
                longest = max(longest, last)
                if last < longest and not _may_end(view, listed, last):
                    continue
                if taken.isdisjoint(range(first.start, listed[last].end)):
                    toponym = self._unlisted_at(sentence, view, first, listed[last])
                    if toponym is not None:
                        longest = last
                        break
            if toponym is not None:
                yield toponym
            at = longest + 1

    def _unlisted_at(
        self, sentence: Sentence, view: str, first: Word, last: Word
    ) -> Toponym | None:
        start, end = first.start, last.end
        tokens = tokens_of(sentence, start + sentence.start, end + sentence.start)
        if not tokens:
            return None
        cue, behind = self.words.around(view, start, end)
        cue = self._noun_of(sentence, tokens, cue)
        called = behind is not None and behind.rule.noun is not None
        if not self._looks_placed(view[start:end], cue, tokens, called):
            return None
        if self.words.file.bare and cue.noun is None and self._has_article(sentence, tokens):
            return None
        if cue.rule == "none" and sentence.children(hang(sentence, tokens), "det"):
            # "The Xs" are people, if nothing says that they are a place.
            return None
        if cue.noun in ("spot", "street", "road", "water") and cue.noun_start is not None:
            start = cue.noun_start
        elif behind is not None and behind.rule.noun == cue.noun == "spot":
            end += behind.end
        token = hang(sentence, tokens)
        return Toponym(
            start + sentence.start,
            end + sentence.start,
            "unlisted",
            cue,
            token,
            within=names_a_body(sentence, token, self.words),
        )

    def _has_article(self, sentence: Sentence, tokens: tuple[Token, ...]) -> bool:
        """Whether an article stands before a name ("the X"), in a language where it makes it none
        of a place."""
        first = tokens[0].i
        before = sentence[first - 1] if first > 0 else None
        return before is not None and before.pos == "DET" and tokens[-1].ent != "LOC"

    def _noun_of(self, sentence: Sentence, tokens: tuple[Token, ...], cue: Cue) -> Cue:
        """The cue, with the place noun that the name stands in apposition to ("two towns of the
        valley, X and Y")."""
        token = sentence[hang(sentence, tokens)]
        noun = sentence[token.head]
        apart = any(t.pos == "PUNCT" for t in sentence.tokens[noun.i + 1 : token.i])
        if cue.kind != "none" or cue.noun is not None or not apart or token.pos != "PROPN":
            return cue
        kind = self.words.nouns.get(noun.norm)
        counted = sentence.children(noun.i, "det", "nummod")
        person = any(t.ent == "PER" for t in tokens)
        if not counted or person:
            return cue
        if kind not in ("settlement", "region") or token.dep.split(":")[0] not in _NAMING:
            return cue
        return replace(cue, rule="apposition", noun=kind, owner=noun.norm)

    def _looks_placed(self, name: str, cue: Cue, tokens: tuple[Token, ...], called: bool) -> bool:
        """Whether the words around, or the parser, say that an unlisted name is a place;
        ``called``: a place noun stands behind it."""
        key = self.words.key(name)
        if key in self.meaning.surnames and not called and cue.noun is None:
            return False
        named = cue.noun in SITES
        # "The X quarter" may be called after a people; "a station in the X ..." is not.
        called_after = named and not (cue.linked and self.words.file.bare)
        if key in self.words.not_places or (key in self.words.adjectives and not called_after):
            return False
        if name.isupper() and len(name) <= _ABBREVIATION:
            return False
        tags = {t.ent for t in tokens}
        if tags == {"LOC"}:
            return tokens[0].i > 0 or tokens[0].pos == "PROPN"
        if cue.rule == "apposition" or (called and tokens[-1].pos == "PROPN"):
            return len(name) > 3
        if cue.kind not in LOCATIVE:
            return False
        if cue.noun is not None:
            return True
        return (
            cue.sure
            and (tags <= {"", "LOC", "MISC"} or cue.placed or key in self.sites)
            and len(name) > 3
            and tokens[0].pos in ("PROPN", "X")
        )

    def _adjectives(self, sentence: Sentence, view: str, found: list[Toponym]) -> Iterator[Toponym]:
        taken = covered(found)
        done = 0
        for first in sentence:
            for size in range(_LONGEST_ADJECTIVE, 0, -1):
                tokens = sentence.tokens[first.i : first.i + size]
                start, end = tokens[0].start, tokens[-1].end
                words = view[start - sentence.start : end - sentence.start]
                if start < done or len(tokens) < size or not taken.isdisjoint(range(start, end)):
                    continue
                if size > 1 and self.words.key(words) in self.words.wider:
                    done = end
                    break
                codes = self.words.people(words)
                if not codes:
                    continue
                done = end
                code = max(codes, key=lambda c: self.meaning.shares.get(c, 0.0))
                cue = self.words.before(view[: start - sentence.start])
                if cue.kind not in ("in", "near") or cue.noun is None or cue.linked:
                    cue = Cue("none", "adjective", start - sentence.start)
                entry = self.gazetteer.country(code)
                yield Toponym(start, end, "adjective", cue, tokens[-1].i, entry, code)
                break

    def _deictic(self, sentence: Sentence, view: str, found: list[Toponym]) -> Iterator[Toponym]:
        taken = covered(found)
        for match in self.words.deictic(view):
            start, end = match.start + sentence.start, match.end + sentence.start
            tokens = tokens_of(sentence, start, end)
            if not tokens or not taken.isdisjoint(range(start, end)):
                continue
            cue = self.words.before(view[: match.start])
            token = hang(sentence, tokens)
            country = self.meaning.main
            following = sentence[tokens[-1].i + 1] if tokens[-1].i + 1 < len(sentence) else None
            nation = following and self.words.key(following.text) in self.words.adjectives
            if match.means == "unnamed":
                if not nation:
                    yield Toponym(start, end, "unnamed", cue, token)
            elif match.means == "capital":
                # "the Somali capital" is said beside its name; it is the name that is wanted.
                name = self.words.capital_of.get(country or "")
                named = following and any(t.token == following.i for t in found)
                if name is None or country is None or nation or named:
                    continue
                entries = self.gazetteer.lookup(name, country)
                yield Toponym(
                    start, end, "capital", cue, token, entries[0] if entries else None, country
                )
            else:
                entry = self.gazetteer.country(country) if country else None
                yield Toponym(start, end, "homeland", cue, token, entry, country)


def _may_end(view: str, listed: list[Word], last: int) -> bool:
    """Whether a name may end before the words that are joined to it: at a link between names."""
    following = listed[last + 1]
    return not following.capital and view[listed[last].end : following.start] == " "


def joined_to_capital(words: PlaceWords, view: str, listed: list[Word], at: int) -> bool:
    """Whether a lower-case word begins a name: an article joined to a capital ("al-Bab")."""
    if at + 1 >= len(listed) or listed[at].text.lower() not in words.connectors:
        return False
    following = listed[at + 1]
    return following.capital and view[listed[at].end : following.start] == "-"


def names_a_body(sentence: Sentence, token: int, words: PlaceWords) -> bool:
    """Whether a name is what a body is called ("the agency X", "the press agency X"): it hangs on
    a noun for one with no preposition between."""
    noun = sentence[token]
    if sentence.children(token, "case"):
        return False
    for _ in range(2):
        head = sentence.head(noun.i)
        if head is None or head.pos != "NOUN" or noun.dep.split(":")[0] not in _NAMING:
            return False
        between = sentence.tokens[head.i + 1 : token] if head.i < token else ()
        if head.i > token or any(t.pos == "PUNCT" and t.text != '"' for t in between):
            return False
        if words.holds(head.text):
            return True
        noun = head
    return False
