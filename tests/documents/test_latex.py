"""LaTeX: addresses with their escapes, notes under LaTeX's numbers, bibliographies, and what is no text."""

from pathlib import Path

import pytest
from document_reading import assert_sound, read_document, targets
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.model import CitationKind, Document

SAMPLE = Path(__file__).parents[2] / "data/formats/the-ferry-that-waited.tex"


def document(text: str, name: str = "a.tex") -> Document:
    return read_document(text, name)


def short(text: str) -> list[tuple[str | None, str]]:
    return targets(document(text))


A = "https://a.example/x"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (rf"See \url{{{A}}}.", [A]),
        (rf"See \url|{A}|.", [A]),
        (rf"See \nolinkurl{{{A}}}.", [A]),
        (rf"See \path{{{A}}} and \path{{/etc/hosts}}.", [A]),
        (rf"See \href{{{A}}}{{the \emph{{page}}}}.", [A]),
        (rf"See \href[pdfnewwindow=true]{{{A}}} {{the page}}.", [A]),
        (f"See \\href%\n{{{A}}}{{\\nolinkurl{{a.example}}}}.", [A]),
        (rf"See \href{{{A}}}{{\url{{{A}}}}}.", [A]),
        (rf"See {A}, or {A}/y.", [A, f"{A}/y"]),
        (r"See \url{www.a.example/x} and \url{a.example.org}.", ["www.a.example/x", "a.example.org"]),
        (r"\url{archive.sh} \path{main.py} \url{ida@a.example} \url{/usr/local} \href{run:a.mp4}{v}", []),
        (r"\href{mailto:ida@a.example}{mail} \href{chapter.pdf}{c} \href{\#top}{t} \hyperref[sec:a]{b}", []),
        (r"\doi{10.1234/ab_c} \url{doi:10.1234/d}", ["https://doi.org/10.1234/ab_c", "https://doi.org/10.1234/d"]),
        (r"\arxiv{1405.01234}", ["https://arxiv.org/abs/1405.01234"]),
        (rf"\htmladdnormallink{{the page}}{{{A}}}", [A]),
        (rf"\movie[autostart]{{\includegraphics{{p.png}}}}{{{A}.mp4}}", [f"{A}.mp4"]),
        (r"\begin{document}\url{https://a.example/1}\end{document}\url{https://a.example/2}", ["https://a.example/1"]),
    ],
)
def test_links(text: str, expected: list[str]) -> None:
    assert [one.url for one in document(text).citations] == expected


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"https://a.example/x\_y\%20z?a=1\&b=2\#p", "https://a.example/x_y%20z?a=1&b=2#p"),
        ("https://a.example/x%20y_z?a=1&b=2#p", "https://a.example/x%20y_z?a=1&b=2#p"),
        (r"https://a.example/\~{}ida", "https://a.example/~ida"),
        (r"https://a.example/\~ida", "https://a.example/~ida"),
        (r"https://a.example/~ida", "https://a.example/~ida"),
        (r"https://a.example/\string~ida", "https://a.example/~ida"),
        (r"https://a.example/\textasciitilde ida", "https://a.example/~ida"),
        (r"https://a.example/\textasciitilde{}ida", "https://a.example/~ida"),
        (r"https://a.example/$\sim$ida", "https://a.example/~ida"),
        (r"https://a.example/a{\_}b", "https://a.example/a_b"),
        (r"https://a.example/a\-b\allowbreak{}c", "https://a.example/abc"),
        ("https://a.example/a/%\n  b", "https://a.example/a/b"),
        ("https://a.example/a/\n  b", "https://a.example/a/b"),
        (" https://a.example/a ", "https://a.example/a"),
        ("https://a.example/a{b}c", "https://a.example/abc"),
        ("https://a.example/(a)--b", "https://a.example/(a)--b"),
    ],
)
def test_addresses_are_read_as_they_are_meant(written: str, meant: str) -> None:
    assert [one.url for one in document(rf"See \url{{{written}}}.").citations] == [meant]
    assert next(one.url for one in document(rf"See \href{{{written}}}{{it}}.").citations) == meant
    assert short(rf"See\footnote{{There: \url{{{written}}}.}} it.") == [("1", meant)]


