"""PDF: the text of its pages, their links and notes."""
