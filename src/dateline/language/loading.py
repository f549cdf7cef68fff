"""Reading resource files: TOML in, validated frozen values out, or one clear refusal.

A resource that is broken is refused whole, with its file, its line and the reason; nothing is
skipped in silence.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Sequence
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError


class ResourceError(Exception):
    """A resource file is not usable; the message is one line: file, line, reason."""


class Rules(BaseModel):
    """The base of every table in a resource file: frozen, and an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


R = TypeVar("R", bound=Rules)


def resource(*parts: str) -> Traversable:
    """A file or folder under ``dateline/resources``."""
    return resources.files("dateline").joinpath("resources", *parts)


def _line_of(text: str, location: Sequence[int | str]) -> int:
    """The line of a TOML text that a validation error's location points at (1 if unknown)."""
    lines = text.splitlines()
    at = 0
    table = [str(part) for part in location if isinstance(part, str)]
    index = next((part for part in location if isinstance(part, int)), None)
    if table:
        header = re.compile(rf"\s*\[\[?{re.escape(table[0])}\]?\]?|\s*{re.escape(table[0])}\s*=")
        found = [n for n, line in enumerate(lines) if header.match(line)]
        wanted = index or 0
        if wanted < len(found):
            at = found[wanted]
        elif found:
            at = found[0]
        for key in table[1:]:
            named = re.compile(rf"\s*{re.escape(key)}\s*=|\s*\[.*\b{re.escape(key)}\]")
            for n in range(at, len(lines)):
                if n > at and lines[n].startswith("[["):
                    break
                if named.match(lines[n]):
                    at = n
                    break
    return at + 1


def read(model: type[R], text: str, name: str) -> R:
    """Validate one TOML text against its model; ``name`` is what messages call the file.

    Raises ResourceError with file, line and reason on any fault.
    """
    try:
        raw: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise ResourceError(f"{name}:{line[1] if line else '?'}: not TOML: {error}") from None
    try:
        # Through JSON, since strict validation takes an array for a tuple only there.
        return model.model_validate_json(json.dumps(raw, default=str))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        line_number = _line_of(text, first["loc"])
        raise ResourceError(f"{name}:{line_number}: {where}: {first['msg']}") from None


def load(model: type[R], *parts: str) -> R:
    """Read and validate ``resources/<parts>``; ResourceError if it is missing or broken."""
    name = "/".join(parts)
    try:
        text = resource(*parts).read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        raise ResourceError(f"{name}: no such resource file") from None
    return read(model, text, name)