@pytest.mark.parametrize(
    "text",
    [
        f"% \\url{{{A}}}",
        rf"Word. % see {A}",
        rf"\verb|\url{{{A}}}| and \verb*+{A}+ and \lstinline|{A}| and \lstinline{{{A}}} and \mintinline{{sh}}|{A}|",
        rf"\begin{{verbatim}}\url{{{A}}}\end{{verbatim}}",
        f"\\begin{{lstlisting}}[language=sh]\ncurl {A}\n\\end{{lstlisting}}",
        f"\\begin{{minted}}{{sh}}\ncurl {A}\n\\end{{minted}}",
        rf"\begin{{comment}}\url{{{A}}}\end{{comment}}",
        rf"\iffalse \url{{{A}}} \ifnum1=1 x\fi {A} \fi",
        rf"\newcommand{{\never}}{{\url{{{A}}}}}",
        f"\\documentclass{{article}}\n% {A}\n\\begin{{document}}Text.\\end{{document}}",
        r"\cite{a}, \parencite[see][12]{b}, \textcite{c}, \ref{https://a.example/x}",
    ],
)
def test_what_is_no_text_has_no_links(text: str) -> None:
    assert short(f"{text}\n\nText.") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (rf"A\footnote{{\url{{{A}1}}}} b\footnote{{A remark.}} c\footnote{{\url{{{A}3}}}}", [("1", A + "1"), ("2", ""), ("3", A + "3")]),
        (rf"A\footnote{{\url{{{A}1}} and \url{{{A}2}}}}", [("1", A + "1"), ("1", A + "2")]),
        (rf"A\footnote[7]{{\url{{{A}7}}}} b\footnote{{\url{{{A}1}}}}", [("7", A + "7"), ("1", A + "1")]),
        (rf"A\footnotemark{{}} b.\footnotetext{{\url{{{A}}}}}", [("1", A)]),
        (rf"A\footnotemark[3] b.\footnotetext[3]{{\url{{{A}}}}}", [("3", A)]),
        (rf"A\footnotemark b\footnotemark.\footnotetext{{\url{{{A}1}}}}\footnotetext{{\url{{{A}2}}}}", [("1", A + "1"), ("2", A + "2")]),
        (
            rf"A\footnotemark b\footnotemark.\addtocounter{{footnote}}{{-1}}\footnotetext{{\url{{{A}1}}}}\stepcounter{{footnote}}\footnotetext{{\url{{{A}2}}}}",
            [("1", A + "1"), ("2", A + "2")],
        ),
        (r"A\footnotemark[4] b.", [("4", "LOST")]),
        (r"A\footnote{Account here:} b\footnote{See \url{}.} c\footnote{Available at \url{TODO}}", [("1", "LOST"), ("2", "LOST"), ("3", "LOST")]),
        (rf"A\footnote{{\label{{fn:a}}\url{{{A}}}}} b\footref{{fn:a}} c\footnotemark[\ref{{fn:a}}] d\textsuperscript{{\ref{{fn:a}}}}", [("1", A)] * 4),
        (r"A\footref{fn:elsewhere} b.", []),
        (rf"A\footnote{{One\footnote{{\url{{{A}2}}}} \url{{{A}1}}}}", [("1", A + "1"), ("2", A + "2")]),
        (rf"A\endnote{{\url{{{A}1}}}} b\footnote{{\url{{{A}2}}}} c\endnote{{\url{{{A}3}}}}", [("1", A + "1"), ("1", A + "2"), ("2", A + "3")]),
        (rf"A\sidenote{{\url{{{A}1}}}} b\marginpar{{\url{{{A}2}}}}", [("1", A + "1"), (None, A + "2")]),
        (rf"\title{{T\thanks{{\url{{{A}1}}}}}}\author{{B\thanks{{\url{{{A}2}}}}}} c\footnote{{\url{{{A}3}}}}", [("*", A + "1"), ("†", A + "2"), ("1", A + "3")]),
        (rf"\renewcommand{{\thefootnote}}{{\fnsymbol{{footnote}}}}A\footnote{{{A}1}} b\footnote{{{A}2}}", [("*", A + "1"), ("†", A + "2")]),
        (rf"\renewcommand\thefootnote{{\roman{{footnote}}}}\setcounter{{footnote}}{{3}}A\footnote{{{A}}}", [("iv", A)]),
        (rf"\begin{{minipage}}{{5cm}}A\footnote{{{A}1}}\end{{minipage}} b\footnote{{{A}2}}", [("a", A + "1"), ("1", A + "2")]),
        (
            rf"\documentclass{{book}}\begin{{document}}\chapter{{C}}A\footnote{{{A}1}}\chapter{{D}}b\footnote{{{A}2}}",
            [("1", A + "1"), ("1", A + "2")],
        ),
        (
            rf"\documentclass{{article}}\begin{{document}}\section{{C}}A\footnote{{{A}1}}\section{{D}}b\footnote{{{A}2}}",
            [("1", A + "1"), ("2", A + "2")],
        ),
        (rf"A\footcite[12]{{moss}} b\footnote{{{A}}}", [("1", ""), ("2", A)]),
        (rf"\usepackage[style=verbose]{{biblatex}}A\autocite{{moss}} b\footnote{{{A}}}", [("1", ""), ("2", A)]),
        (rf"A\autocite{{moss}} b\footnote{{{A}}}", [("1", A)]),
        (
            rf"\begin{{threeparttable}}A\tnote{{a}}\begin{{tablenotes}}\item[a] {A}1\item[b] {A}2\end{{tablenotes}}\end{{threeparttable}}",
            [("a", A + "1"), ("b", A + "2")],
        ),
        (f"A word.$^{{1}}$ More words.$^2$\n\nNotes\n\n1. See {A}1\n\n2. See {A}2", [("1", A + "1"), ("2", A + "2")]),
        (rf"A\sidenote[][2cm]{{\url{{{A}1}}}} b\sidenote[5][-1cm]{{\url{{{A}2}}}}", [("1", A + "1"), ("5", A + "2")]),
        (f"A\\footnote{{One \\url{{{A}1}}.\n\nTwo % hidden }}\n\\url{{{A}2}}.}}", [("1", A + "1"), ("1", A + "2")]),
        (rf"A\footnote{{See \unknown{{{A}%20y_z}}{{T}}.}}", [("1", A + "%20y_z")]),
        (rf"A\footnote<2->[frame]{{\url{{{A}}}}}", [("1", A)]),
    ],
)
def test_notes(text: str, expected: list[tuple[str | None, str]]) -> None:
    assert short(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (rf"\newcommand{{\site}}{{\url{{{A}}}}}See \site{{}} and \site.", [(None, A), (None, A)]),
        (rf"\newcommand\fnurl[1]{{\footnote{{\url{{#1}}}}}}See\fnurl{{{A}}}.", [("1", A)]),
        (rf"\newcommand{{\link}}[2][here]{{\href{{#2}}{{#1}}}}\link{{{A}1}} \link[it]{{{A}2}}", [(None, A + "1"), (None, A + "2")]),
        (rf"\def\wiki#1{{\href{{{A}/#1}}{{#1}}}}\wiki{{Tide}}", [(None, A + "/Tide")]),
        (rf"\NewDocumentCommand{{\see}}{{o m}}{{\url{{#2}}}}\see{{{A}}}", [(None, A)]),
        (r"\newcommand{\base}{https://a.example}\newcommand{\p}[1]{\url{\base/#1}}\p{x}", [(None, A)]),
        (r"\newcommand{\h}{https://a.example}\newcommand{\b}{\h/x}\href{\b}{it}", [(None, A)]),
        (r"\newcommand{\doi}[1]{\href{http://dx.doi.org/#1}{doi:#1}}\doi{10.1234/a}", [(None, "http://dx.doi.org/10.1234/a")]),
        (r"\providecommand{\doi}[1]{doi: #1}\doi{10.1234/a}", [(None, "https://doi.org/10.1234/a")]),
        (r"\providecommand{\url}[1]{\texttt{#1}}\url{https://a.example/x_y}", [(None, "https://a.example/x_y")]),
        (rf"\urldef{{\mine}}\url{{{A}_%7E}}See \mine.", [(None, A + "_%7E")]),
        (rf"\let\weblink\url\let\www\url See \www{{{A}}}.", [(None, A)]),
        (rf"\newcommand{{\strong}}[1]{{\textbf{{#1}}}}\strong{{See \url{{{A}}}}}", [(None, A)]),
        (rf"\newcommand{{\a}}{{\b}}\newcommand{{\b}}{{\a \url{{{A}}}}}\newcommand{{\c}}[1]{{#1#1\c{{#1}}}}\c{{x}}.", []),
    ],
)
def test_macros_of_the_document(text: str, expected: list[tuple[str | None, str]]) -> None:
    assert short(text) == expected


