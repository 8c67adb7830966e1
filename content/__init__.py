"""Words, cities and every other thing that staff can change without code."""
