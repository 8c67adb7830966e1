"""Campaigns: what the city sends to people who agreed to it, and what came of it."""
