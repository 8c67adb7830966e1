"""The digital CV: a page about learning that a person builds and may show to others."""
