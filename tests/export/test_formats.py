"""The three formats of ``code``: each says all of a claim, and nothing of a text acts."""

from __future__ import annotations

import dataclasses
import io
import json
import re
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.export import html, jsonl, table
from dateline.export.words import LABELS, unstated, values
from dateline.model import Article, Claim, Extent, Outcome, Span
from invented import TEXT, outcome

HOSTILE = "<script>alert(1)</script> {{ 7*7 }} \x1b[31mrouge\x07 \u202eabc &amp; \ud800 </style>"


def as_table(*outcomes: Outcome, width: int = 100, colour: bool = False) -> str:
    out = io.StringIO()
    table.write(outcomes, out, width=width, colour=colour)
    return out.getvalue()


def as_page(*outcomes: Outcome) -> str:
    out = io.StringIO()
    html.write(outcomes, out)
    return out.getvalue()


def hostile() -> Outcome:
    text = f"Titre {HOSTILE}\nUne attaque {HOSTILE} ici."
    coded = outcome()
    assert coded.article is not None
    article = dataclasses.replace(
        coded.article, text=text, title=HOSTILE, ref=HOSTILE, furniture=(), url="javascript:x"
    )
    trigger = Span.of(text, 0, text.index("\n"))
    claim = dataclasses.replace(
        coded.claims[0],
        trigger=trigger,
        sentence=Extent(0, len(text)),
        places=(),
        type=HOSTILE,
        provenance={HOSTILE: HOSTILE},
    )
    return Outcome(ref=HOSTILE, status="coded", article=article, claims=(claim,))


def test_every_value_keeps_words_meaning_and_detail_apart() -> None:
    found = {v.field: v for v in values(outcome().claims[1])}
    assert list(found) == list(LABELS)
    shown = {f: (v.words.text if v.words else "", v.meaning, v.detail) for f, v in found.items()}
    assert shown == {
        "actors": ("Front du Désert Uni", "FDU [xxx.fdu]", "wording takes a side"),
        "targets": ("convoi de l'armée", "", "not civilian"),
        "means": ("drones", "drone", ""),
        "places": (
            "Talmori",
            "ML",
            "not in the place index; elsewhere in the report",
        ),
        "when": ("jeudi", "2024-03-07", "to the day, from the publication date"),
        "casualties": ("au moins douze soldats", "at least 12 killed (soldiers)", ""),
        "attribution": ("un officier", "", "military, indirect speech"),
        "evidence": ("images", "footage", "elsewhere in the report"),
    }


def test_what_a_report_does_not_state_is_said() -> None:
    assert list(unstated(outcome().claims[0])) == ["actor", "target", "when"]
    assert list(unstated(outcome().claims[1])) == []


@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_table_shows_every_value_within_its_width(width: int) -> None:
    shown = as_table(outcome(), width=width)
    assert max(map(len, shown.splitlines())) <= width
    flat = re.sub(r"\s+", " ", shown)
    for value in values(outcome().claims[1]):
        assert value.words is None or value.words.text in flat
        assert value.meaning in flat
    assert " alleged " in flat
    assert " negated " in flat
    assert "not stated actor, place, when" in flat


def test_the_table_is_plain_text_unless_colour_is_wanted() -> None:
    assert "\x1b" not in as_table(outcome())
    assert "\x1b[" in as_table(outcome(), colour=True)


def test_the_table_says_that_there_are_no_claims() -> None:
    assert "no claims" in as_table(dataclasses.replace(outcome(), claims=()))


def test_nothing_of_a_text_acts_on_a_terminal() -> None:
    shown = as_table(hostile())
    assert not set(shown) & set("\x1b\x07\u202e\ud800")


def test_json_lines_are_the_claims() -> None:
    out = io.StringIO()
    jsonl.write([outcome()], out)
    rows = [json.loads(line) for line in out.getvalue().splitlines()]
    assert rows == [json.loads(json.dumps(c.to_json())) for c in outcome().claims]


def test_json_lines_with_text_hold_what_offsets_point_into() -> None:
    out = io.StringIO()
    jsonl.write([outcome()], out, with_text=True)
    for line in out.getvalue().splitlines():
        row = json.loads(line)
        text, trigger = row["article"]["text"], row["trigger"]
        assert text[trigger["start"] : trigger["end"]] == trigger["text"]


