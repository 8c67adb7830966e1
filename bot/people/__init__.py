"""People: person, consent, age band, roles, audit."""
