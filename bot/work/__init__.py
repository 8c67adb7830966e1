"""What runs between turns: turns themselves, sending, feeds, retention."""
