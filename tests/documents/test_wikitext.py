"""Wikitext: links, notes with the numbers a reader sees, and citation templates."""

import pytest
from document_reading import read_document
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.documents import Raw, read
from archiver.model import Document


def document(text: str, source: str = "a.wiki") -> Document:
    return read_document(text, source)


def short(text: str) -> list[tuple[str, str | None, str]]:
    return [(one.kind.value, one.label, "LOST" if one.lost else one.url or "") for one in document(text).citations]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[https://a.example/x words]", [("inline", None, "https://a.example/x")]),
        ("[//a.example/x words]", [("inline", None, "https://a.example/x")]),
        ("''https://a.example/x''", [("inline", None, "https://a.example/x")]),
        ("see https://a.example/x[[page]]", [("inline", None, "https://a.example/x")]),
        ("see https://a.example/x<br>y", [("inline", None, "https://a.example/x")]),
        ("{|\n| https://a.example/x || b\n|}", [("inline", None, "https://a.example/x")]),
        ("(https://a.example/x).", [("inline", None, "https://a.example/x")]),
        ("[https://a.example/x?a=1&amp;b=2]", [("inline", None, "https://a.example/x?a=1&b=2")]),
        ("<nowiki>https://a.example/x</nowiki><!-- https://a.example/y --><pre>https://a.example/z</pre>", []),
        ("<syntaxhighlight lang=py>https://a.example/x</syntaxhighlight>", []),
        ("[[Page]] [[de:Seite]] [[:File:A.png]] [mailto:a@b.example me]", []),
        ("[[File:A.png|thumb|By [https://a.example/x her]]]", [("inline", None, "https://a.example/x")]),
        ("{{YouTube|dQw4w9WgXcQ|T}}", [("media", None, "https://www.youtube.com/watch?v=dQw4w9WgXcQ")]),
        ("{{URL|a.example.org/x}}", [("inline", None, "https://a.example.org/x")]),
        ("{{official website|https://a.example/x}}", [("inline", None, "https://a.example/x")]),
    ],
)
def test_links(text: str, expected: list[tuple[str, str | None, str]]) -> None:
    assert short(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            'A<ref name="x">https://a.example/1</ref> b<ref>https://a.example/2</ref> c<ref name=x />',
            [("1", "https://a.example/1"), ("2", "https://a.example/2"), ("1", "https://a.example/1")],
        ),
        (
            "A<ref group=note>https://a.example/1</ref> b<ref>https://a.example/2</ref>{{efn|https://a.example/3}}",
            [("note 1", "https://a.example/1"), ("1", "https://a.example/2"), ("a", "https://a.example/3")],
        ),
        (
            (
                "A<ref name=b/><ref name=a/>\n<references>\n<ref name=a>https://a.example/1</ref>"
                "<ref name=b>https://a.example/2</ref></references>"
            ),
            [("1", "https://a.example/2"), ("2", "https://a.example/1")],
        ),
        (
            "A<ref name=b/>\n{{reflist|refs=<ref name=b>https://a.example/2</ref>}}",
            [("1", "https://a.example/2")],
        ),
        ("A<ref name=gone/>", [("1", "LOST")]),
        ("A<ref>Available at:</ref> b<ref>A remark.</ref>", [("1", "LOST"), ("2", "")]),
        (
            "A{{sfn|Moss|1902|p=3}} b{{sfn|Moss|1902|p=3}}\n{{cite book|last=Moss|year=1902|title=T|url=https://a.example/1}}",
            [("1", "https://a.example/1"), ("1", "https://a.example/1"), (None, "https://a.example/1")],
        ),
        (
            "A<ref>{{harvnb|Moss|1902}}</ref>\n{{citation|last=M.|ref={{harvid|Moss|1902}}|title=T|url=https://a.example/1}}",
            [("1", "https://a.example/1"), (None, "https://a.example/1")],
        ),
        ("A{{#tag:ref|See https://a.example/1|group=note}}", [("note 1", "https://a.example/1")]),
        ("A{{refn|group=upper-roman|https://a.example/1}}", [("I", "https://a.example/1")]),
        ("A{{efn-ua|https://a.example/1}}", [("A", "https://a.example/1")]),
        (
            "A<ref name=x>https://a.example/1</ref> b{{r|x}}",
            [("1", "https://a.example/1"), ("1", "https://a.example/1")],
        ),
    ],
)
def test_notes_have_the_numbers_that_a_reader_sees(text: str, expected: list[tuple[str | None, str]]) -> None:
    assert [(label, url) for _, label, url in short(text)] == expected


