"""The two databases behind one facade."""
