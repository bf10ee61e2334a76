"""What LaTeX's signs mean: accents, symbols, and the escapes inside addresses. Shared with BibTeX."""

from __future__ import annotations

import re
import unicodedata

from archiver import urls
from archiver.documents import bare
from archiver.documents.mend import mended

# Accent commands, as combining characters.
ACCENTS = {
    "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "d": "\u0323", "b": "\u0331", "r": "\u030a",
    "k": "\u0328", "t": "\u0361",
}  # fmt: skip
SIGNS = {
    "ss": "ß", "SS": "SS", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å", "o": "ø", "O": "Ø",
    "l": "ł",
    "L": "Ł", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ",
    "NG": "Ŋ",
    "dag": "†", "ddag": "‡", "S": "§", "P": "¶", "copyright": "©", "pounds": "£", "euro": "€", "texteuro": "€",
    "dots": "…", "ldots": "…", "textellipsis": "…", "textendash": "–", "textemdash": "—", "textquoteleft": "‘",
    "textquoteright": "’", "textquotedblleft": "“", "textquotedblright": "”", "textquotesingle": "'",
    "textquotedbl": '"', "guillemotleft": "«", "guillemotright": "»", "guillemetleft": "«", "guillemetright": "»",
    "og": "«",
    "fg": "»", "glqq": "„", "grqq": "“", "glq": "‚", "grq": "‘", "flqq": "«", "frqq": "»", "textasciitilde": "~",
    "textasciicircum": "^", "textbackslash": "\\", "textunderscore": "_", "textbar": "|", "textless": "<",
    "textgreater": ">", "textbullet": "•", "textdegree": "°", "textregistered": "®", "texttrademark": "™",
    "textsection": "§", "textexclamdown": "¡", "textquestiondown": "¿", "textdollar": "$", "textpercent": "%",
    "textnumbersign": "#", "textampersand": "&", "textbraceleft": "{", "textbraceright": "}", "TeX": "TeX",
    "LaTeX": "LaTeX", "LaTeXe": "LaTeX2e", "BibTeX": "BibTeX", "XeTeX": "XeTeX", "LuaTeX": "LuaTeX", "slash": "/",
    "quad": " ", "qquad": " ", "space": " ", "nobreakspace": " ", "hfill": " ", "newline": " ", "linebreak": " ",
    "par": "\n\n", "and": ", ", "AND": ", ", "And": ", ", "lq": "‘", "rq": "’", "lbrace": "{", "rbrace": "}",
    "textcopyright": "©", "textsterling": "£", "hyp": "-", "textsuperscript": "", "cdot": "·", "sim": "~",
    "lbrack": "[", "rbrack": "]", "ldelim": "", "textcolon": ":", "colon": ":", "backslash": "\\", "lstquote": '"',
    "times": "×",
}  # fmt: skip
_ESCAPED = {
    "textasciitilde": "~", "sim": "~", "textunderscore": "_", "slash": "/", "textpercent": "%", "textnumbersign": "#",
    "textampersand": "&", "textasciicircum": "^", "textdollar": "$", "textbackslash": "\\", "lbrace": "{",
    "rbrace": "}", "textbar": "|", "percent": "%", "hash": "#", "percentchar": "%", "hashchar": "#", "lbrack": "[",
    "rbrack": "]", "colon": ":", "equal": "=", "relax": "", "underscore": "_",
}  # fmt: skip
_COMMAND = re.compile(r"\\(?P<name>[A-Za-z]+)[ \t]*(?:\{\})?|\\(?P<sign>[^A-Za-z\n])(?:\{\})?|(?P<brace>[{}])")
_TILDE = re.compile(
    r"\{?\\raise\s?-?\.?\d{1,4}(?:\.\d{1,3})?[a-z]{2}\s?\\hbox\s?\{\$\\scriptstyle\s?\\(?:sim|mathtt\{\\sim\})\$\}\}?"
    r"|\$\\(?:scriptstyle\s?\\)?sim\$|\\char(?:126|\"7E|`\\~)\s?"
)
_BROKEN = re.compile(r"(?<!\\)%[ \t]*\n\s*|\n\s*|\\\n\s*|\\discretionary(?:\{[^{}]*\}){3}|\\hspace\*?\{[^{}]*\}")
# What says that an address has none: left there to be filled in.
_UNFILLED = re.compile(r"(?:todo|tbd|tba|fixme|xxx+|\?+|\.\.\.|…|url|link|http|https?:(?://)?)", re.IGNORECASE)
_SCHEME = re.compile(r"(?:https?|ftps?):/{1,2}\S", re.IGNORECASE)
_OTHER_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?!\d{1,5}(?:/|$))")
_HOST = re.compile(r"(?:www\.|(?:[\w-]{1,63}\.){1,8})(?P<top>[^\W\d_]{2,24})(?::\d{1,5})?(?P<path>[/?#]\S*)?")
# Top-level domains that are file suffixes as well: only with a path behind them they are hosts.
_FILES = frozenset({
    "py", "sh", "zip", "md", "pl", "rs", "ps", "cc", "so", "ai", "tex", "mov", "app", "java", "bz", "gz",
})  # fmt: skip
_DOI = re.compile(r"(?:doi\s?[:/]\s?|https?://(?:dx\.|www\.)?doi\.org/)?(?P<doi>10\.\d{4,9}/\S+)", re.IGNORECASE)


