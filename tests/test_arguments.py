"""Roles read from real parses of invented sentences: every form a happening is told in."""

from __future__ import annotations

import pytest

from dateline.codebook import codebook
from dateline.language import language
from dateline.model import Claim
from dateline.stages.code import code
from gold import report_of


def claims(text: str) -> list[Claim]:
    found = code(report_of(text), language("fr"), codebook(), conflict=True)
    return [c.claim for c in found]


def roles(text: str, trigger: str) -> tuple[list[str], list[str]]:
    claim = next(c for c in claims(text) if c.trigger.text == trigger)
    return [a.text for a in claim.actors], [t.text for t in claim.targets]


@pytest.mark.parametrize(
    ("text", "trigger", "actors", "targets"),
    [
        # active, passive, participle, infinitive, gerund
        ("Les rebelles ont attaqué la caserne.", "attaqué", ["rebelles"], ["caserne"]),
        ("La caserne a été attaquée par les rebelles.", "attaquée", ["rebelles"], ["caserne"]),
        ("Les soldats attaqués par les rebelles ont fui.", "attaqués", ["rebelles"], ["soldats"]),
        ("Les rebelles ont tenté d'attaquer la caserne.", "attaquer", ["rebelles"], ["caserne"]),
        ("Les rebelles, qui ont attaqué la caserne, ont fui.", "attaqué",
         ["rebelles"], ["caserne"]),
        # nouns
        ("L'attaque des rebelles contre la caserne a échoué.", "attaque",
         ["rebelles"], ["caserne"]),
        ("Une attaque contre la caserne menée par les rebelles a échoué.", "attaque",
         ["rebelles"], ["caserne"]),
        ("Les rebelles ont mené une attaque contre la caserne.", "attaque",
         ["rebelles"], ["caserne"]),
        ("La caserne a subi une attaque des rebelles.", "attaque", ["rebelles"], ["caserne"]),
        ("Un attentat a visé le marché.", "attentat", [], ["marché"]),
        ("Le marché a été visé par un attentat.", "attentat", [], ["marché"]),
        ("Le village a été la cible d'une attaque.", "attaque", [], ["village"]),
        ("Une frappe israélienne a touché un convoi.", "frappe", ["israélienne"], ["convoi"]),
        # coordination
        ("Les rebelles et les miliciens ont attaqué la caserne et le marché.", "attaqué",
         ["rebelles", "miliciens"], ["caserne", "marché"]),
    ],
)  # fmt: skip
def test_arguments_are_read_in_every_form(
    text: str, trigger: str, actors: list[str], targets: list[str]
) -> None:
    assert roles(text, trigger) == (actors, targets)


def test_arguments_of_coordinated_verbs_share_the_subject() -> None:
    text = "Les rebelles ont attaqué la caserne et pillé le marché."
    assert roles(text, "attaqué") == (["rebelles"], ["caserne"])
    assert roles(text, "pillé") == (["rebelles"], ["marché"])


def test_arguments_never_put_a_noun_for_a_pronoun() -> None:
    actors, targets = roles("Ils ont attaqué la caserne.", "attaqué")
    assert actors == []
    assert targets == ["caserne"]


def test_arguments_leave_out_days_and_numbers_of_days() -> None:
    assert roles("L'attaque de mardi a fait deux morts.", "attaque") == ([], [])
    assert roles("L'attaque du 16 février a fait deux morts.", "attaque") == ([], [])


def test_arguments_share_the_object_of_joined_verbs() -> None:
    report = report_of("Settlers attacked and beat farmers.", "en")
    found = code(report, language("en"), codebook(), conflict=True)
    attack = next(c.claim for c in found if c.claim.trigger.text == "attacked")
    assert [t.text for t in attack.targets] == ["farmers"]
