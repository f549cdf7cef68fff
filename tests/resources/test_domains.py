"""Every example of every domain gives no claim, and every counter-example still gives one."""

from __future__ import annotations

import pytest

from dateline.codebook import codebook
from dateline.language import available, language
from dateline.stages.code import code
from gold import report_of


def _texts(kind: str) -> list[tuple[str, str, str]]:
    return [
        (lang, domain.id, text)
        for lang in available()
        for domain in language(lang).lexicon.domains
        for text in getattr(domain, kind)
    ]


@pytest.mark.parametrize(("lang", "domain", "text"), _texts("examples"))
def test_domain_gives_no_claim(lang: str, domain: str, text: str) -> None:
    found = code(report_of(text, lang), language(lang), codebook())
    assert not found, [c.claim.trigger.text for c in found]


@pytest.mark.parametrize(("lang", "domain", "text"), _texts("not_examples"))
def test_domain_leaves_real_conflict(lang: str, domain: str, text: str) -> None:
    assert code(report_of(text, lang), language(lang), codebook())
