"""dateline: news reports of armed conflict in, an auditable record of claims out."""

__version__ = "0.1.0"
