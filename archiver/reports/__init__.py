"""Reports: one `Report` value in, text, JSON, CSV, HTML, JUnit or annotations out. Decides nothing, fetches nothing."""
