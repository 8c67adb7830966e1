"""What can be learnt: the catalogue's records, its import, its search."""
