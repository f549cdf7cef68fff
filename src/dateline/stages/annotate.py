"""annotate: parse the paragraphs that are worth it. The only stage that knows spaCy.

One paragraph at a time, on the matching view, so that a headline or a line break is always a
sentence boundary and typographic marks do not disturb the parse. Lemmas are made only for the
tokens a rule may ask about.
"""

from __future__ import annotations

import gc
import importlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from dateline.model import Span
from dateline.syntax import Sentence, Token
from dateline.trees import corrected
from dateline.universal import is_clear, universal

_LONG_PATTERN = 100_000
_LONG_RUN = re.compile(r"\S{400,}")
_ELISION_GAP = re.compile(r"\b[^\W\d_]{1,2}'( +)(?=\w)")
# "the Liberation Army (LA) attacked", "LA [Liberation Army] fighters": another name of the same, in
# brackets, which only parts what the sentence joins.
_ALIAS = re.compile(
    r"(?<=[^\W\d_])( ?[(\[](?:[^\W\d_a-z]{2,10}(?:-[^\W\d_a-z]{1,8})?)[)\]])"
    r"|\b[^\W\d_a-z]{2,10}( ?\[[^\[\]\n]{4,120}\])"
)
_ENDS = frozenset('.!?:;"\u2026')
_LONG_SENTENCE = 120
_LABEL = re.compile(r"[^\n:.,;!?]{2,60}? ?: +(?=\S)")
_LEMMATIZED = frozenset({"VERB", "NOUN", "ADJ", "AUX", "ADV"})
_INDEX = "lemma_index"
_KNOWN_LEMMAS = 200_000


class Parser:
    """A loaded language model. Make one with :func:`parser`; it is reused by every report.
    ``universal``: whether its labels are Universal Dependencies (else they are ClearNLP's)."""

    def __init__(self, nlp: Any, lemma: Callable[[Any], str]) -> None:
        self._nlp = nlp
        self._lemma = lemma
        self.universal = not is_clear(nlp.pipe_labels["parser"])

    def parse(self, texts: Sequence[str]) -> Iterable[Any]:
        return self._nlp.pipe(texts, batch_size=32)  # type: ignore[no-any-return]

    def lemma(self, token: Any) -> str:
        return self._lemma(token)


@contextmanager
def _letter_classes_as_shorthand() -> Iterator[None]:
    """While a model loads: in very long patterns, write the parser's list of all letters as the
    shorthand it stands for.

    The French tokenizer's pattern of hyphenated words repeats that list a thousand times (1.4 MB);
    compiling it takes three of the five seconds of loading. Digits and the underscore are in the
    shorthand too, which no pattern of that tokenizer can tell apart in a real word: the tokens of
    every French report tried are the same (tests/stages/test_annotate.py).
    """
    from spacy.lang.char_classes import ALPHA, ALPHA_LOWER

    compile_ = re.compile

    def compile_short(pattern: Any, flags: Any = 0) -> Any:
        if isinstance(pattern, str) and len(pattern) > _LONG_PATTERN:
            pattern = pattern.replace(ALPHA, r"\w").replace(ALPHA_LOWER, r"\w")
        return compile_(pattern, flags)

    re.compile = compile_short
    try:
        yield
    finally:
        re.compile = compile_


@lru_cache(maxsize=4)
def parser(package: str) -> Parser:
    """Load the model of this package (kept for the process). Takes about a second.

    Left out are the 700,000 strings of its vocabulary, which only give names back to numbers: the
    labels are added below, and every word of a text is added as it is read. They cost half of
    the time and a third of the memory of loading; the parse is the same.
    """
    module = importlib.import_module(package)
    with _letter_classes_as_shorthand():
        nlp = module.load(exclude=["lemmatizer", "strings"])
    for labels in nlp.pipe_labels.values():
        for label in labels:
            nlp.vocab.strings.add(label)
    made = Parser(nlp, _lemmatizer(nlp))
    # None of this is ever garbage: collecting would go through it again and again, and once more
    # before the process may end (half a second).
    gc.freeze()
    return made


def _lemmatizer(nlp: Any) -> Callable[[Any], str]:
    """The lemma of a token, lower case, after the model's own tables; the word itself where a model
    has none. Every (word, part of speech) is looked up once."""
    from spacy.util import load_config

    components = load_config(nlp.path / "config.cfg")["components"]
    if "lemmatizer" not in components:
        return lambda token: str(token.lower_)
    config = dict(components["lemmatizer"])
    made = nlp.create_pipe(config.pop("factory"), "lemmatizer", config=config)
    made.lookups = _lookups(nlp.path / "lemmatizer" / "lookups" / "lookups.bin")
    known: dict[tuple[str, str], str] = {}

    def lemma(token: Any) -> str:
        key = (token.lower_, token.pos_)
        found = known.get(key)
        if found is None:
            if token.pos_ == "AUX":
                token.pos_ = "VERB"  # the tables hold no auxiliaries
                forms = made.lemmatize(token)
                token.pos_ = "AUX"
            else:
                forms = made.lemmatize(token)
            made.cache.clear()
            found = str(forms[0] if forms else token.lower_).lower()
            if len(known) < _KNOWN_LEMMAS:
                known[key] = found
        return found

    return lemma


class _Table(dict[int, Any]):
    """A table of words by the hash of a word, as spaCy writes them. Its own kind costs several
    times the time and memory, for writing, which nobody does here."""

    def get(self, key: Any, default: Any = None) -> Any:
        from spacy.strings import get_string_id

        return super().get(get_string_id(key), default)


