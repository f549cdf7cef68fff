"""The page in a real browser: nothing is asked for, nothing fails, words and claims light up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.export import html
from invented import outcome

CHROMIUM = Path("/usr/bin/chromium")
sync_api = pytest.importorskip("playwright.sync_api")
pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="no chromium here")


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "page.html"
    with path.open("w", encoding="utf-8") as out:
        html.write([outcome("a"), outcome("b")], out)
    return path


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    with sync_api.sync_playwright() as playwright:
        options = {"executable_path": str(CHROMIUM), "args": ["--no-sandbox"]}
        launched = playwright.chromium.launch(**options)
        yield launched
        launched.close()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_opens_without_a_fault_and_fits(
    page_file: Path, browser: object, width: int, scheme: str
) -> None:
    page = browser.new_page(  # type: ignore[attr-defined]
        viewport={"width": width, "height": 800}, color_scheme=scheme
    )
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda request: faults.append(request.url))
    page.goto(page_file.as_uri())
    assert faults == [page_file.as_uri()]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.close()


def test_claims_light_their_words_and_words_their_claims(page_file: Path, browser: object) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})  # type: ignore[attr-defined]
    page.goto(page_file.as_uri())
    page.hover("#r1c2 h3")
    assert page.locator("#r1 .m.on").count() == 9
    assert page.locator("#r2 .m.on").count() == 0
    page.hover("#r1 .m.casualties")
    assert page.locator("#r1 .claim.on").get_attribute("id") == "r1c2"
    page.focus("#r1c3")
    page.mouse.move(0, 0)
    assert page.locator("#r1 .claim.on").get_attribute("id") == "r1c3"
    page.keyboard.press("Escape")
    assert page.locator("#r1 .m.on").count() == 0
    page.close()
