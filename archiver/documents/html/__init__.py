"""HTML: pages, their links, players and notes."""
