"""own: whose act a speech act is, when the sentence leaves it to the one who speaks.

"Nous appelons à la grève", said by somebody, is that somebody's appeal; "l'accord n'est plus
valide", said by a party, is that party's rejection. The speaker is then the actor as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from dateline.language import Language
from dateline.model import Actor
from dateline.syntax import Candidate, Report

_SPEECH = ("accusation", "demand", "threat", "rejection", "responsibility")


class _Entry(Protocol):
    @property
    def name(self) -> str: ...


class Codebook(Protocol):
    """What this stage asks of the codebook."""

    @property
    def actors(self) -> Mapping[str, _Entry]: ...


def own(
    report: Report, candidates: tuple[Candidate, ...], language: Language, codebook: Codebook
) -> tuple[Candidate, ...]:
    """The candidates, those speech acts without an actor that are the speaker's own with him as
    actor. A report of somebody else's act ("selon X, la demande a été rejetée") stays as it is.
    """
    return tuple(_own(report, c, language, codebook) for c in candidates)


def _own(report: Report, candidate: Candidate, language: Language, codebook: Codebook) -> Candidate:
    claim = candidate.claim
    if claim.type not in _SPEECH or claim.actors or len(claim.attribution) != 1:
        return candidate
    sentence = report.sentences[candidate.sentence]
    token = sentence[candidate.trigger]
    first_person = "Person=1" in token.morph or any(
        "Person=1" in c.morph for c in sentence.children(candidate.trigger, "nsubj")
    )
    predicate = bool(sentence.children(candidate.trigger, "cop")) and token.pos == "ADJ"
    if not first_person and not predicate:
        return candidate
    speaker = claim.attribution[0]
    entry = codebook.actors.get(speaker.actor) if speaker.actor else None
    actor = Actor(
        speaker.start,
        speaker.end,
        speaker.text,
        id=speaker.actor,
        name=entry.name if entry else None,
    )
    return candidate.fill(f"own.speaker@{language.version}", actors=(actor,))