def accented(accent: str, letter: str) -> str:
    """Put an accent on a letter."""
    letter = {"ı": "i", "ȷ": "j"}.get(letter, letter)
    return unicodedata.normalize("NFC", letter[:1] + ACCENTS[accent] + letter[1:]) if letter else ""


def unescaped(written: str) -> str:
    """Give an address as it is meant, from how LaTeX has it."""
    written = _BROKEN.sub("", _TILDE.sub("~", written.strip()))
    return _COMMAND.sub(_meant, written).replace("\u00ad", "").strip()


def _meant(found: re.Match[str]) -> str:
    if found["brace"]:
        return ""
    if sign := found["sign"]:
        return "" if sign in "-/, ;!@\\" else sign
    name = found["name"]
    # \string~ gives the sign behind it.
    return _ESCAPED.get(name, "")


def address(written: str) -> str | None:
    """Give the address that stands in the argument of a command such as \\url; None when there is none in it."""
    url = unescaped(written).replace(" ", "")
    if url.startswith("<") and url.endswith(">"):
        url = url[1:-1]
    url = re.sub(r"^url:(?=\w)", "", url, flags=re.IGNORECASE)
    if _SCHEME.match(url):
        return url
    if doi := _DOI.fullmatch(url):
        return bare.doi_address(doi["doi"])
    if url.startswith("//") and _HOST.match(url[2:]):
        return f"https:{url}"
    if "@" in url.partition("/")[0] or _OTHER_SCHEME.match(url):
        return None
    host = _HOST.fullmatch(url)
    if host is None or (host["top"].lower() in _FILES and not host["path"] and not url.startswith("www.")):
        return None
    name = url.partition("/")[0].partition(":")[0].partition("?")[0].partition("#")[0].lower()
    return url if urls.normalise(url) and _known(name) else None


def _known(name: str) -> bool:
    """Tell whether a name ends in a top-level domain that exists, or one reserved for examples."""
    return urls.registrable_domain(f"x.{name}") != f"x.{name}" or name.endswith((".example", ".test"))


def is_unfilled(written: str) -> bool:
    """Tell whether an address was left to be filled in."""
    url = unescaped(written)
    return not url or _UNFILLED.fullmatch(url) is not None


_PLAIN = re.compile(
    r"\\(?P<accent>['`^\"~=.]|[uvHcdbrkt](?![A-Za-z]))[ \t]*"
    r"(?:\{\s*\\?(?P<braced>[^\W\d_]?)\s*\}|\\?(?P<letter>[^\W\d_]))"
    r"|(?P<row>\\\\\*?(?:\s?\[[^\[\]]{0,20}\])?)|\\(?P<name>[A-Za-z]+)\*?[ \t]*(?:\{\})?"
    r"|\\(?P<sign>[^A-Za-z])|(?P<brace>[{}$])|(?P<tie>(?<!/)~)"
    r"|(?P<dash>-{2,3})|(?P<quote>``|'')"
)
_ARGUMENT = re.compile(r"\\(?:href|url)[ \t]*\{[^{}]{0,2000}\}|\\(?:label|cite[a-z]*|thanks)\{[^{}]{0,500}\}")


def plain(source: str) -> str:
    """Give a piece of LaTeX as its reader sees it, on one line."""

    def seen(found: re.Match[str]) -> str:
        if accent := found["accent"]:
            letter = found["braced"] if found["braced"] is not None else found["letter"]
            return accented(accent, letter or "")
        if name := found["name"]:
            return SIGNS.get(name, "")
        if sign := found["sign"]:
            return "" if sign in "-/()!@[]" else " " if sign in "\\,; :\n" else sign
        if found["brace"]:
            return ""
        if dash := found["dash"]:
            return "–" if len(dash) == 2 else "—"
        return "“" if found["quote"] == "``" else "”" if found["quote"] else " "

    return mended(_PLAIN.sub(seen, _ARGUMENT.sub(" ", source)))


def bare_addresses(source: str) -> list[bare.Bare]:
    """Find the addresses written out in a piece of LaTeX; the places are those in the source."""
    # A backslash before a sign would end an address: an invisible sign takes its place, so that nothing moves.
    hidden = re.sub(r"\\(?=[%#_&~$])", "\u2061", source)
    hidden = re.sub(r"[{}]", " ", hidden)
    return [
        bare.Bare(one.start, one.end, one.url.replace("\u2061", "")) for one in bare.find(hidden)
    ]
