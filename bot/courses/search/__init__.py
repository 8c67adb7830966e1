"""Finding courses: reading a request, matching it, and ranking what matches."""
