"""One document, written in many formats by pandoc and rendered by asciidoctor: it cites the same in each.

pandoc and asciidoctor are no part of this project: they are started as programs of their own.
"""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest
from document_reading import read_document, targets
from real_parts import lacking

DOCUMENT = """\
---
title: Salt and Tides
---

# The tide

Text[^a] with [*words*](https://a.example/x_(y)?q=1&r=50%25#f~g), a <https://bare.example/a_b%20c>, and notes[^b][^long].

> A quote with [a link](https://quote.example/a,b;c)^[An inline note: <https://inline.example/>.]

- An [item](https://item.example/'it')
- Another[^c]

| Name | Link |
|------|------|
| Quay | [a cell](https://cell.example/$HOME)[^d] |

1. First <https://first.example>
    a. and [deep](https://deep.example/~ida/)

```python
x = "https://code.example/"
```

[![A picture](p.png)](https://picture.example/)

# More

Text[^e]. A [film](https://www.youtube.com/watch?v=jNQXAC9IVRw). *https://leaning.example/*. "Quoted <https://quoted.example/>."

[^a]: See [the plan](https://plan.example/%7Ex), accessed 4 May 2014.
[^b]: A remark.
[^long]: First <https://long.example/1>.

    Second [two](https://long.example/2).

[^c]: Available at:
[^d]: In a cell <https://noted.example/a_b>.
[^e]: *Ünïcode* [ü](https://ü.example/ä).
"""

EXPECTED = [
    ("1", "https://plan.example/%7Ex"),
    (None, "https://a.example/x_(y)?q=1&r=50%25#f~g"),
    (None, "https://bare.example/a_b%20c"),
    ("2", ""),
    ("3", "https://long.example/1"),
    ("3", "https://long.example/2"),
    (None, "https://quote.example/a,b;c"),
    ("4", "https://inline.example/"),
    (None, "https://item.example/'it'"),
    ("5", "LOST"),
    (None, "https://cell.example/$HOME"),
    ("6", "https://noted.example/a_b"),
    (None, "https://first.example"),
    (None, "https://deep.example/~ida/"),
    (None, "https://picture.example/"),
    ("7", "https://ü.example/ä"),
    (None, "https://www.youtube.com/watch?v=jNQXAC9IVRw"),
    (None, "https://leaning.example/"),
    (None, "https://quoted.example/"),
]


def program(name: str) -> str:
    """Find a program that may be missing where the tests run."""
    found = shutil.which(name)
    if found is None:
        lacking(f"{name} is missing: apt-get install -y {name}")
    return found


def written(form: str, text: str = DOCUMENT) -> str:
    """Give a document as pandoc writes it in another format."""
    return subprocess.run(
        [program("pandoc"), "--standalone", "--from=markdown", f"--to={form}"],
        input=text, capture_output=True, check=True, text=True, timeout=60,
    ).stdout


def test_the_document_itself() -> None:
    assert targets(read_document(DOCUMENT.replace("^[An inline note: <https://inline.example/>.]", "[^f]") + "[^f]: An inline note: <https://inline.example/>.\n", "a.md")) == EXPECTED


@pytest.mark.parametrize(
    ("form", "source"),
    [("gfm", "a.md"), ("rst", "a.rst"), ("mediawiki", "a.wiki"), ("org", "a.org"), ("latex", "a.tex")],
)
def test_what_pandoc_writes_cites_what_the_document_cites(form: str, source: str) -> None:
    found = targets(read_document(written(form), source))
    # pandoc writes a note in a table of Org twice, once without a marker.
    assert list(dict.fromkeys(found)) == EXPECTED


def test_what_pandoc_writes_as_asciidoc_cites_what_the_document_cites() -> None:
    # pandoc leaves out notes of several paragraphs here.
    one_paragraph = DOCUMENT.replace("/1>.\n\n    Second", "/1>. Second")
    assert targets(read_document(written("asciidoc", one_paragraph), "a.adoc")) == EXPECTED


def test_a_notebook_by_pandoc_cites_what_the_document_cites() -> None:
    text = written("ipynb", DOCUMENT.replace("![A picture](p.png)", "A picture"))  # it would look for the file
    assert json.loads(text)["cells"]
    assert {url for _, url in targets(read_document(text, "a.ipynb"))} == {url for _, url in EXPECTED}
