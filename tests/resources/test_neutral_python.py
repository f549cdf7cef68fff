"""No word of any natural language stands in a Python file of the package: words are data.

What is checked, in every string constant that is not a docstring (comments are not seen, and may
quote words): no letter outside ASCII, written out or escaped; none of a few dozen common French
words anywhere in it; and no constant that is, whole, an English month, weekday, number or cue of
speech. What is not: English sentences are allowed, since they are messages to the user; a word of a
language without accents that the lists below do not hold passes; so does one put together at run
time. The test catches the habit, not the determined.
"""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

import dateline

ROOT = Path(dateline.__file__).parent
FILES = sorted(ROOT.rglob("*.py"))

FRENCH = frozenset(
    "le la les une du au dans avec selon contre vers chez depuis pendant entre sous sans "
    "pour sur qui que dont ont est sont avait aurait ne pas plus moins environ hier demain jeudi "
    "lundi mardi mercredi vendredi samedi dimanche janvier avril juin juillet septembre octobre "
    "novembre deux trois quatre cinq sept huit neuf dix douze cent mille morts tue attaque "
    "attentat raid frappe armee soldats rebelles blesses affirme declare annonce accuse".split()
) - {"raid", "accuse", "cent", "sans"}  # these are English, too; "aux" and "un" are our labels

ENGLISH = frozenset(
    "january february april june july august september october november december monday tuesday "
    "wednesday thursday friday saturday sunday yesterday tomorrow two three four five six seven "
    "eight nine ten eleven twelve dozen dozens hundred hundreds thousand thousands according said "
    "says told reportedly allegedly bombed shelled kidnapped militants gunmen soldiers".split()
)

WORD = re.compile(r"(?<![\w:.-])[A-Za-z][a-z]*(?![\w:-])")  # not "utf-16-le", "aux:pass", "AUX"
ESCAPED = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|x([0-9a-fA-F]{2}))")


def constants(tree: ast.AST) -> Iterator[ast.Constant]:
    """String constants, pieces of f-strings among them, that are no docstring or bare string."""
    bare = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in bare:
            yield node


def complaints(source: str) -> list[str]:
    found = []
    for node in constants(ast.parse(source)):
        text = str(node.value)
        escaped = (chr(int(next(filter(None, m.groups())), 16)) for m in ESCAPED.finditer(text))
        for letter in (*text, *escaped):
            # Modifier letters (Lm) are apostrophes and the like: punctuation in practice.
            if ord(letter) > 127 and unicodedata.category(letter) in ("Lu", "Ll", "Lt", "Lo"):
                found.append(f"line {node.lineno}: the letter {letter!r} in {text[:60]!r}")
                break
        words = {word.lower() for word in WORD.findall(text)}
        found += [f"line {node.lineno}: the word {word!r}" for word in sorted(words & FRENCH)]
        if text.strip().lower() in ENGLISH:
            found.append(f"line {node.lineno}: the word {text!r}")
    return found


@pytest.mark.parametrize("path", FILES, ids=[str(p.relative_to(ROOT)) for p in FILES])
def test_a_python_file_holds_no_words(path: Path) -> None:
    assert complaints(path.read_text(encoding="utf-8")) == []


def test_there_is_no_python_among_the_resources() -> None:
    assert list((ROOT / "resources").rglob("*.py")) == []


@pytest.mark.parametrize(
    "source",
    [
        'X = "tués"',
        'X = ("jeudi",)',
        'X = f"{1} selon {2}"',
        'X = {"Monday": 1}',
        r'X = r"[\u0600-\u06ff]"',
        'X = "\\u0627"',
        "X = r'\\b(le|la)\\b'",
    ],
)
def test_words_are_noticed(source: str) -> None:
    assert complaints(source) != []


@pytest.mark.parametrize(
    "source",
    ['"""Le jeudi, tués."""', 'X = "nsubj:pass"', 'X = "no such file"', "# tués\nX = '⟦'"],
)
def test_docstrings_comments_labels_and_messages_are_not_words(source: str) -> None:
    assert complaints(source) == []
