"""Countries in a text: what a word of nationality stands for, and which country a report is mostly
about."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from dateline.actors import CountryNames
from dateline.language import loading
from dateline.text import fold

_HEADLINE_WEIGHT = 3


@dataclass(frozen=True)
class Nations:
    """The names of countries and of their people in one language."""

    names: CountryNames

    @cached_property
    def _words(self) -> dict[str, str]:
        return {
            word.casefold(): country.iso2
            for country in self.names.country
            for word in (*country.adjectives, *country.people)
        }

    def of(self, word: str) -> str | None:
        """The ISO code of the country whose people or adjective a word is; None for another word.

        >>> nations("fr").of("libyenne")
        'LY'
        """
        return self._words.get(word.casefold())

    @cached_property
    def _automaton(self) -> Any:
        import ahocorasick

        listed: dict[str, tuple[str, str | None]] = {}
        for country in self.names.country:
            # Those written small last: they are the ones that any writing of the word is.
            for word in (*country.names, *country.people, *country.capitals, *country.adjectives):
                if len(fold(word)) > 3 or word.isupper():
                    listed[fold(word)] = (word, country.iso2)
        for word in self.names.wider:
            listed[fold(word)] = (word, None)
        automaton = ahocorasick.Automaton()
        for folded, known in listed.items():
            automaton.add_word(folded, known)
        automaton.make_automaton()
        return automaton

    def main(self, view: str, headline_end: int = 0) -> str | None:
        """The ISO code of the country a text names most often (by name, people, adjective or
        capital); a word before ``headline_end`` counts three times. None when it names none, or
        two equally often."""
        folded = fold(view)
        counts: Counter[str] = Counter()
        for last, (word, iso2) in self._automaton.iter_long(folded):
            start, end = last - len(word) + 1, last + 1
            inside = (start > 0 and folded[start - 1].isalnum()) or folded[end : end + 1].isalnum()
            if iso2 is not None and not inside and _written(word, view[start:end]):
                counts[iso2] += _HEADLINE_WEIGHT if end <= headline_end else 1
        best = counts.most_common(2)
        if not best or (len(best) == 2 and best[0][1] == best[1][1]):
            return None
        return best[0][0]


def _written(word: str, piece: str) -> bool:
    """Whether a piece of text has the capitals of a word: "US" is no pronoun, "Turkey" no bird."""
    if word.isupper():
        return piece.isupper()
    return piece[0].isupper() or not word[0].isupper()


@cache
def nations(lang: str) -> Nations:
    """The countries' names in a language. Raises ResourceError without a usable file."""
    return Nations(loading.load(CountryNames, "lang", lang, "countries.toml"))
