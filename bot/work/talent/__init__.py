"""Inviting residents to what employers offer: counting, matching, inviting, telling."""
