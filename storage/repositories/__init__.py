"""One repository for each subject, all within one unit of work."""
