"""What other programs and assistants may ask: the description of it, and the tools made of it."""
