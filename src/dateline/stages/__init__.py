"""The stages: pure functions, one verb a file; none imports another."""
