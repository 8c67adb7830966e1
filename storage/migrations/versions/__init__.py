"""Each step of the tables, oldest first."""
