"""Words behind which a digit is no note: data for markers.py, all in lower case."""

from __future__ import annotations

# Words that end in a number of their own.
NAMES = frozenset({
    "a", "airbus", "apollo", "area", "arg", "av", "b", "bar", "base", "bbc", "blu", "boeing", "c", "cd", "ch",
    "channel", "chapter", "chatgpt", "class", "co", "core", "covid", "css", "d", "day", "ddr", "dvd", "dx", "e",
    "es", "eth", "ext", "f", "f1", "falcon", "fat", "fig", "figs", "file", "float", "foo", "formula", "g",
    "galaxy", "gen", "gpt", "grade", "group", "gtx", "h", "h1n", "hdmi", "hevc", "highway", "html", "http", "i",
    "image", "img", "int", "intel", "ipad", "iphone", "ipod", "ipv", "item", "itv", "jpeg", "k", "l", "level",
    "llama", "log", "lte", "m", "mat", "md", "mi", "ml", "mp", "mpeg", "n", "nb", "no", "node", "nr", "ntfs", "o",
    "omega", "p", "page", "part", "pci", "phase", "php", "pi", "player", "pm", "pp", "pres", "ps", "psp", "py",
    "python", "q", "r", "raid", "ram", "rev", "room", "route", "rs", "rtx", "ryzen", "sars", "sata", "saturn",
    "sda", "sec", "server", "sha", "ssl", "stage", "step", "str", "t", "team", "test", "tier", "tls", "tmp",
    "top", "track", "type", "u", "uint", "usb", "utf", "v", "var", "vec", "ver", "version", "vitamin", "vol",
    "vp", "war", "web", "week", "win", "windows", "ww", "wwi", "x", "xbox", "y", "z", "zone",
})

# Words whose full stop ends no sentence: a number behind it is theirs.
ABBREVIATIONS = frozenset({
    "abb", "approx", "apr", "art", "aug", "bd", "cap", "ch", "chap", "dec", "ed", "eq", "ex", "f", "feb", "ff",
    "fig", "figs", "jan", "jul", "jun", "kap", "lib", "mar", "may", "n", "no", "nos", "nov", "nr", "oct", "op",
    "p", "par", "para", "pp", "pt", "rev", "rs", "s", "sec", "sect", "sep", "sept", "st", "tab", "table", "v",
    "ver", "vol", "vols", "vs", "vv", "z",
})

# Units: a raised digit behind one is a power.
UNITS = frozenset({
    "a", "b", "c", "cm", "dm", "e", "ft", "g", "ha", "hm", "i", "in", "k", "kg", "km", "m", "mi", "mm", "n", "nm",
    "p", "q", "r", "s", "sec", "t", "u", "um", "v", "w", "x", "y", "yd", "z", "µm",
})
