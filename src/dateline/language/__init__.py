"""A language is a folder of TOML under ``resources/lang/<code>``; this package loads, validates
and compiles it. No word of any language stands in Python."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property

from dateline.language import loading
from dateline.language.attribution import AttributionRules, load_attribution
from dateline.language.casing import Caser, load_casing, oddly_cased
from dateline.language.lexicon import Lexicon, load_lexicon
from dateline.language.loading import ResourceError, Rules
from dateline.language.numbers import Numbers, load_numbers
from dateline.language.places import PlaceWords, load_places
from dateline.language.time import TimeGrammar, load_time
from dateline.text import view


class About(Rules):
    """``language.toml``: the resource version, the language's name and its parser's package.
    complete: whether every event type can be coded in every form (``coverage.toml``)."""

    version: str
    name: str
    parser: str
    complete: bool = False


@dataclass(frozen=True)
class Language:
    """One language's resources, each part loaded when first asked for."""

    code: str
    about: About

    @cached_property
    def version(self) -> str:
        """What provenance calls this language's resources: "fr@1"."""
        return f"{self.code}@{self.about.version}"

    @cached_property
    def casing(self) -> Caser | None:
        """How a text all in capitals is read; None where the language says nothing of it."""
        return load_casing(self.code)

    def view(self, text: str) -> str:
        """The matching view of a text (:func:`dateline.text.view`), capitals read as ordinary
        case."""
        seen = view(text)
        return self.casing.read(seen) if self.casing is not None and oddly_cased(seen) else seen

    @cached_property
    def lexicon(self) -> Lexicon:
        """What names a happening, who can act, with what: compiled for matching."""
        return load_lexicon(self.code)

    @cached_property
    def time(self) -> TimeGrammar:
        """Expressions of time."""
        return load_time(self.code)

    @cached_property
    def numbers(self) -> Numbers:
        """Number words, approximations, and the words of casualties."""
        return load_numbers(self.code)

    @cached_property
    def attribution(self) -> AttributionRules:
        """Cues of speakers, evidence, modality and negation."""
        return load_attribution(self.code)

    @cached_property
    def places(self) -> PlaceWords:
        """Words around place names, exonyms, directions."""
        return load_places(self.code)


def available() -> tuple[str, ...]:
    """The codes of the languages that have a folder, in order."""
    root = loading.resource("lang")
    return tuple(sorted(p.name for p in root.iterdir() if p.joinpath("language.toml").is_file()))


@cache
def language(code: str) -> Language:
    """The language of this code. Raises ResourceError for one that has no folder."""
    if code not in available():
        known = ", ".join(available())
        raise ResourceError(f"no resources for the language {code!r}; there are: {known}")
    return Language(code, loading.load(About, "lang", code, "language.toml"))