def test_bibliographies_in_the_document() -> None:
    text = (
        r"Text \cite{moss}.\begin{thebibliography}{9}"
        rf"\bibitem{{moss}} Moss. \emph{{Tides}}. \url{{{A}1}}, accessed 3 May 2014."
        rf"\bibitem[Hale(2009)Hale and Quill]{{hale}} Hale. \newblock \href {{{A}2}} {{\emph {{Lamps}}}}."
        r"\bibitem{none} A book without an address."
        r"\bibitem{gone} Quill. Available at:"
        r"\bibitem{noop} \href@noop {} {\bibinfo {title} {A book}}."
        r"\end{thebibliography}"
    )
    found = document(text).citations
    assert [(one.label, one.url, one.lost) for one in found] == [
        ("1", A + "1", False),
        ("Hale (2009)", A + "2", False),
        ("3", None, False),
        ("4", None, True),
        ("5", None, False),
    ]
    assert {one.kind for one in found} == {CitationKind.REFERENCE}
    assert str(found[0].cited_on) == "2014-05-03"


def test_a_database_inside_the_document_is_read() -> None:
    text = r"\begin{filecontents*}{refs.bib}" f"\n@online{{moss, url = {{{A}}}}}\n" r"\end{filecontents*}Text."
    (one,) = document(text).citations
    assert (one.url, one.text, text[one.place.start : one.place.end]) == (A, "moss", A)


