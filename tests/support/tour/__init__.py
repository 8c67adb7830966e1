"""The pictures of `docs/tour.md`, taken of the running program: `make pictures`."""
