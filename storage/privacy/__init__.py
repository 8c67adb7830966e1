"""Whose data every table holds, how long, and what export and erasure do with it."""
