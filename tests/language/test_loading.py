from __future__ import annotations

import pytest

from dateline.language import available, language
from dateline.language.events import Events
from dateline.language.loading import ResourceError, load, read

GOOD = """
version = "1"
[[trigger]]
id = "a"
type = "armed-attack"
verb = ["attaquer"]
examples = [{ text = "Ils attaquent.", trigger = "attaquent" }]
"""


def test_read_takes_a_good_file() -> None:
    assert read(Events, GOOD, "x.toml").trigger[0].verb == ("attaquer",)


@pytest.mark.parametrize(
    ("broken", "line", "reason"),
    [
        (GOOD.replace("verb =", "verbs ="), 6, "Extra inputs"),
        (
            GOOD.replace('[{ text = "Ils attaquent.", trigger = "attaquent" }]', "[]"),
            7,
            "at least 1",
        ),
        (GOOD.replace('type = "armed-attack"', "type = 3"), 5, "valid string"),
        (GOOD.replace('"attaquer"]', '"attaquer"'), 7, "not TOML"),
        (GOOD + '\n[[trigger]]\nid = "b"\nexamples = []\n', 9, "type"),
    ],
)
def test_read_refuses_a_broken_file_with_name_line_and_reason(
    broken: str, line: int, reason: str
) -> None:
    with pytest.raises(ResourceError) as caught:
        read(Events, broken, "lang/xx/events.toml")
    message = str(caught.value)
    assert message.startswith(f"lang/xx/events.toml:{line}"), message
    assert reason in message
    assert "\n" not in message


def test_load_names_a_missing_file() -> None:
    with pytest.raises(ResourceError, match=r"lang/xx/events\.toml: no such resource"):
        load(Events, "lang", "xx", "events.toml")


def test_language_names_the_known_ones_when_asked_for_another() -> None:
    assert "fr" in available()
    with pytest.raises(ResourceError, match=r"'tlh'.*fr"):
        language("tlh")
