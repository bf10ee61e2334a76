"""The plain text of mail as its reader sees it: without quoting signs, flowed lines put together (RFC 3676)."""

from __future__ import annotations

import re

_QUOTED = re.compile(r"(?: ?>){1,40} ?")


def unquoted(text: str, between: str | None) -> str:
    """Take the quoting signs away, and set apart what is quoted.

    `between` joins the lines of flowed text (RFC 3676); None where text is not flowed.
    """
    lines: list[list[str]] = []
    before, soft = 0, False  # how deep the line before is quoted, and whether it goes on
    for line in text.split("\n"):
        quoted = _QUOTED.match(line)
        depth = quoted.group().count(">") if quoted else 0
        words = (line[quoted.end() :] if quoted else line).rstrip("\r")
        if between is not None and not quoted:
            words = words.removeprefix(" ")  # stuffed
        if depth != before and words.strip() and lines and "".join(lines[-1]).strip():
            lines.append([])
            soft = False
        goes_on = between is not None and words.endswith(" ") and words != "-- "
        said = words[:-1] + (between or "") if goes_on else words
        if soft and words != "-- ":
            lines[-1].append(said)
        else:
            lines.append([said])
        before, soft = depth, goes_on
    return "\n".join("".join(pieces) for pieces in lines)
