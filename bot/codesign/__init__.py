"""Co-design: people comment on a framework's descriptors, and the next draft says what changed."""
