"""annotate: parse the paragraphs that are worth it. The only stage that knows spaCy.

One paragraph at a time, on the matching view, so that a headline or a line break is always a
sentence boundary and typographic marks do not disturb the parse. Lemmas are made only for the
tokens a rule may ask about.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from dateline.model import Span
from dateline.syntax import Sentence, Token

_LONG_PATTERN = 100_000
_LONG_RUN = re.compile(r"\S{400,}")
_LABEL = re.compile(r"[^\n:.,;!?]{2,60}? ?: +(?=\S)")
_LEMMATIZED = frozenset({"VERB", "NOUN", "ADJ", "AUX", "ADV"})


class Parser:
    """A loaded language model. Make one with :func:`parser`; it is reused by every report."""

    def __init__(self, nlp: Any, lemma: Callable[[Any], str]) -> None:
        self._nlp = nlp
        self._lemma = lemma

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
    """Load the model of this package (kept for the process). Takes about two seconds."""
    with _letter_classes_as_shorthand():
        nlp = importlib.import_module(package).load(disable=["lemmatizer"])
    lemmatizer = nlp.get_pipe("lemmatizer")
    known: dict[tuple[str, str], str] = {}

    def lemma(token: Any) -> str:
        key = (token.lower_, token.pos_)
        found = known.get(key)
        if found is None:
            forms = lemmatizer.lemmatize(token)
            found = known[key] = str(forms[0] if forms else token.lower_).lower()
        return found

    return Parser(nlp, lemma)


def annotate(
    view: str, paragraphs: Sequence[tuple[int, Span]], headline: Span | None, parser: Parser
) -> tuple[Sentence, ...]:
    """Parse these paragraphs of a view: (number, span) in, sentences out, in text order.

    A run of 400 characters without white space is blanked for the parser, whose tokenizer is
    quadratic on it. A headline is one sentence whatever the parser says; its label ("Country :")
    is parsed apart from the rest, and the rest as if it ended with a full stop, since the parser
    has learnt from whole sentences.
    """
    pieces: list[tuple[int, bool, int, int]] = []
    for number, paragraph in paragraphs:
        if headline is not None and paragraph.start == headline.start:
            label = _LABEL.match(view, paragraph.start, paragraph.end)
            if label is not None:
                pieces.append((number, True, paragraph.start, label.end()))
                pieces.append((number, True, label.end(), paragraph.end))
            else:
                pieces.append((number, True, paragraph.start, paragraph.end))
        else:
            pieces.append((number, False, paragraph.start, paragraph.end))
    texts = []
    for _, is_headline, start, end in pieces:
        text = _LONG_RUN.sub(lambda m: " " * len(m.group()), view[start:end])
        texts.append(text + "." if is_headline and text[-1:].isalnum() else text)
    sentences: list[Sentence] = []
    title: list[tuple[Any, int]] = []
    for (number, is_headline, start, end), doc in zip(pieces, parser.parse(texts), strict=True):
        if is_headline:
            title.extend((t, start) for t in doc if not t.is_space and start + t.idx < end)
            last = headline is not None and end == headline.end
            if last and title:
                sentences.append(_sentence(title, number, True, parser))
        else:
            for sent in doc.sents:
                kept = [(t, start) for t in sent if not t.is_space]
                if kept:
                    sentences.append(_sentence(kept, number, False, parser))
    return tuple(sentences)


def _sentence(
    kept: Sequence[tuple[Any, int]], paragraph: int, headline: bool, parser: Parser
) -> Sentence:
    place = {(offset, t.i): n for n, (t, offset) in enumerate(kept)}
    tokens = []
    for n, (t, offset) in enumerate(kept):
        start = offset + t.idx
        head = place.get((offset, t.head.i), n)
        norm = t.lower_
        tokens.append(
            Token(
                i=n,
                start=start,
                end=start + len(t.text),
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
        tokens=tuple(tokens),
        paragraph=paragraph,
        headline=headline,
    )
