"""Insights: figures about the city that never tell of so few that one could guess who."""
