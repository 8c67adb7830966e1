"""The scripted conversations of the benchmark."""
