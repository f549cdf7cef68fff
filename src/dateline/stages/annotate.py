"""annotate: parse the paragraphs that are worth it. The only stage that knows spaCy.

One paragraph at a time, on the matching view, so that a headline or a line break is always a
sentence boundary and typographic marks do not disturb the parse. Lemmas are made only for the
tokens a rule may ask about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any

from dateline.model import Span
from dateline.syntax import Sentence, Token

_LONG_RUN = re.compile(r"\S{400,}")
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


@lru_cache(maxsize=4)
def parser(package: str) -> Parser:
    """Load the model of this package (kept for the process). Takes one to five seconds."""
    import importlib

    module = importlib.import_module(package)
    nlp = module.load(disable=["lemmatizer"])
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
    quadratic on it.
    """
    texts = [
        _LONG_RUN.sub(lambda m: " " * len(m.group()), view[p.start : p.end]) for _, p in paragraphs
    ]
    sentences: list[Sentence] = []
    for (number, paragraph), doc in zip(paragraphs, parser.parse(texts), strict=True):
        is_headline = headline is not None and paragraph.start == headline.start
        spans = [doc[:]] if is_headline and len(doc) <= 60 else list(doc.sents)
        for sent in spans:
            sentences.append(_sentence(sent, paragraph.start, number, is_headline, parser))
    return tuple(s for s in sentences if s.tokens)


def _sentence(sent: Any, offset: int, paragraph: int, headline: bool, parser: Parser) -> Sentence:
    kept = [t for t in sent if not t.is_space]
    place = {t.i: n for n, t in enumerate(kept)}
    tokens = []
    for n, t in enumerate(kept):
        start = offset + t.idx
        head = place.get(t.head.i, n)
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
        start=tokens[0].start if tokens else offset,
        end=tokens[-1].end if tokens else offset,
        tokens=tuple(tokens),
        paragraph=paragraph,
        headline=headline,
    )
