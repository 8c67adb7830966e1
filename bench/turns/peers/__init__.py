"""What else one could run: python-telegram-bot as its examples show it."""
