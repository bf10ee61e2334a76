"""XML that no reader is made for: its words and links are read, its namespaces are no citations."""

from __future__ import annotations

import pytest
from document_reading import read_document

ARTICLE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE article PUBLIC "-//NLM//DTD" "https://dtd.example/article.dtd">
<article xmlns:xlink="http://www.w3.org/1999/xlink" xmlns="http://names.example/ns"><front><title>Tides</title></front>
<body><p>See <ext-link xlink:href="https://one.example/a">one</ext-link> and https://two.example/b.</p></body></article>
"""
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
    '<a xlink:href="https://one.example/a"><text>one</text></a></svg>'
)


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("article.xml", ARTICLE, ["https://one.example/a", "https://two.example/b"]),
        ("drawing.svg", DRAWING, ["https://one.example/a"]),
        ("drawing.txt", DRAWING, ["https://one.example/a"]),
    ],
)
def test_links_are_read_and_namespaces_are_not(name: str, data: str, expected: list[str]) -> None:
    assert [one.url for one in read_document(data, name).citations] == expected