def test_places_and_contexts_are_those_of_the_source() -> None:
    text = rf"The log\footnote{{See \url{{{A}}}.}} and" "\n" rf"the \href{{{A}2}}{{p\'age}} agree. Then {A}\_y."
    note, link, bare = document(text).citations
    assert text[note.place.start : note.place.end] == rf"\footnote{{See \url{{{A}}}.}}"
    assert (note.text, note.note, note.place.line, note.place.column) == ("log", f"See {A}.", 1, 8)
    assert text[link.place.start : link.place.end] == rf"\href{{{A}2}}{{p\'age}}"
    assert (link.text, link.context) == ("páge", "The log[1] and the páge agree.")
    assert text[bare.place.start : bare.place.end] == rf"{A}\_y"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (r"\title[Short]{The \emph{Long} One}\author{J\"org M\o{}ller\thanks{x} \and Ida Quill\\Town}\date{May 3, 2014}",
         ("The Long One", "Jörg Møller, Ida Quill", "2014-05-03", None)),
        (r"\usepackage[ngerman]{babel}\title{Ebbe}", ("Ebbe", None, "None", "de")),
        (r"\usepackage[main=french,english]{babel}\title{La mer}", ("La mer", None, "None", "fr")),
        (r"\usepackage{polyglossia}\setdefaultlanguage{spanish}\title{Mar}", ("Mar", None, "None", "es")),
        (r"\documentclass[british]{article}\usepackage{babel}\title{Sea}\date{\today}", ("Sea", None, "None", "en-GB")),
        ("\\title{A % hidden\nSea\\footnote{x}}\\author{By \\textsc{Ida Quill}$^{1}$ \\\\ $^1$A University}", ("A Sea", "By Ida Quill", "None", None)),
        (r"\hypersetup{pdftitle={A Sea},pdfauthor=Ida Quill,pdflang=en}", ("A Sea", "Ida Quill", "None", "en")),
    ],
)
def test_what_the_document_says_of_itself(head: str, expected: tuple[str | None, ...]) -> None:
    found = document(f"{head}\\begin{{document}}Text.\\end{{document}}")
    assert (found.title, found.author, str(found.published), found.language) == expected


