"""Edges out: one file a format. Each takes outcomes and writes them to a stream."""
