"""Campaigns at work: what their words come to in a city, what they send, and when."""
