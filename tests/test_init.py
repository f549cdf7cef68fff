from __future__ import annotations

import subprocess
import sys

import pytest

import dateline


def test_public_names_are_there() -> None:
    for name in dateline.__all__:
        assert getattr(dateline, name) is not None


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        dateline.nothing  # noqa: B018


def test_importing_the_package_loads_nothing_heavy() -> None:
    seen = "import sys, dateline; print(sorted({'spacy', 'pydantic', 'rich'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", seen], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
