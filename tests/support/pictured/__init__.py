"""A conversation with pictures, for tests of the whole program."""
