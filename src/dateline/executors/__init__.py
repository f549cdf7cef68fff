"""Engines: each maps a function over items, bounded in flight."""