@pytest.mark.parametrize(
    "template",
    [
        "{{cite web|title=T|archive-url=https://w.example/a|url=https://a.example/1|access-date=3 May 2014}}",
        "{{Internetquelle|titel=T|url=https://a.example/1|archiv-url=https://w.example/a|abruf=2014-05-03}}",
        "{{Lien web|titre=T|url=https://a.example/1|archive-url=https://w.example/a|consulté le=3 mai 2014}}",
        "{{Cita web|título=T|url=https://a.example/1|urlarchivo=https://w.example/a|fechaacceso=3 de mayo de 2014}}",
    ],
)
def test_a_citation_template_gives_its_address_then_the_archived_one_and_the_day(template: str) -> None:
    one, other = document(f"Said.<ref>{template}</ref>").citations
    assert (one.url, other.url) == ("https://a.example/1", "https://w.example/a")
    assert one.cited_on is not None
    assert one.cited_on.isoformat() == "2014-05-03"


def test_places_are_those_of_the_source() -> None:
    text = "== H ==\nOne.<ref>{{cite web|url=https://a.example/1|title=T}}</ref> [https://a.example/2 two]"
    one, two = document(text).citations
    assert text[one.place.start : one.place.end] == "<ref>{{cite web|url=https://a.example/1|title=T}}</ref>"
    assert text[two.place.start : two.place.end] == "[https://a.example/2 two]"
    assert (one.place.line, one.place.column) == (2, 5)


def test_pages_of_an_export_are_read_with_numbers_of_their_own() -> None:
    text = (
        '<mediawiki version="0.11"><page><title>One &amp; all</title><revision><text bytes="9">A&lt;ref&gt;[https://a.example/?a=1&amp;amp;b=2 x]'
        "&lt;/ref&gt;</text></revision></page><page><title>Two</title><revision><text>B&lt;ref&gt;https://a.example/2&lt;/ref&gt;"
        "</text></revision></page></mediawiki>"
    )
    found = document(text, "dump.xml")
    assert [(one.label, one.url) for one in found.citations] == [
        ("1", "https://a.example/?a=1&b=2"),
        ("1", "https://a.example/2"),
    ]
    place = found.citations[0].place
    assert text[place.start : place.end] == "&lt;ref&gt;[https://a.example/?a=1&amp;amp;b=2 x]&lt;/ref&gt;"


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["", "note"]), st.integers(1, 99)), min_size=1, max_size=8))
def test_written_notes_are_read_back(notes: list[tuple[str, int]]) -> None:
    text, expected, counts = "", [], {"": 0, "note": 0}
    for group, number in notes:
        counts[group] += 1
        text += f"Word.<ref{' group=note' if group else ''}>[https://a.example/{number} t]</ref> "
        expected.append((f"note {counts[group]}" if group else str(counts[group]), f"https://a.example/{number}"))
    assert [(label, url) for _, label, url in short(text)] == expected


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "<ref>",
                "</ref>",
                "{{",
                "}}",
                "[[",
                "]]",
                "[http://a.example",
                "|url=",
                "{{efn|",
                "''",
                "<nowiki>",
                "<ref name=a/>",
                "{{sfn|A|1}}",
                "{|",
                "|}",
                "==",
                "\n",
                "&amp;",
                "<!--",
                "x",
            ]
        ),
        max_size=60,
    )
)
def test_broken_wikitext_never_fails(pieces: list[str]) -> None:
    assert isinstance(document("x" + "".join(pieces)), Document)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("piece", [
    "{{", "[[", "<ref>", "[http://a.example ", "{{a|", "<div>", "{|\n", "{{cite web|url=https://a.example/x ",
    "<ref>https://a.example/ ", "{{a|}} {{b|", "[[a]] [[", "<ref>{{cite web|url=", "<b>", "{{a|}}", "<ref>x</ref>",
])
def test_deep_and_endless_wikitext_ends_quickly(piece: str) -> None:
    assert read(Raw(source="a.wiki", data=(piece * 20_000).encode()))


