"""Looks and verdicts: what one visit to a link shows, and what is to be believed of it."""
