from __future__ import annotations

from dataclasses import replace

import pytest

from dateline.codebook import codebook
from dateline.language import language
from dateline.stages.attribute import attribute
from dateline.stages.code import code
from dateline.stages.own import own
from gold import report_of


def actors(text: str, type_: str) -> list[str]:
    fr, book = language("fr"), codebook()
    report = replace(report_of(text), country="LY")
    candidates = attribute(report, code(report, fr, book, conflict=True), fr, book)
    claims = [c.claim for c in own(report, candidates, fr, book)]
    return [a.text for c in claims if c.type == type_ for a in c.actors]


@pytest.mark.parametrize(
    ("text", "type_", "speaker"),
    [
        ("« Nous appelons la population à résister », a déclaré le chef rebelle.", "demand",
         "chef rebelle"),
        ("Le général a affirmé que l'accord n'était plus valide.", "rejection", "général"),
    ],
)  # fmt: skip
def test_own_makes_the_speaker_the_actor(text: str, type_: str, speaker: str) -> None:
    assert actors(text, type_) == [speaker]


def test_own_leaves_an_act_that_somebody_else_only_reports() -> None:
    assert actors("Selon l'ONU, l'accord a été rejeté.", "rejection") == []