class Words(HTMLParser):
    """The text of the page's ``.words`` parts, without the numbers of claims."""

    def __init__(self) -> None:
        super().__init__()
        self.found = ""
        self.depth = 0
        self.number = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if self.depth:
            self.depth += tag in ("div", "span")
            self.number = self.number or tag == "a"
        elif tag == "div" and given.get("class") == "words":
            self.depth = 1

    def handle_endtag(self, tag: str) -> None:
        if self.depth:
            self.depth -= tag in ("div", "span")
            self.number = self.number and tag != "a"

    def handle_data(self, data: str) -> None:
        if self.depth and not self.number:
            self.found += data


def test_the_page_shows_the_text_unchanged() -> None:
    words = Words()
    words.feed(as_page(outcome()))
    assert words.found == TEXT


def test_the_page_shows_every_value_and_where_it_comes_from() -> None:
    page = unescape(as_page(outcome()))
    claim = outcome().claims[1]
    for value in values(claim):
        assert value.words is None or f">{value.words.text}</q>" in page
        assert value.meaning in page
    for field, rule in claim.provenance.items():
        assert LABELS.get(field, field) in page
        assert rule in page
    assert claim.id in page
    assert 'class="furniture"' in page


def test_nothing_of_a_text_is_markup_or_is_run() -> None:
    page = as_page(hostile(), Outcome(ref=HOSTILE, status="empty", reason=HOSTILE))
    assert page.count("<script>") == 1
    assert page.count("</style>") == 1
    assert "javascript:" not in page
    assert "49" not in page
    page.encode("utf-8")
    assert not set(page) & set("\x1b\x07")


def test_the_page_asks_nothing_of_a_network_and_runs_only_its_own_script() -> None:
    page = as_page(outcome())
    assert re.findall(r"""(?:src|href)=["'](?!#)[^"']+""", page) == []
    assert "@import" not in page
    assert "url(" not in page
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy is not None
    assert policy[1].startswith("default-src 'none'; style-src 'sha256-")
    assert not re.search(r"\son\w+=|\sstyle=", page)


def test_the_policy_names_the_hashes_of_what_is_in_the_page() -> None:
    import base64
    import hashlib

    page = as_page(outcome())
    for tag in ("style", "script"):
        (body,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in page


def test_several_reports_have_a_list_and_the_failed_their_reasons() -> None:
    failed = Outcome(ref="b.pdf", status="binary", reason="it is a PDF")
    page = as_page(outcome("a"), outcome("c"), failed)
    assert '<nav aria-label="Reports">' in page
    assert 'id="r2"' in page
    assert "it is a PDF" in page
    assert len(re.findall(r' id="([^"]+)"', page)) == len(set(re.findall(r' id="([^"]+)"', page)))


SPANS = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda p: (min(p), max(p))),
    max_size=8,
)


@settings(max_examples=80)
@given(SPANS)
def test_segments_join_to_the_text_and_no_two_marks_share_a_lane(
    ends: list[tuple[int, int]],
) -> None:
    text = "abcdefghijklmnopqrstuvwxyzabcd"
    article = Article(id="0" * 64, ref="r", text=text)
    base = outcome().claims[0]
    claims: list[Claim] = [
        dataclasses.replace(base, places=(), trigger=Span.of(text, start, end))
        for start, end in ends
        if start < end
    ]
    found = html.segments(article, claims)
    assert "".join(s.text for s in found) == text
    at = 0
    for segment in found:
        lanes = [m.lane for m in segment.marks]
        assert len(lanes) == len(set(lanes))
        for mark in segment.marks:
            assert mark.start <= at
            assert at + len(segment.text) <= mark.end
        covering = {c for c, (s, e) in enumerate([(m.start, m.end) for m in segment.marks])}
        assert len(covering) == len(segment.marks)
        at += len(segment.text)
    wanted = {(c.trigger.start, c.trigger.end) for c in claims}
    assert {(m.start, m.end) for s in found for m in s.marks} == wanted
