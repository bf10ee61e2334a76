"""Words that promise a target: "available at", "see the video:", "[link]", "click here"."""

from __future__ import annotations

import re

_COLON = re.compile(r"[:：]\s*[\"'”’»)\]]*\s*$")
_ENDING = re.compile(
    r"(?:\b(?:available|found|read|seen|viewed|watched|online|accessible|posted|archived|reproduced|retrieved|source|link)"
    r"\s+(?:online\s+)?(?:at|here|from|on|via)|\b(?:see|watch|read|view|listen|via|cf\.?|from|at|here|link|url|video|voir|siehe"
    r"|vgl\.?|ver|hier|ici|aqu[íi]))\s*[.:]?\s*$",
    re.IGNORECASE,
)
_ALONE = re.compile(
    r"[\[(]?\s*(?:click(?:ing)?\s+here|link|video\s+link|link\s+here|(?:video|watch|source|see|read|more)\s+here|here|web\s?site"
    r"|this\s+(?:link|video|clip)|watch(?:\s+(?:it|the\s+video|this|now))?|read\s+more|source|video|hier\s+klicken|cliquez\s+ici"
    r"|lien|enlace)\s*[\])]?[.:]?",
    re.IGNORECASE,
)
_IN_TEXT = re.compile(
    r"\[(?:link|video|watch|source|url|click here|video here|link here|video link|hyperlink)\](?![\[(:])"
    r"|\bclick here\b",
    re.IGNORECASE,
)


def announces(note: str) -> bool:
    """Tell whether the body of a note announces a target and then ends."""
    tail = note.strip()[-80:]
    return not tail or bool(_COLON.search(tail) or _ENDING.search(tail))


def stood_for_link(words: str) -> bool:
    """Tell whether a text can only have been the text of a link."""
    return len(words) < 60 and _ALONE.fullmatch(words.strip()) is not None


placeholders = _IN_TEXT.finditer
