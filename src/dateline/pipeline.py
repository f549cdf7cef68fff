"""The tuple of stages, as a Document -> Outcome function.

A stage takes a report and its candidate claims and gives candidates back; it does no I/O and knows
nothing of the other stages. Resources are bound to the stages once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, cached_property, partial

from dateline import __version__
from dateline.codebook import codebook
from dateline.confidence import weights
from dateline.config import Settings
from dateline.gazetteer import open_gazetteer
from dateline.language import Language, available, language
from dateline.model import Article, Claim, Document, Outcome, Span
from dateline.nations import nations
from dateline.stages.annotate import annotate, parser
from dateline.stages.attribute import attribute
from dateline.stages.code import code
from dateline.stages.count import count
from dateline.stages.date import date, read_dateline
from dateline.stages.extract import extract
from dateline.stages.locate import locate
from dateline.stages.own import own
from dateline.stages.qualify import qualify
from dateline.stages.weigh import weigh
from dateline.syntax import Candidate, Report, Sentence
from dateline.text import fold, paragraphs

Stage = Callable[[Report, tuple[Candidate, ...]], tuple[Candidate, ...]]

_HEADLINE = 200


@cache
def stages(code_of_language: str) -> tuple[Stage, ...]:
    """The stages that fill the claims of ``code``, in order, bound to one language's resources."""
    lang, book = language(code_of_language), codebook()
    return (
        partial(count, language=lang),
        partial(attribute, language=lang, codebook=book),
        partial(own, language=lang, codebook=book),
        partial(date, language=lang),
        partial(qualify, language=lang),
        partial(locate, language=lang, gazetteer=open_gazetteer()),
        partial(weigh, language=lang, weights=weights()),
    )


def prepare(
    article: Article, lang: Language, *, gate: bool = True, longest: int | None = None
) -> Report:
    """The report of an article: its view and paragraphs, and the parse of the paragraphs that hold
    a trigger (of all with ``gate=False``; the claims are the same). A paragraph of more than
    ``longest`` code points is taken for several.

    What can be a happening on its own is parsed first; the rest of the triggers, which count only
    beside it, when one is found there.
    """
    seen = lang.view(article.text)
    skipped = [(f.start, f.end) for f in article.furniture]
    body = tuple(
        p
        for p in paragraphs(article.text, longest)
        if not any(start <= p.start and p.end <= end for start, end in skipped)
    )
    headline = body[0] if len(body) > 1 and len(body[0].text) <= _HEADLINE else None
    report = Report(article=article, view=seen, body=body, headline=headline)
    everything = list(enumerate(body))
    first, then = _gated(seen, body, headline, lang) if gate else (everything, [])
    if not first:
        return report

    def parse(chosen: list[tuple[int, Span]]) -> tuple[Sentence, ...]:
        return annotate(seen, chosen, headline, parser(lang.about.parser))

    country = nations(lang.code).main(seen, headline.end if headline else 0)
    report = replace(report, sentences=parse(first), country=country)
    if then:
        if not code(report, lang, codebook()):
            return report
        both = sorted((*report.sentences, *parse(then)), key=lambda s: s.start)
        report = replace(report, sentences=tuple(both))
    return report


_Numbered = list[tuple[int, Span]]


def _gated(
    seen: str, body: tuple[Span, ...], headline: Span | None, lang: Language
) -> tuple[_Numbered, _Numbered]:
    """The paragraphs that hold the beginning of a hard trigger, with the headline, and those that
    hold that of another, or, where it matters to one, name a means; none when neither a hard
    trigger is there nor another beside an armed agent."""
    folded = fold(seen)
    first: _Numbered = []
    then: _Numbered = []
    any_hard, lexicon = False, lang.lexicon
    means = lexicon.means_matter(folded)
    for number, paragraph in enumerate(body):
        words = folded[paragraph.start : paragraph.end]
        hit, hard = lexicon.gate(words)
        any_hard = any_hard or hard
        if hard or (headline is not None and number == 0):
            first.append((number, paragraph))
        elif hit or (means and lexicon.names_means(words)):
            then.append((number, paragraph))
    if any_hard:
        return first, then
    # Only what an armed agent does can count where nothing does by itself.
    if any(lexicon.names_armed(folded[p.start : p.end]) for _, p in then):
        return sorted({*first, *then}, key=lambda each: each[0]), []
    return [], []


def candidates_of(
    article: Article,
    lang: Language,
    *,
    gate: bool = True,
    longest: int | None = None,
    ready: Callable[[], None] = lambda: None,
) -> tuple[Report, tuple[Candidate, ...]]:
    """The report of an article as the stages saw it, and its claims with where they sit in it.
    ``ready`` is called before what only a report with a claim needs is opened: the index of
    places."""
    report = prepare(article, lang, gate=gate, longest=longest)
    candidates = code(report, lang, codebook()) if report.sentences else ()
    if not candidates:
        return report, ()
    report = replace(report, dateline=read_dateline(report, lang))
    ready()
    for stage in stages(lang.code):
        candidates = stage(report, candidates)
    return report, candidates


def claims_of(
    article: Article,
    lang: Language,
    *,
    gate: bool = True,
    longest: int | None = None,
    ready: Callable[[], None] = lambda: None,
) -> tuple[Claim, ...]:
    """Every claim of an article, in text order; see :func:`candidates_of`."""
    _, candidates = candidates_of(article, lang, gate=gate, longest=longest, ready=ready)
    return tuple(
        replace(c.claim, provenance={**c.claim.provenance, "code": __version__})
        for c in sorted(candidates, key=lambda c: (c.claim.trigger.start, c.claim.type))
    )


@dataclass(frozen=True)
class Coder:
    """Codes documents with one set of settings; models are loaded on first use and kept.
    ``ready`` is called before the index of places is first opened (and may be again)."""

    settings: Settings
    ready: Callable[[], None] = lambda: None

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages there are resources for."""
        return available()

    def code(self, document: Document) -> Outcome:
        """The outcome of one document: its article and claims, or why there are none."""
        article = extract(document, self.languages, self.settings)
        if isinstance(article, Outcome):
            return article
        assert article.lang is not None
        claims = claims_of(
            article,
            language(article.lang),
            gate=self.settings.gate,
            longest=self.settings.max_paragraph_characters,
            ready=self.ready,
        )
        return Outcome(ref=document.ref, status="coded", article=article, claims=claims)
