"""Offsets hold in the view, whatever the text; and bytes become the text they are."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dateline.text import (
    UndecodableError,
    decode,
    fold,
    paragraphs,
    printable,
    suspicious,
    view,
    well_formed,
)

ANY = st.text(st.characters())
WITH_SURROGATES = st.text(st.characters(exclude_categories=()))
BREAKS = "\n\r\u2028\u2029"


@given(WITH_SURROGATES)
@example("l’opération «\u00a0Volcan\u00a0» – ﬁn\r\n\ud800")
@example("İstanbul ŉ ǰ ΐ ß Ǆ")
def test_view_and_fold_keep_every_offset(text: str) -> None:
    assert len(view(text)) == len(text)
    assert len(fold(text)) == len(text)
    assert len(fold(view(text))) == len(text)


@given(WITH_SURROGATES)
def test_the_view_is_its_own_view_and_can_be_written(text: str) -> None:
    assert view(view(text)) == view(text)
    view(text).encode("utf-8")


@given(ANY, st.one_of(st.none(), st.integers(1, 30)))
@example("Un. Deux trois quatre. Cinq six sept", 10)
@example("x" * 100, 7)
@example("a\r\nb\u2028c", None)
def test_paragraphs_are_slices_in_order_and_miss_no_word(text: str, longest: int | None) -> None:
    spans = paragraphs(text, longest)
    at = 0
    for span in spans:
        assert at <= span.start < span.end
        assert span.text == text[span.start : span.end]
        assert span.text == span.text.strip()
        assert not set(span.text) & set(BREAKS)
        assert longest is None or len(span.text) <= longest
        assert not text[at : span.start].strip()
        at = span.end
    assert not text[at:].strip()


def test_a_long_line_is_cut_after_a_sentence() -> None:
    first, second = paragraphs("Les rebelles avancent vers le sud. Le marché a rouvert.", 40)
    assert first.text == "Les rebelles avancent vers le sud."
    assert second.text == "Le marché a rouvert."


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("Les rebelles ont pris la ville.", ()),
        ("Дрон сбил танк", ()),
        ("abc\u202edef", ("bidi",)),
        ("mili\u200bce", ("invisible",)),
        ("mіlice", ("mixed-script",)),
        ("\u2066mіl\u200bice\u2069", ("bidi", "invisible", "mixed-script")),
    ],
)
def test_what_may_mislead_the_eye_is_flagged(text: str, flags: tuple[str, ...]) -> None:
    assert suspicious(text) == flags


@given(WITH_SURROGATES)
def test_well_formed_and_printable_keep_every_offset(text: str) -> None:
    assert len(well_formed(text)) == len(printable(text)) == len(text)
    well_formed(text).encode("utf-8")
    assert "\x1b" not in printable(text)
    assert len(printable(text).splitlines()) <= 1


@given(st.text())
def test_utf_8_and_utf_16_with_a_mark_come_back(text: str) -> None:
    assert decode(b"\xef\xbb\xbf" + text.encode("utf-8")) == text
    for encoding, mark in (("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")):
        if not text.startswith("\0"):  # FF FE 00 00 is the mark of UTF-32
            assert decode(mark + text.encode(encoding)) == text


FRENCH = "L’armée a repoussé l’attaque près d’Évora – « sept blessés », où ça ?"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FRENCH, "utf-8"),
        (FRENCH, "cp1252"),
        ("L'armée a repoussé l'attaque", "latin-1"),
        ("Войска атаковали город, погибли пять человек.", "cp1251"),
        ("قصفت الطائرات المدينة يوم الخميس", "cp1256"),
    ],
)
def test_the_encoding_is_found(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_a_declared_encoding_is_believed_only_where_it_can_be() -> None:
    data = "Łódź".encode("cp1250")
    assert decode(data, "windows-1250") == "Łódź"
    assert decode("Évora".encode("cp1252"), "no-such-encoding") == "Évora"
    assert decode("Évora".encode(), "latin-1") == "Évora"
    assert decode("Évora".encode("cp1252"), "utf-8") == "\ufffdvora"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7 ...", "a PDF"),
        (b"\x89PNG\r\n", "a PNG image"),
        (b"PK\x03\x04...", "a ZIP archive"),
        (b"text with a \0 in it", "NUL"),
        (bytes(range(1, 32)) * 9, "binary"),
        (b"\xff\xfea\x00b", "byte order mark"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, what: str) -> None:
    with pytest.raises(UndecodableError, match=what):
        decode(data)


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_become_text_or_a_refusal(data: bytes) -> None:
    with contextlib.suppress(UndecodableError):
        assert isinstance(decode(data), str)


WRAPPED = (
    "The rebels attacked the barracks of the old town and killed\n"
    "four soldiers before they fled to the hills, where the army\n"
    "has looked for them since, a spokesman said on the radio at\n"
    "noon.\n\n   A second attack was repelled."
)


def test_text_lines_broken_to_a_width_are_one_paragraph() -> None:
    found = paragraphs(WRAPPED)
    assert [p.text.split()[0] for p in found] == ["The", "A"]
    assert found[0].text.endswith("noon.")
    assert all(WRAPPED[p.start : p.end] == p.text for p in found)
    assert len(view(WRAPPED)) == len(WRAPPED)
    assert "killed four" in view(WRAPPED)


def test_text_short_lines_stay_apart() -> None:
    text = (
        "Rebels attack the barracks\nTwo dead\nThe army says it has\nwithdrawn from town\nat once"
    )
    assert [p.text for p in paragraphs(text)] == text.split("\n")
