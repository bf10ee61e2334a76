"""Which commands and environments of LaTeX mean what: data for latex.py."""

from __future__ import annotations

URLS = frozenset({
    "url", "nolinkurl", "URL", "burl", "homepage", "httplink", "httpslink", "weblink", "qrcode", "hyperimage",
})  # fmt: skip
# Names that documents often define themselves.
SOFT = frozenset({
    "doi", "DOI", "arxiv", "arXiv", "homepage", "weblink", "httplink", "httpslink", "URL", "burl", "qrcode", "Eprint",
    "htmladdnormallink", "ednote", "citeurl", "citenum", "tnote", "shortcite", "notecite",
})  # fmt: skip
HREFS = frozenset({"href", "Eprint"})
TEXT_FIRST = frozenset({"htmladdnormallink", "htmladdnormallinkfoot", "movie", "includemedia", "embedvideo"})
PLAYED = frozenset({"movie", "includemedia", "embedvideo"})
NOTES = {
    "footnote": "footnote",
    "thanks": "thanks",
    "endnote": "endnote",
    "sidenote": "sidenote",
    "pagenote": "pagenote",
    "tablefootnote": "footnote",
    "tfootnote": "footnote",
    "footnoteA": "footnoteA",
    "footnoteB": "footnoteB",
    "ednote": "endnote",
}
MARKS = {
    "footnotemark": "footnote",
    "endnotemark": "endnote",
    "sidenotemark": "sidenote",
    "thanksmark": "thanks",
}
TEXTS = {"footnotetext": "footnote", "endnotetext": "endnote", "sidenotetext": "sidenote"}
FOOT_CITES = frozenset({"footcite", "footfullcite", "footcites", "footfullcites", "Footcite", "citefootnote"})
AUTO_CITES = frozenset({"autocite", "Autocite", "smartcite", "Smartcite", "autocites", "smartcites"})
CITES = frozenset({
    "cite", "citep", "citet", "citealt", "citealp", "citeauthor", "citeyear", "citeyearpar", "citetitle", "citenum",
    "parencite", "Parencite", "textcite", "Textcite", "fullcite", "Cite", "Citet", "Citep", "supercite", "parencites",
    "textcites", "cites", "citeurl", "citedate", "nocite", "footcitetext", "shortcite", "citeasnoun", "onlinecite",
    "possessivecite", "notecite", "pnotecite", "volcite", "citealias", "citetext", "shortciteA", "citeA", "citeNP",
})  # fmt: skip
DEFINERS = frozenset({"newcommand", "renewcommand", "providecommand", "DeclareRobustCommand", "newrobustcmd"})
NEW_DEFINERS = frozenset({
    "NewDocumentCommand", "RenewDocumentCommand", "ProvideDocumentCommand", "DeclareDocumentCommand",
    "NewExpandableDocumentCommand",
})  # fmt: skip
PRIMITIVE_DEFINERS = frozenset({"def", "gdef", "edef", "xdef"})
INCLUDES = frozenset({
    "input", "include", "subfile", "subfileinclude", "InputIfFileExists", "bibliography", "addbibresource",
})  # fmt: skip
INCLUDES_FROM = frozenset({"import", "subimport", "includefrom", "inputfrom", "subincludefrom", "subinputfrom"})
HEADINGS = frozenset({
    "part", "chapter", "section", "subsection", "subsubsection", "paragraph", "subparagraph", "addchap", "addsec",
    "minisec", "frametitle", "framesubtitle",
})  # fmt: skip
# Commands whose arguments are not words that a reader sees, and how many they have.
SILENT = {
    "label": 1, "ref": 1, "eqref": 1, "pageref": 1, "autoref": 1, "cref": 1, "Cref": 1, "nameref": 1, "vref": 1,
    "usepackage": 1, "RequirePackage": 1, "documentstyle": 1, "vspace": 1, "hspace": 1, "includegraphics": 1,
    "bibliographystyle": 1, "pagestyle": 1, "thispagestyle": 1, "setlength": 2, "addtolength": 2, "settowidth": 2,
    "fontsize": 2, "selectlanguage": 1, "index": 1, "glossary": 1, "hyphenation": 1, "newtheorem": 2,
    "theoremstyle": 1, "newenvironment": 3, "renewenvironment": 3, "definecolor": 3, "colorlet": 2, "lstset": 1,
    "tikzset": 1, "pgfplotsset": 1, "graphicspath": 1, "geometry": 1, "newcounter": 1, "newlength": 1, "newif": 1,
    "color": 1, "pagecolor": 1, "textcolor": 1, "colorbox": 1, "fcolorbox": 2, "multicolumn": 2, "cmidrule": 1,
    "multirow": 2, "parbox": 1, "resizebox": 2, "scalebox": 1, "raisebox": 1, "rotatebox": 1, "hypertarget": 1,
    "hyperlink": 1,
    "rule": 2, "phantom": 1, "hphantom": 1, "vphantom": 1, "pagenumbering": 1, "usetheme": 1, "usecolortheme": 1,
    "DeclareMathOperator": 2, "lstinputlisting": 1, "inputminted": 2, "verbatiminput": 1, "captionsetup": 1,
    "urlstyle": 1,
    "usetikzlibrary": 1, "setmainfont": 1, "setsansfont": 1, "setmonofont": 1, "sisetup": 1, "includeonly": 1,
    "numberwithin": 2, "counterwithin": 2, "newacronym": 3, "foreignlanguage": 1, "phantomsection": 0, "bibinfo": 1,
    "bibfield": 1, "bibfnamefont": 0, "input@path": 1, "PassOptionsToPackage": 2, "ExecuteBibliographyOptions": 1,
    "markboth": 2, "markright": 1, "addcontentsline": 3, "orcid": 1, "orcidlink": 1, "orcidID": 1, "inst": 1,
    "email": 1,
    "linespread": 1, "bibliographyunit": 1, "defbibheading": 2, "hyphenpenalty": 0, "includepdf": 1,
    "animategraphics": 4,
    "bstctlcite": 1, "pdfinfo": 1, "allowdisplaybreaks": 0, "newglossaryentry": 2, "setbeamertemplate": 1,
    "bibcommenthead": 0, "providebibmacro": 1, "ProvidesFile": 1, "NeedsTeXFormat": 1, "translate": 1,
    "DeclareUnicodeCharacter": 2, "DeclareFieldFormat": 2, "AtEveryBibitem": 1, "titleformat": 5, "titlespacing": 4,
    "hyperdef": 2, "pdfbookmark": 2, "setcitestyle": 1, "bibpunct": 6, "crefname": 3, "tcbset": 1, "newtcolorbox": 2,
    "mdfsetup": 1, "SetKwInput": 2, "pgfmathsetmacro": 2, "bibliographyfont": 0, "enlargethispage": 1, "hbadness": 0,
}  # fmt: skip
# Environments that are not read.
DEAF = frozenset({
    "verbatim", "Verbatim", "BVerbatim", "LVerbatim", "SaveVerbatim", "verbatimtab", "lstlisting", "minted", "comment",
    "alltt", "listing", "filecontents", "equation", "align", "gather", "multline", "eqnarray", "displaymath", "math",
    "alignat", "flalign", "verbatimwrite", "pyconsole", "sagesilent", "luacode", "asy", "tcblisting", "algorithmic",
    "Highlighting", "semiverbatim", "mintedenv", "scilab", "codeblock", "pycode", "Sinput", "Soutput", "Schunk",
})  # fmt: skip
# Environments with arguments that are no words.
ARGUMENTS = {
    "tabular": 1, "tabular*": 2, "tabularx": 2, "tabulary": 2, "longtable": 1, "array": 1, "minipage": 1,
    "multicols": 1,
    "wrapfigure": 2, "wraptable": 2, "thebibliography": 1, "adjustbox": 1, "supertabular": 1, "xltabular": 2, "list": 2,
    "adjustwidth": 2, "textblock": 1, "column": 1, "otherlanguage": 1, "spacing": 1, "tblr": 1, "longtblr": 1,
    "tabu": 1,
    "longtabu": 1, "overpic": 1, "subfigure": 1, "subtable": 1, "SCfigure": 0,
}  # fmt: skip
VERBS = frozenset({"verb", "Verb", "lstinline", "mintinline"})
RESTARTING = frozenset({  # classes whose chapters begin their notes at 1
    "book", "report", "memoir", "scrbook", "scrreprt", "extbook", "extreport", "svmono", "thesis", "amsbook",
})  # fmt: skip
# Languages as babel, polyglossia and packages of old name them.
LANGUAGES = {
    "english": "en", "american": "en-US", "usenglish": "en-US", "british": "en-GB", "ukenglish": "en-GB",
    "canadian": "en-CA", "australian": "en-AU", "newzealand": "en-NZ", "german": "de", "ngerman": "de",
    "austrian": "de-AT",
    "naustrian": "de-AT", "swissgerman": "de-CH", "nswissgerman": "de-CH", "french": "fr", "francais": "fr",
    "frenchb": "fr", "acadian": "fr", "canadien": "fr-CA", "spanish": "es", "italian": "it", "portuguese": "pt",
    "portuges": "pt", "brazil": "pt-BR", "brazilian": "pt-BR", "dutch": "nl", "polish": "pl", "czech": "cs",
    "slovak": "sk",
    "russian": "ru", "ukrainian": "uk", "belarusian": "be", "bulgarian": "bg", "serbian": "sr", "croatian": "hr",
    "slovene": "sl", "slovenian": "sl", "swedish": "sv", "danish": "da", "norsk": "nb", "norwegian": "nb",
    "nynorsk": "nn", "finnish": "fi", "estonian": "et", "latvian": "lv", "lithuanian": "lt", "hungarian": "hu",
    "magyar": "hu", "romanian": "ro", "greek": "el", "turkish": "tr", "catalan": "ca", "galician": "gl", "basque": "eu",
    "welsh": "cy", "irish": "ga", "scottish": "gd", "icelandic": "is", "hebrew": "he", "arabic": "ar", "farsi": "fa",
    "persian": "fa", "latin": "la", "esperanto": "eo", "indonesian": "id", "bahasa": "id", "malay": "ms",
    "vietnamese": "vi", "japanese": "ja", "chinese": "zh", "korean": "ko", "hindi": "hi", "thai": "th",
    "albanian": "sq",
    "macedonian": "mk", "georgian": "ka", "armenian": "hy", "afrikaans": "af", "breton": "br", "occitan": "oc",
}  # fmt: skip