def test_a_page_whose_templates_never_close_is_read_block_by_block() -> None:
    text = "Salt.<ref>[https://salt.example/a Salt]</ref>\n\n" + "{{a|" * 100 + "\n\nTide.<ref>https://tide.example/b</ref>\n"
    found = read(Raw(source="a.wiki", data=text.encode()))
    assert isinstance(found, Document)
    assert [(one.label, one.url) for one in found.citations] == [
        ("1", "https://salt.example/a"), ("2", "https://tide.example/b"),
    ]
    assert found.warnings == ("brackets or templates are never closed: read block by block",)


A, B = "https://a.example/x", "https://b.example/y"


def cited(text: str) -> list[tuple[str | None, str]]:
    return [(label, url) for _, label, url in short(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"A<ref>{{{{Toter Link|url={A}|text=T|date=2015-01}}}}</ref>", [("1", A)]),
        (f"A<ref>{{{{Lien brisé|url={A}|titre=T}}}}</ref>", [("1", A)]),
        (f"A<ref>{{{{Collegamento interrotto|1=T|url={A}}}}}</ref>", [("1", A)]),
        (f"A<ref>{{{{Enlace roto|1={{{{Cita web|url={A}|título=T}}}}|2={A}|bot=B}}}}</ref>", [("1", A)]),
        (f"A<ref>[{A} T] {{{{dead link|date=May 2015}}}}</ref>", [("1", A)]),
        (
            f"A<ref>{{{{Literatur|Autor=B|Titel=T|DOI=10.5555/t.1|Online=[{A} Online]}}}}</ref>",
            [("1", "https://doi.org/10.5555/t.1"), ("1", A)],
        ),
        (f"A<ref>{{{{Webarchiv|url={A}|wayback=20130102|text=T}}}}</ref>", [("1", A), ("1", f"https://web.archive.org/web/20130102/{A}")]),
        (f"A<ref>{{{{Ouvrage|nom1=B|titre=T|année=1902|lire en ligne={A}}}}}</ref>", [("1", A)]),
        (f"A{{{{Note|groupe=N|texte=Voir [{A} ici].}}}}", [("N 1", A)]),
        (f"A<ref name=z />\n{{{{Références|références=<ref name=z>{A}</ref>}}}}", [("1", A)]),
        (f"A<ref name=z />\n{{{{listaref|refs=<ref name=z>{A}</ref>}}}}", [("1", A)]),
        (f"A{{{{sfn|Musgo|1902|p=3}}}}\n{{{{cita libro|apellidos=Musgo|año=1902|título=T|url={A}}}}}", [("1", A), (None, A)]),
        (f"A<ref>{{{{Cita|Muschio 1902|p. 3}}}}</ref>\n{{{{Cita libro|autore=M|titolo=T|cid=Muschio 1902|url={A}}}}}", [("1", A), (None, A)]),
        (
            (
                f"A{{{{sfnm|1a1=Moss|1y=1902|1p=1|2a1=Moss|2a2=Reed|2y=2014}}}}\n{{{{cite book|last=Moss|year=1902|title=T|url={A}}}}}\n"
                f"{{{{cite book|last1=Moss|last2=Reed|date=May 2014|title=U|url={B}}}}}\n{{{{cite web|title=No name|url=https://c.example/z}}}}"
            ),
            [("1", A), ("1", B), (None, A), (None, B), (None, "https://c.example/z")],
        ),
        (
            "A<ref>{{cite journal|title=T|doi=10.5555/t.1|pmid=123|pmc=PMC45|jstor=4567|arxiv=1401.1234|issn=1234-5678}}</ref>",
            [
                ("1", "https://doi.org/10.5555/t.1"),
                ("1", "https://pubmed.ncbi.nlm.nih.gov/123"),
                ("1", "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC45"),
                ("1", "https://www.jstor.org/stable/4567"),
                ("1", "https://arxiv.org/abs/1401.1234"),
            ],
        ),
        (f"A<ref>{{{{cite book|title=T|chapter-url={A}|url={B}}}}}</ref>", [("1", A), ("1", B)]),
        ("A<ref>See RFC 2119 and ISBN 0-306-40615-2.</ref> PMID 123", [("1", "https://datatracker.ietf.org/doc/html/rfc2119"), (None, "https://pubmed.ncbi.nlm.nih.gov/123")]),
        ("A.{{citation needed|date=May 2014}} B.{{cite quote|date=May 2014}}", []),
        (f"<gallery>\nFile:A.jpg|By [{A} her]<ref>{B}</ref>\nB.jpg|No\n</gallery>", [(None, A), ("1", B)]),
        ("{{IMDb title|0111161|T}} {{Vimeo|76979871|F}} {{cite tweet|user=u|number=12345678|title=T}}", [
            (None, "https://www.imdb.com/title/tt0111161"), (None, "https://vimeo.com/76979871"), (None, "https://twitter.com/u/status/12345678"),
        ]),
        ("{{Internet Archive|id=noon1902|name=N}} {{Gutenberg|no=1234}} {{official website}} {{Twitter}}", [
            (None, "https://archive.org/details/noon1902"), (None, "https://www.gutenberg.org/ebooks/1234"),
        ]),
    ],
)
def test_templates_of_several_wikis(text: str, expected: list[tuple[str | None, str]]) -> None:
    assert cited(text) == expected


