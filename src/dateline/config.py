"""One typed ``Settings``: every limit and every switch, each with what it does and its default.

A setting is read from the environment, its name in capitals after ``DATELINE_``. The page
``docs/reference/settings.md`` is made from here: ``python -m dateline.config > FILE``.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from platformdirs import user_cache_path
from pydantic import BaseModel, ConfigDict, Field, ValidationError

PREFIX = "DATELINE_"


class SettingsError(Exception):
    """A setting in the environment is not usable; the message is one line."""


class Settings(BaseModel):
    """Every limit and switch of dateline. The defaults are what the tests run with."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    max_input_bytes: int = Field(
        default=10_000_000,
        ge=1,
        description="The largest report that is read, in bytes: a text or HTML file, one line of "
        "a JSON Lines file, or standard input. A larger one is refused and named; the others go "
        "on. A JSON Lines file itself may be of any size.",
    )
    max_article_characters: int = Field(
        default=200_000,
        ge=1,
        description="The longest article that is coded, in characters. A longer text is refused "
        "and named: it is a book or a dump, not a report.",
    )
    max_paragraph_characters: int = Field(
        default=20_000,
        ge=100,
        description="A line longer than this is parsed in pieces, cut after the end of a sentence "
        "where there is one, so that the memory of the parse is bounded. Offsets do not change.",
    )
    max_folder_files: int = Field(
        default=1_000_000,
        ge=1,
        description="The most files that are looked at below one folder.",
    )
    min_parsed_share: float = Field(
        default=0.9,
        ge=0,
        le=1,
        description="HTML: when the parser sees less than this share of the words that a second "
        "parser sees on the page, the page is refused as not read in full (a parser may lose text "
        "that is nested too deep, without a word).",
    )
    min_extracted_share: float = Field(
        default=0.05,
        ge=0,
        le=1,
        description="HTML: when the main text is shorter than this share of what a second, "
        "simpler method takes for it, the page is refused as not read in full.",
    )
    min_language_share: float = Field(
        default=0.2,
        ge=0,
        le=1,
        description="A text is refused as being in a language that dateline has no resources for "
        "when each language that it has is less than this share as probable as the likeliest one.",
    )
    gate: bool = Field(
        default=True,
        description="Parse only the paragraphs that hold a word that can name a happening. Off, "
        "every paragraph is parsed: the same claims, only later.",
    )
    workers: int = Field(
        default=1,
        ge=1,
        le=256,
        description="How many processes code reports at once. Each holds the language model "
        "(about 380 MB).",
    )
    in_flight: int = Field(
        default=4,
        ge=1,
        le=1024,
        description="How many reports wait for each worker at most, so that a large folder is "
        "never held in memory.",
    )
    cache: Path = Field(
        default_factory=lambda: user_cache_path("dateline"),
        description="Where the place index is kept once built.",
        json_schema_extra={"shown": "the user's cache folder"},
    )
    traceback: bool = Field(
        default=False,
        description="Show where an internal error happened. For a report of a fault in dateline.",
    )

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """The settings of this environment (the process's own when none is given).

        Raises SettingsError, in one line, for a value that is not usable or a name after
        ``DATELINE_`` that no setting has.
        """
        environ = os.environ if environ is None else environ
        given = {
            name.removeprefix(PREFIX).lower(): value
            for name, value in environ.items()
            if name.startswith(PREFIX) and value != ""
        }
        try:
            return cls.model_validate(given)
        except ValidationError as error:
            first = error.errors()[0]
            name = PREFIX + ".".join(str(part) for part in first["loc"]).upper()
            if first["type"] == "extra_forbidden":
                raise SettingsError(f"{name}: there is no such setting; unset it") from None
            raise SettingsError(f"{name}={first['input']!r}: {first['msg']}") from None


def reference() -> str:
    """The Markdown page that documents every setting: ``docs/reference/settings.md``."""
    lines = [
        "# Settings",
        "",
        "Every limit and switch of dateline, read from the environment. This page is made from",
        "`dateline/config.py` by `python -m dateline.config`.",
        "",
        "| setting | default | what it does |",
        "|---|---|---|",
    ]
    for name, field in Settings.model_fields.items():
        extra = field.json_schema_extra
        if isinstance(extra, dict) and "shown" in extra:
            default = str(extra["shown"])
        elif isinstance(field.default, bool):
            default = f"`{str(field.default).lower()}`"
        else:
            default = f"`{field.default}`"
        lines.append(f"| `{PREFIX}{name.upper()}` | {default} | {field.description} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(reference(), end="")
