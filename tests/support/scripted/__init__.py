"""Scripted conversations whose every reply can be foretold, for kills and benchmarks."""