def _lookups(path: Any) -> Any:
    """The tables of a lemmatizer. The lists in which the rules look a word up, of up to 66,000
    words, become sets: nine tenths of the time of a lemma was spent there."""
    from spacy.lookups import Lookups

    lookups: Any = Lookups()
    if path.exists():
        packed: Any = importlib.import_module("srsly")
        for name, table in packed.msgpack_loads(path.read_bytes()).items():
            if name == _INDEX:
                table = {part: frozenset(words) for part, words in table.items()}
            lookups.set_table(name, _Table(table))
    return lookups


@dataclass(frozen=True, slots=True)
class _Piece:
    """What is given to the parser in one go, and where each of its characters stands in the
    view."""

    paragraph: int
    headline: bool
    text: str
    start: int
    end: int
    moved: tuple[int, ...] = ()

    def at(self, i: int) -> int:
        """The offset in the view of character ``i`` of the piece."""
        return self.moved[i] if self.moved else self.start + i


def _piece(view: str, paragraph: int, headline: bool, start: int, end: int) -> _Piece:
    text = _LONG_RUN.sub(lambda m: " " * len(m.group()), view[start:end])
    moved: tuple[int, ...] = ()
    # "l' accord": some publishers set a space where the parser expects none.
    left_out = sorted(
        match.span(match.lastindex or 0)
        for pattern in (_ELISION_GAP, _ALIAS)
        for match in pattern.finditer(text)
    )
    if left_out:
        kept = [i for part in _outside(left_out, len(text)) for i in range(*part)]
        moved = (*(start + i for i in kept), end)
        text = "".join(text[i] for i in kept)
    if headline and text[-1:].isalnum():
        # The parser has learnt from whole sentences.
        text += "."
    return _Piece(paragraph, headline, text, start, end, moved)


def _outside(left_out: Sequence[tuple[int, int]], length: int) -> Iterator[tuple[int, int]]:
    """The ranges of a text between those left out, which are in order."""
    at = 0
    for start, end in left_out:
        if start > at:
            yield at, start
        at = max(at, end)
    yield at, length


def _pieces(
    view: str, paragraphs: Sequence[tuple[int, Span]], headline: Span | None
) -> Iterator[_Piece]:
    for number, paragraph in paragraphs:
        start, end = paragraph.start, paragraph.end
        is_headline = headline is not None and start == headline.start
        label = _LABEL.match(view, start, end) if is_headline else None
        if label is not None:
            yield _piece(view, number, True, start, label.end())
            start = label.end()
        yield _piece(view, number, is_headline, start, end)


def annotate(
    view: str, paragraphs: Sequence[tuple[int, Span]], headline: Span | None, parser: Parser
) -> tuple[Sentence, ...]:
    """Parse these paragraphs of a view: (number, span) in, sentences out, in text order.

    A run of 400 characters without white space is blanked for the parser, whose tokenizer is
    quadratic on it. A headline is one sentence whatever the parser says, and its label
    ("Country :") is parsed apart from the rest. A sentence that does not end in a mark that can
    end one goes on in the next.
    """
    pieces = list(_pieces(view, paragraphs, headline))
    sentences: list[Sentence] = []
    title: list[tuple[Any, _Piece]] = []
    for piece, doc in zip(pieces, parser.parse([p.text for p in pieces]), strict=True):
        if piece.headline:
            title.extend((t, piece) for t in doc if not t.is_space and piece.at(t.idx) < piece.end)
            if title and headline is not None and piece.end == headline.end:
                sentences.append(_sentence(title, True, parser))
            continue
        kept: list[tuple[Any, _Piece]] = []
        for sent in doc.sents:
            kept += [(t, piece) for t in sent if not t.is_space]
            if kept and (kept[-1][0].text[-1] in _ENDS or len(kept) > _LONG_SENTENCE):
                sentences.append(_sentence(kept, False, parser))
                kept = []
        if kept:
            sentences.append(_sentence(kept, False, parser))
    return tuple(sentences)


def _sentence(kept: Sequence[tuple[Any, _Piece]], headline: bool, parser: Parser) -> Sentence:
    place = {(piece.start, t.i): n for n, (t, piece) in enumerate(kept)}
    tokens = []
    first = kept[0][0]
    named = first.pos_ == "PROPN" and "Number=Plur" in first.morph and not first.ent_type_
    if named and not parser.universal:
        # "Rebels attacked": a word that begins a sentence is no name for its capital alone.
        first.pos_ = "NOUN"
    for n, (t, piece) in enumerate(kept):
        head = place.get((piece.start, t.head.i), n)
        norm = t.lower_
        tokens.append(
            Token(
                i=n,
                start=piece.at(t.idx),
                end=piece.at(t.idx + len(t.text) - 1) + 1,
                text=t.text,
                norm=norm,
                lemma=parser.lemma(t) if t.pos_ in _LEMMATIZED else norm,
                pos=t.pos_,
                dep=t.dep_ if head != n else "ROOT",
                head=head,
                morph=str(t.morph),
                ent=t.ent_type_,
            )
        )
    return Sentence(
        start=tokens[0].start,
        end=tokens[-1].end,
        tokens=corrected(tokens if parser.universal else universal(tokens)),
        paragraph=kept[0][1].paragraph,
        headline=headline,
    )
