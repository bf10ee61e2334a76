"""The code of a field in a DOCX: its name, its argument and its switches (ISO/IEC 29500-1, 17.16)."""

from __future__ import annotations

import re

_CODE = re.compile(r"[\"“”„]([^\"“”]*)[\"“”]?|\\([A-Za-z*@#!])|([^\s\"“”]+)")


def understood(code: str) -> tuple[str, str, str]:
    """Split the code of a field: its name, its first argument, and the place in the target (switch l)."""
    kind, _, rest = code.strip()[:20_000].partition(" ")
    first, place, switch = "", "", ""
    for found in _CODE.finditer(rest):
        if found.group(2):
            switch = found.group(2).lower()
            continue
        value = (found.group(1) if found.group(1) is not None else found.group(3)).replace("\\\\", "\\").strip()
        if switch == "l":
            place = place or value
        elif switch not in ("o", "t", "f"):
            first = first or value
        switch = ""
    return kind.upper(), first, place
