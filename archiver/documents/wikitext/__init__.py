"""Wikitext, as MediaWiki has it."""
