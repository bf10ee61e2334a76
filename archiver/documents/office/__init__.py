"""Readers of word processors' documents: DOCX and ODT. Both tell one `Story`, of which the citations are made."""
