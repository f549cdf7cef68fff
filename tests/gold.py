"""Reading the gold of ../shared where it is present, and making candidates of it, so that one
slot can be measured with the others given."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from dateline.language import language
from dateline.model import Actor, Article, ArticleRef, Claim, Extent, Means, Span, Target, claim_id
from dateline.stages.annotate import annotate, parser
from dateline.syntax import Candidate, Report
from dateline.text import paragraphs

SHARED = Path(__file__).resolve().parents[2] / "shared"
needs_shared = pytest.mark.skipif(
    not (SHARED / "eval").is_dir(), reason="the real reports (../shared) are not here"
)

VIOLENCE = (
    "air-strike shelling explosion suicide-bombing chemical-attack armed-clash armed-attack "
    "killing ill-treatment sexual-violence"
).split()


def rows(name: str) -> list[dict[str, Any]]:
    path = SHARED / "eval" / f"{name}.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def report_of(
    text: str, lang: str = "fr", published: str | None = None, ref: str = "given"
) -> Report:
    """A whole report parsed, every paragraph of it."""
    article = Article(id="0" * 64, ref=ref, text=text, lang=lang, published=published)
    seen = language(lang).view(text)
    body = paragraphs(text)
    headline = body[0] if len(body) > 1 and len(body[0].text) < 200 else None
    sentences = annotate(seen, list(enumerate(body)), headline, parser(language(lang).about.parser))
    return Report(article=article, view=seen, body=body, sentences=sentences, headline=headline)


@lru_cache(maxsize=1)
def gold_reports() -> tuple[tuple[Report, tuple[Candidate, ...], tuple[dict[str, Any], ...]], ...]:
    """Every report of fr-dev, parsed; its gold claims as candidates that hold only type, trigger,
    actors, targets and means; and the gold claims themselves, in the same order."""
    found = []
    for row in rows("fr-dev"):
        report = report_of(row["text"], row["lang"], row["published"], row["id"])
        candidates, kept = [], []
        for claim in row["claims"]:
            candidate = gold_candidate(report, claim)
            if candidate is not None:
                candidates.append(candidate)
                kept.append(claim)
        found.append((report, tuple(candidates), tuple(kept)))
    return tuple(found)


def gold_candidate(report: Report, claim: dict[str, Any]) -> Candidate | None:
    start = claim["trigger"]["start"]
    for n, sentence in enumerate(report.sentences):
        for token in sentence:
            if token.start <= start < token.end:
                break
        else:
            continue
        trigger = Span(**claim["trigger"])
        a = report.article
        return Candidate(
            claim=Claim(
                id=claim_id(a.id, trigger, claim["type"]),
                article=ArticleRef(id=a.id, ref=a.ref, lang=a.lang, published=a.published),
                type=claim["type"],
                trigger=trigger,
                sentence=Extent(sentence.start, sentence.end),
                actors=tuple(Actor(**x) for x in claim["actors"]),
                targets=tuple(Target(**x) for x in claim["targets"]),
                means=tuple(Means(**x) for x in claim["means"]),
            ),
            sentence=n,
            trigger=token.i,
            anchor=token.i,
            family="violence" if claim["type"] in VIOLENCE else "other",
            toll=claim["trigger"]["text"].lower() in ("morts", "blessés", "mort"),
        )
    return None
