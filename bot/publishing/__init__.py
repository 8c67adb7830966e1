"""Content that staff publish: what may be changed, what has changed, how it will look."""
