"""The engine: conversations as plain code, whose only state is the log of what a person did."""
