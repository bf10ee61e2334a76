"""Works that a reference manager keeps behind a citation: Zotero, Mendeley, EndNote and their like.

They store what they know of a work in the code of a field (Word) or in the name of a reference mark (LibreOffice): as
JSON of the Citation Style Language, EndNote as XML of its own.
"""

from __future__ import annotations

import html
import json
import re

from archiver.documents.bare import doi_address
from archiver.documents.mend import mended

_LONGEST = 2_000_000
_MOST = 200  # works of one citation
_DOI = re.compile(r"10\.\d{4,9}/\S{1,300}")
_RECORD = re.compile(r"<record>(.{0,200000}?)</record>", re.DOTALL)
_TITLE = re.compile(r"<title>(?:<style[^<>]{0,200}>)?([^<]{1,500})")
_NUMBER = re.compile(r"<electronic-resource-num>(?:<style[^<>]{0,200}>)?([^<]{1,300})")
_URL = re.compile(r"<url>(?:<style[^<>]{0,200}>)?\s*(https?://[^<\s]{1,2000})")


def of_field(code: str) -> list[tuple[str, str]]:
    """Give address and title of each work that a code names."""
    if len(code) > _LONGEST:
        return []
    if "EN.CITE" in code[:40]:
        return _endnote(code)
    begin = code.find("{")
    if begin < 0 or "CSL" not in code[:200].upper() or "BIBL" in code[:begin].upper():
        return []
    try:
        # Behind the JSON there may be the name of the field.
        citation, _ = json.JSONDecoder().raw_decode(code, begin)
    except (ValueError, RecursionError):
        return []
    items = citation.get("citationItems") if isinstance(citation, dict) else None
    found = []
    for item in items[:_MOST] if isinstance(items, list) else ():
        data = item.get("itemData") if isinstance(item, dict) else None
        if isinstance(data, dict) and (url := _address(data.get("DOI"), data.get("URL"))):
            found.append((url, _said(data.get("title"))))
    return found


def _endnote(code: str) -> list[tuple[str, str]]:
    found = []
    for count, record in enumerate(_RECORD.finditer(code)):
        if count >= _MOST:
            break
        title, doi, url = (pattern.search(record.group(1)) for pattern in (_TITLE, _NUMBER, _URL))
        address = _address(doi and html.unescape(doi.group(1)), url and html.unescape(url.group(1)))
        if address:
            found.append((address, _said(html.unescape(title.group(1)) if title else "")))
    return found


def _address(doi: object, url: object) -> str:
    name = _DOI.search(doi) if isinstance(doi, str) else None
    if name is not None:
        return doi_address(name.group())
    return (
        url.strip()[:4000] if isinstance(url, str) and url.strip().lower().startswith(("http://", "https://")) else ""
    )


def _said(title: object) -> str:
    return mended(title[:1000]) if isinstance(title, str) else ""
