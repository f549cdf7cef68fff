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
from dateline.syntax import Candidate, Report
from dateline.text import fold, paragraphs, view

Stage = Callable[[Report, tuple[Candidate, ...]], tuple[Candidate, ...]]

_HEADLINE = 200


@cache
def stages(code_of_language: str) -> tuple[Stage, ...]:
    """The stages after the parse, in order, bound to one language's resources."""
    lang, book = language(code_of_language), codebook()
    return (
        lambda report, _: code(report, lang, book),
        partial(count, language=lang),
        partial(attribute, language=lang, codebook=book),
        partial(own, language=lang, codebook=book),
        partial(date, language=lang),
        partial(qualify, language=lang),
        partial(locate, language=lang, gazetteer=open_gazetteer()),
    )


def prepare(article: Article, lang: Language, *, gate: bool = True) -> Report:
    """The report of an article: its view and paragraphs, and the parse of the paragraphs that hold
    a trigger (of all with ``gate=False``; the claims are the same)."""
    seen = view(article.text)
    skipped = [(f.start, f.end) for f in article.furniture]
    body = tuple(
        p
        for p in paragraphs(article.text)
        if not any(start <= p.start and p.end <= end for start, end in skipped)
    )
    headline = body[0] if len(body) > 1 and len(body[0].text) <= _HEADLINE else None
    report = Report(article=article, view=seen, body=body, headline=headline)
    chosen = list(enumerate(body))
    if gate:
        chosen = _gated(seen, body, headline, lang)
        if not chosen:
            return report
    parsed = annotate(seen, chosen, headline, parser(lang.about.parser))
    country = nations(lang.code).main(seen, headline.end if headline else 0)
    report = replace(report, sentences=parsed, country=country)
    return replace(report, dateline=read_dateline(report, lang))


def _gated(
    seen: str, body: tuple[Span, ...], headline: Span | None, lang: Language
) -> list[tuple[int, Span]]:
    """The paragraphs that hold the beginning of a trigger; none when no hard trigger is there. The
    headline always belongs to them."""
    folded = fold(seen)
    chosen, hard = [], False
    for number, paragraph in enumerate(body):
        hit, is_hard = lang.lexicon.gate(folded[paragraph.start : paragraph.end])
        hard = hard or is_hard
        if hit or (headline is not None and number == 0):
            chosen.append((number, paragraph))
    return chosen if hard else []


def claims_of(article: Article, lang: Language, *, gate: bool = True) -> tuple[Claim, ...]:
    """Every claim of an article, in text order."""
    report = prepare(article, lang, gate=gate)
    if not report.sentences:
        return ()
    candidates: tuple[Candidate, ...] = ()
    for stage in stages(lang.code):
        candidates = stage(report, candidates)
    return tuple(
        replace(c.claim, provenance={**c.claim.provenance, "code": __version__})
        for c in sorted(candidates, key=lambda c: (c.claim.trigger.start, c.claim.type))
    )


@dataclass(frozen=True)
class Coder:
    """Codes documents with one set of settings; models are loaded on first use and kept."""

    settings: Settings

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
        claims = claims_of(article, language(article.lang), gate=self.settings.gate)
        return Outcome(ref=document.ref, status="coded", article=article, claims=claims)
