"""Bulk updates from a file: planned first, shown, then run exactly as planned."""