def test_a_part_of_a_document_is_named_by_its_first_heading() -> None:
    found = document(r"\newgeometry{top=0pt,left=2cm}\chapter{The \emph{Tide}}Text. \section{More}")
    assert (found.title, found.citations) == ("The Tide", ())


def test_what_is_included_is_named_and_not_followed() -> None:
    text = r"\documentclass{book}\begin{document}\input{/etc/passwd}\include{one}\bibliography{refs,more}\end{document}"
    assert document(text).warnings == ("includes /etc/passwd.tex, one.tex, refs.bib, more.bib, which were not read: name them too",)


def test_the_sample() -> None:
    found = document(SAMPLE.read_text())
    assert [(one.label, "LOST" if one.lost else one.url) for one in found.citations] == [
        ("*", "https://museum.example.org/"),
        ("†", "https://mos.example.org/"),
        ("1", "https://log.example.org/a%20b?x=1&y=2#p_3"),
        (None, "https://paper.example.org/~ida/noon.html"),
        ("2", "https://paper.example.org/~ida/noon.html"),
        (None, "https://office.example.org/the_ferry"),
        ("7", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
        ("3", "LOST"),
        (None, "https://tides.example.org/noon_tide"),
        ("1", "https://books.example.org/moss"),
        ("Hale 2009", "LOST"),
    ]


def test_content_tells_it_from_other_text() -> None:
    found = document(f"% a comment\n\\documentclass{{article}}\\begin{{document}}% {A}\n\\end{{document}}", "a.txt")
    assert (found.media_type, found.citations) == ("text/x-tex", ())


HOSTS = st.sampled_from(("a.example.org", "b.example.com"))
ADDRESSES = st.builds("https://{}/{}".format, HOSTS, st.from_regex(r"[a-z0-9]{1,6}([_~%&#=][a-z]{1,5}){0,3}", fullmatch=True))


def _escaped(url: str) -> str:
    return "".join({"~": r"\textasciitilde{}"}.get(sign, rf"\{sign}" if sign in "_%&#" else sign) for sign in url)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(ADDRESSES, st.sampled_from(("url", "href", "note", "raw"))), min_size=1, max_size=8))
def test_what_was_written_is_read_back(links: list[tuple[str, str]]) -> None:
    pieces, expected, notes = [], [], 0
    for url, way in links:
        label = None
        if way == "note":
            notes += 1
            label = str(notes)
        pieces.append(
            {
                "url": rf"See \url{{{url}}}.",
                "href": rf"See \href{{{_escaped(url)}}}{{this}}.",
                "note": rf"A word\footnote{{See \url{{{_escaped(url)}}}.}} came.",
                "raw": f"See {_escaped(url)} there.",
            }[way]
        )
        expected.append((label, url))
    assert short("\n\n".join(pieces)) == expected


PIECES = st.sampled_from((
    r"\url{", r"\href{", "}", "{", r"\footnote{", r"\footnotemark", r"\footnotetext{", "[", "]", "%", "\n\n", "$", "~",
    r"\begin{verbatim}", r"\end{verbatim}", r"\newcommand{\a}[1]{\url{#1}\a{#1}}", r"\a{", r"\bibitem{", r"\verb|", "|",
    r"\begin{thebibliography}{9}", r"\end{thebibliography}", r"\'", "e", A, r"\item", r"\title{", r"\author{", r"\\",
    r"\begin{tablenotes}", r"\tnote{a}", r"\label{x}", r"\footref{x}", r"\begin{document}", r"\end{document}", r"\iffalse",
))  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40))
def test_broken_documents_never_fail(pieces: list[str]) -> None:
    text = "x" + "".join(pieces)
    assert_sound(document(text), len(text))


