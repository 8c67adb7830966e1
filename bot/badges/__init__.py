"""Open Badges: what can be earned, signed so that anybody can verify it."""
