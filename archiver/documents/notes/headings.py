"""Headings that say what follows: notes, or a list of works cited."""

from __future__ import annotations

import re

_NOTES = re.compile(
    r"(?:foot|end)?notes?(?:\s(?:and|&)\s(?:references|sources))?|annotations?|fu(?:ß|ss)noten|anmerkungen|endnoten|notas?"
    r"|notes? de bas de page|note|примечания|сноски|注釈?|脚注|przypisy|voetnoten|noter|fotnoter",
    re.IGNORECASE,
)
_REFERENCES = re.compile(
    r"(?:works?\scited|references?(?:\s(?:and|&)\s(?:notes|links|sources))?|bibliograph(?:y|ie)|sources?(?:\scited)?|further\sreading"
    r"|external\slinks?|see\salso|links|literature(?:\scited)?|literatur(?:verzeichnis)?|quellen(?:verzeichnis)?|einzelnachweise"
    r"|weblinks|cited\sworks|citations?|r[ée]f[ée]rences|sources\set\sr[ée]f[ée]rences|bibliograf[íi]a|referencias|riferimenti"
    r"|bibliografia|fuentes|fonti|литература|источники|ссылки|参考文献|出典|resources|selected\sreading|credits)",
    re.IGNORECASE,
)
_DRESS = re.compile(
    r"^[#=*_\-\s\d.]*|(?:\[(?:edit|Bearbeiten|modifier|editar|modifica|править)[^\]\n]{0,30}\])?[:=*_\-\s.#]*$"
)


def _bare(line: str) -> str:
    return _DRESS.sub("", line.strip()) if len(line) < 80 else ""


def announces_notes(line: str) -> bool:
    """Tell whether a line is a heading over notes."""
    return _NOTES.fullmatch(_bare(line)) is not None


def announces_references(line: str) -> bool:
    """Tell whether a line is a heading over a list of works cited."""
    return _REFERENCES.fullmatch(_bare(line)) is not None
