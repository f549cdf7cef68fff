"""Edges in: each module yields documents."""
