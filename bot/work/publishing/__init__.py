"""Publishing content while the program runs: trying it, taking it, going back."""
