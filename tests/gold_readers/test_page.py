"""The page of errors: self-contained, inert, and what it shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.gold.page import page, pieces
from dateline.gold.reading import Fault, Mark, Result

EVIL = "</div><script>alert(1)</script><img src=x onerror=alert(2)> & \x00 \ud800"
TEXT = f"Rebels attacked Kora. {EVIL}"


def fault(kind: str, ref: str, **changes: object) -> Fault:
    marks = (Mark(0, 6, "gold", "actor"), Mark(3, 15, "ours", EVIL))
    values = {"gold": "Kora", "ours": EVIL, "words": EVIL, "text": TEXT, "marks": marks}
    return Fault(kind=kind, name=EVIL, ref=ref, **{**values, **changes})  # type: ignore[arg-type]


RESULT = Result(
    reader="claims",
    items=9,
    measures=(),
    faults=(
        fault("slot", "a", weight=0.25),
        fault("missed", "b"),
        fault("slot", "b"),
        fault("slot", "c", weight=0.5),
    ),
)


def test_the_pieces_are_the_text_and_know_both_sides() -> None:
    marks = [Mark(0, 6, "gold", "x"), Mark(3, 9, "ours", "y"), Mark(4, 4, "gold", "empty")]
    found = pieces("Rebels won", [*marks, Mark(5, 99, "ours", "outside")])
    assert "".join(piece.text for piece in found) == "Rebels won"
    assert [(piece.text, piece.gold, piece.ours) for piece in found] == [
        ("Reb", ("x",), ()),
        ("els", ("x",), ("y",)),
        (" wo", (), ("y",)),
        ("n", (), ()),
    ]


def test_a_text_cannot_act() -> None:
    shown = page([(EVIL, RESULT)])
    assert shown.count("<script>") == 1
    assert "<img" not in shown
    assert "\x00" not in shown
    shown.encode("utf-8")
    assert "default-src 'none'" in shown
    assert "prefers-color-scheme: dark" in shown
    assert re.findall(r"(?:src|href)=|url\(|@import", shown.replace("img src=x", "")) == []


def test_the_worst_items_come_first_and_a_limit_is_said() -> None:
    shown = page([("gold.jsonl", RESULT)])
    assert re.findall(r"<h3>(\w)</h3>", shown) == ["b", "c", "a"]
    assert "3 of 9 items differ" in shown
    two = page([("gold.jsonl", RESULT)], limit=2)
    assert re.findall(r"<h3>(\w)</h3>", two) == ["b", "c"]
    assert "the 2 worst" in two
    assert "Nothing differs" in page([("gold.jsonl", Result(reader="x", items=1, measures=()))])


CHROMIUM = Path("/usr/bin/chromium")


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    sync_api = pytest.importorskip("playwright.sync_api")
    if not CHROMIUM.exists():
        pytest.skip("no chromium here")
    with sync_api.sync_playwright() as playwright:
        options = {"executable_path": str(CHROMIUM), "args": ["--no-sandbox"]}
        launched = playwright.chromium.launch(**options)
        yield launched
        launched.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_kinds_can_be_hidden_without_a_request(
    tmp_path: Path, browser: object, scheme: str
) -> None:
    path = tmp_path / "errors.html"
    path.write_text(page([("gold.jsonl", RESULT)]), encoding="utf-8")
    shown = browser.new_page(  # type: ignore[attr-defined]
        viewport={"width": 390, "height": 800}, color_scheme=scheme
    )
    seen: list[str] = []
    shown.on("console", lambda message: seen.append(message.text))
    shown.on("pageerror", lambda error: seen.append(str(error)))
    shown.on("request", lambda request: seen.append(request.url))
    shown.goto(path.as_uri())
    assert seen == [path.as_uri()]
    assert shown.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert shown.locator(".item:visible").count() == 3
    shown.uncheck('input[value="slot"]')
    assert shown.locator(".item:visible h3").all_inner_texts() == ["b"]
    assert shown.locator("tr[data-kind]:visible").count() == 1
    shown.uncheck('input[value="missed"]')
    assert shown.locator(".item:visible").count() == 0
    shown.close()
