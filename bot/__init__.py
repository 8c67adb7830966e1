"""The learning city bot: conversations, subjects, channels and the work between turns."""
