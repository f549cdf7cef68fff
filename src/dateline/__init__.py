"""dateline: news reports of armed conflict in, an auditable record of claims out.

The public names, each loaded when first asked for:

>>> from dateline import Coder, Document, Settings
>>> outcome = Coder(Settings()).code(Document(data=b"...", ref="report.txt", lang="fr"))
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_HOMES = {
    "Article": "dateline.model",
    "Claim": "dateline.model",
    "Document": "dateline.model",
    "Outcome": "dateline.model",
    "Coder": "dateline.pipeline",
    "Settings": "dateline.config",
}

__all__ = ["Article", "Claim", "Coder", "Document", "Outcome", "Settings", "__version__"]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'dateline' has no attribute {name!r}")
    return getattr(import_module(home), name)
