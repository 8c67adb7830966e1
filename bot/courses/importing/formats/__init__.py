"""One module for each format that providers really send."""
