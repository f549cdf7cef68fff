"""An invented report and claims on it, for the tests of what is shown and written."""

from __future__ import annotations

from typing import TypeVar

from dateline.model import (
    Actor,
    Article,
    ArticleRef,
    Attribution,
    Casualties,
    Claim,
    Evidence,
    Extent,
    Means,
    Outcome,
    Place,
    Span,
    Target,
    When,
    claim_id,
)

S = TypeVar("S", bound=Span)

TEXT = (
    "Sahel : un convoi attaqué près de Talmori\n\n"
    "Selon un officier, le Front du Désert Uni a attaqué jeudi un convoi de l'armée avec des "
    "drones, tuant au moins douze soldats. Des images le montrent.\n"
    "Le Front n'aurait pas attaqué le village.\n"
    "Lire aussi : la trêve de mars\n"
)


def span(words: str, after: int = 0) -> Span:
    start = TEXT.index(words, after)
    return Span(start, start + len(words), words)


def of(cls: type[S], words: str, after: int = 0, **more: object) -> S:
    found = span(words, after)
    return cls(found.start, found.end, found.text, **more)


def outcome(ref: str = "invented.txt", title: str | None = None) -> Outcome:
    """The invented report with three claims that between them fill every field."""
    first = TEXT.splitlines()[0]
    article = Article(
        id="0" * 64,
        ref=ref,
        text=TEXT,
        title=title or first,
        lang="fr",
        published="2024-03-12",
        furniture=(span("Lire aussi : la trêve de mars"),),
    )
    named = ArticleRef(
        id=article.id, ref=ref, title=article.title, lang="fr", published="2024-03-12"
    )
    body = TEXT.index("Selon")
    sentence = Extent(body, TEXT.index("Des images") - 1)
    place = of(Place, "Talmori", name="Talmori", lat=15.5, lon=-1.25, country="ML")

    def claim(trigger: Span, type: str, within: Extent, **fields: object) -> Claim:
        id = claim_id(article.id, trigger, type)
        return Claim(  # type: ignore[arg-type]
            id=id, article=named, type=type, trigger=trigger, sentence=within, **fields
        )

    thursday = span("jeudi")
    claims = (
        claim(span("attaqué"), "armed-attack", Extent(0, len(first)), places=(place,)),
        claim(
            span("attaqué", body),
            "air-strike",
            sentence,
            actors=(of(Actor, "Front du Désert Uni", id="xxx.fdu", name="FDU", loaded=True),),
            targets=(of(Target, "convoi de l'armée", civilian=False),),
            means=(of(Means, "drones", kind="drone"),),
            places=(place,),
            when=When(
                thursday.start,
                thursday.end,
                "jeudi",
                "2024-03-07",
                "2024-03-07",
                "day",
                "published",
            ),
            casualties=(
                of(
                    Casualties,
                    "au moins douze soldats",
                    kind="killed",
                    who="soldiers",
                    min=12,
                ),
            ),
            attribution=(of(Attribution, "un officier", role="military", form="indirect"),),
            evidence=(of(Evidence, "images", kind="footage"),),
            provenance={"type": "attack@fr@1", "when": "weekday@fr@1", "code": "0.1.0"},
        ),
        claim(
            span("attaqué", TEXT.index("n'aurait")),
            "armed-attack",
            Extent(TEXT.index("Le Front n'"), TEXT.index("Lire aussi") - 1),
            targets=(of(Target, "village"),),
            modality="alleged",
            negated=True,
        ),
    )
    return Outcome(ref=ref, status="coded", article=article, claims=claims)
