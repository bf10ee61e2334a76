"""Note markers and note bodies, matched: `cite.py` for all formats, the rest for notes that only the text shows."""