@pytest.mark.timeout(60)
@pytest.mark.parametrize("piece", [rf"\href{{{A}}}{{the page of the tide}} ", r"\url{", "{", "$", r"\footnote{", r"\a[", r"\begin{verbatim}", r"\newcommand{\a}{\a\a}\a", "% x\n"])
def test_endless_documents_end_quickly(piece: str) -> None:
    assert document("x" + piece * 10_000)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A number of its own may be that of another note, which it does not mean when a body of that number follows.
        (
            rf"A\footnote{{\url{{{A}1}}}} b\footnotemark[1] c\footnotetext[1]{{\url{{{A}2}}}}.",
            [("1", A + "1"), ("1", A + "2")],
        ),
        (rf"A\footnote{{\url{{{A}1}}}} b\footnotemark[1].", [("1", A + "1"), ("1", A + "1")]),
        (
            rf"A\footnotemark[1]\footnotetext[1]{{\url{{{A}1}}}} b\footnotemark[1]\footnotetext[1]{{\url{{{A}2}}}} c\footnotemark[1].",
            [("1", A + "1"), ("1", A + "2"), ("1", A + "2")],
        ),
        (rf"A\footnotemark{{}} b\footnotetext[1]{{\url{{{A}}}}}.", [("1", A)]),
    ],
)
def test_notes_with_numbers_of_their_own(text: str, expected: list[tuple[str | None, str]]) -> None:
    assert short(text) == expected


@pytest.mark.parametrize(
    ("head", "label"),
    [(r"\documentclass{article}", "*"), (r"\documentclass{report}", "1"), (r"\documentclass[titlepage]{article}", "1")],
)
def test_thanks_have_signs_but_on_a_title_page_numbers(head: str, label: str) -> None:
    text = rf"{head}\title{{T\thanks{{See \url{{{A}}}.}}}}\begin{{document}}\maketitle Text\footnote{{\url{{{A}2}}}}.\end{{document}}"
    assert short(text) == [(label, A), ("1", A + "2")]


def test_citations_that_are_notes_have_the_addresses_of_the_database_in_the_document() -> None:
    text = (
        r"\addbibresource{refs.bib}\begin{filecontents}{refs.bib}" "\n"
        rf"@online{{moss, title = {{Salt}}, url = {{{A}1}}}}" "\n"
        rf"@online{{reed, title = {{Tides}}, url = {{{A}2}}}}" "\n"
        r"\end{filecontents}" "\n"
        r"One\footcite[3]{moss} two\footcites{moss}{reed} \cite{moss} \fullcite{reed} \footcite{gone}"
    )
    found = document(text)
    assert [(one.label, one.url, one.note) for one in found.citations] == [
        (None, A + "1", None),
        (None, A + "2", None),
        ("1", A + "1", "Salt, 3"),
        ("2", A + "1", "Salt, Tides"),
        ("2", A + "2", "Salt, Tides"),
        (None, A + "2", None),
        ("3", None, "gone"),
    ]
    assert found.warnings == ()


@pytest.mark.parametrize(
    "unnumbered",
    [
        r"{\let\thefootnote\relax\footnotetext{See \url{U}}}",
        r"\begingroup\renewcommand\thefootnote{}\footnote{See \url{U}}\addtocounter{footnote}{-1}\endgroup",
        r"\blfootnote{See \url{U}}",
    ],
)
def test_a_note_without_a_number_takes_none_from_the_others(unnumbered: str) -> None:
    text = (
        r"\newcommand\blfootnote[1]{\begingroup\renewcommand\thefootnote{}\footnote{#1}\addtocounter{footnote}{-1}\endgroup}"
        rf"A\footnote{{\url{{{A}1}}}} {unnumbered.replace('U', A)} b\footnote{{\url{{{A}2}}}}."
    )
    found = document(text).citations
    assert [(one.label, one.url) for one in found] == [("1", A + "1"), (None, A), ("2", A + "2")]
    assert {one.kind for one in found} == {CitationKind.FOOTNOTE}


@pytest.mark.parametrize(
    ("opened", "closed"), [("{", "}"), (r"\begingroup", r"\endgroup"), (r"\begin{center}", r"\end{center}")]
)
def test_numbers_are_shown_otherwise_within_a_group_only(opened: str, closed: str) -> None:
    text = (
        rf"A\footnote{{\url{{{A}1}}}} {opened}\renewcommand{{\thefootnote}}{{\roman{{footnote}}}}b\footnote{{\url{{{A}2}}}}{closed}"
        rf" c\footnote{{\url{{{A}3}}}}."
    )
    assert short(text) == [("1", A + "1"), ("ii", A + "2"), ("3", A + "3")]
