"""Settings: read from the environment, refused in one line, all documented."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.config import PREFIX, Settings, SettingsError, reference

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "settings.md"


def test_the_page_of_settings_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference()


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_says_what_it_does(name: str) -> None:
    description = Settings.model_fields[name].description
    assert description
    assert description in PAGE.read_text(encoding="utf-8")
    assert f"`{PREFIX}{name.upper()}`" in PAGE.read_text(encoding="utf-8")


def test_settings_come_from_the_environment() -> None:
    given = {"DATELINE_MAX_INPUT_BYTES": "5", "DATELINE_GATE": "false", "PATH": "/bin"}
    settings = Settings.from_environment(given)
    assert (settings.max_input_bytes, settings.gate) == (5, False)


def test_an_empty_variable_is_no_setting() -> None:
    assert Settings.from_environment({"DATELINE_WORKERS": ""}).workers == 1


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"DATELINE_WORKERS": "many"}, "DATELINE_WORKERS='many': "),
        ({"DATELINE_WORKERS": "0"}, "DATELINE_WORKERS='0': "),
        ({"DATELINE_SPEED": "9"}, "DATELINE_SPEED: there is no such setting"),
    ],
)
def test_what_is_not_usable_is_refused_in_one_line(given: dict[str, str], message: str) -> None:
    with pytest.raises(SettingsError, match=f"^{message}") as caught:
        Settings.from_environment(given)
    assert "\n" not in str(caught.value)
