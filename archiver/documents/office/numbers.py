"""How word processors write numbers: of notes and of list items."""

from __future__ import annotations

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_SYMBOLS = "*†‡§"
_FULL = str.maketrans("0123456789", "０１２３４５６７８９")
# The format names of DOCX; those of ODF are "1", "i", "I", "a", "A".
_ODF = {"i": "lowerRoman", "I": "upperRoman", "a": "lowerLetter", "A": "upperLetter"}


def written(value: int, form: str) -> str:
    """Write a number in a named format; what is not known is written in digits, as the programs do."""
    form = _ODF.get(form, form)
    if not 0 < value < 4000:
        return str(value)
    if form in ("lowerRoman", "upperRoman"):
        roman = _roman(value)
        return roman if form == "lowerRoman" else roman.upper()
    if form in ("lowerLetter", "upperLetter"):
        # After z come aa, bb, cc.
        letter = chr(ord("a") + (value - 1) % 26) * min(1 + (value - 1) // 26, 20)
        return letter if form == "lowerLetter" else letter.upper()
    if form == "chicago":
        return _SYMBOLS[(value - 1) % 4] * min(1 + (value - 1) // 4, 20)
    if form == "decimalZero":
        return f"{value:02}"
    if form.startswith("decimalFullWidth"):
        return str(value).translate(_FULL)
    if form.startswith("decimalEnclosedCircle") and value <= 20:
        return chr(0x2460 + value - 1)
    if form == "numberInDash":
        return f"- {value} -"
    return str(value)


def _roman(value: int) -> str:
    pieces = []
    for worth, sign in _ROMAN:
        pieces.append(sign * (value // worth))
        value %= worth
    return "".join(pieces)