def test_numbers_begin_anew_behind_a_list_of_notes() -> None:
    text = (
        f"== One ==\nA<ref>{A}</ref> b<ref name=n>{B}</ref>{{{{efn|{A}}}}}\n{{{{reflist}}}}\n"
        f"== Two ==\nA<ref>{B}</ref> b<ref name=n/>{{{{efn|{B}}}}}\n<references />\n{{{{notelist}}}}\nC{{{{efn|{A}}}}}"
    )
    assert cited(text) == [("1", A), ("2", B), ("a", A), ("1", B), ("2", B), ("b", B), ("a", A)]


def test_contexts_end_with_their_block() -> None:
    text = (
        f"== Links ==\n* [{A} One]\n* [{B} Two]\n{{|\n|-\n| 1902 || [{A} Report]\n|-\n| 1903 || none\n|}}\n"
        f"[[File:A.jpg|thumb|200px|By [{B} her]]]\nText.\n"
        f"* {{{{cite book|last=Moss|first=Ada|year=1902|title=Tides|publisher=Quay|url={A}}}}}"
    )
    assert [one.context for one in document(text).citations] == [
        "One", "Two", "1902 Report", "By her", "Moss, Ada. Tides. Quay. 1902",
    ]


@pytest.mark.timeout(100)
def test_much_of_everything_is_read() -> None:
    text = "".join(f"T.<ref name=n{at}>{{{{cite web|url={A}/{at}|title=T}}}}</ref>{{{{sfn|M|{at}}}}}\n\n" for at in range(3000))
    assert len(document(text + "[[File:A.jpg|" + "thumb|" * 50_000 + "]]").citations) == 6000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{cite web|url=https://a.example/?a=1{{!}}b|title=T}}", [("https://a.example/?a=1%7Cb", "T", "T")]),
        (f"{{{{Quote|text=Said<ref>{A}</ref>|source=[{B} S]}}}}", [(A, "Said", "Said S"), (B, "S", "Said S")]),
        (f"* {{{{URL|{A}|Two}}}}\n* {{{{official website|{B}}}}}", [(A, "Two", "Two"), (B, B, B)]),
        (f"[[File:P.pdf|page=3|link={A}|Words [{B} b]]]", [(A, "", "Words b"), (B, "b", "Words b")]),
        (f"See [[{A}|the plan]] and “{B}”.", [(A, "the plan", f"See [the plan] and “{B}”."), (B, B, f"See [the plan] and “{B}”.")]),
        (f"{{{{#if:{{{{{{u|}}}}}}|x|[{A} else]}}}} {{{{{{v|[{B} or]}}}}}}", [(A, "else", "else or"), (B, "or", "else or")]),
    ],
)
def test_words_and_contexts(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(one.url, one.text, one.context) for one in document(text).citations] == expected
