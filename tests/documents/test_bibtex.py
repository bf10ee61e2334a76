"""BibTeX and BibLaTeX: the addresses of entries, by field, with key and title; broken files as they are about."""

from pathlib import Path

import pytest
from document_reading import read_document
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.documents import Raw, read
from archiver.model import CitationKind, Document

SAMPLE = Path(__file__).parents[2] / "data/formats/the-winter-tide.bib"


def document(text: str, name: str = "a.bib") -> Document:
    return read_document(text, name)


def short(text: str) -> list[tuple[str, str]]:
    return [(one.text, "LOST" if one.lost else one.url or "") for one in document(text).citations]


A = "https://a.example/x"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (f"url = {{{A}}}", [A]),
        (f'url = "{A}"', [A]),
        (f"URL = {{ {A} }}", [A]),
        (f"url = {{\\url{{{A}}}}}", [A]),
        (f"url = {{{A}/1, {A}/2}}", [f"{A}/1", f"{A}/2"]),
        (r"url = {https://a.example/x\_y\%20z?a=1\&b=2\#p\~{}q}", ["https://a.example/x_y%20z?a=1&b=2#p~q"]),
        ("url = {https://a.example/x%20y_z?a=1&b=2#p~q}", ["https://a.example/x%20y_z?a=1&b=2#p~q"]),
        ("url = {www.a.example/x}", ["www.a.example/x"]),
        ("doi = {10.1234/ab.c}", ["https://doi.org/10.1234/ab.c"]),
        ("doi = {doi:10.1234/ab.c}", ["https://doi.org/10.1234/ab.c"]),
        ("doi = {http://dx.doi.org/10.1234/ab.c}", ["https://doi.org/10.1234/ab.c"]),
        (r"doi = {10.1234/a\_c}", ["https://doi.org/10.1234/a_c"]),
        ("doi = {10.1002/(SICI)1(19)49:8<6::A>3.0;2-O}", ["https://doi.org/10.1002/(SICI)1(19)49:8%3C6::A%3E3.0;2-O"]),
        ("doi = {10.1234/AB}, url = {https://doi.org/10.1234/ab}", ["https://doi.org/10.1234/AB"]),
        (f"doi = {{10.1234/ab}}, url = {{{A}}}", ["https://doi.org/10.1234/ab", A]),
        ("eprint = {1405.01234}, archivePrefix = {arXiv}", ["https://arxiv.org/abs/1405.01234"]),
        ("eprint = {hep-th/9901001}, eprinttype = {arxiv}", ["https://arxiv.org/abs/hep-th/9901001"]),
        ("eprint = {arXiv:1405.01234v2}", ["https://arxiv.org/abs/1405.01234v2"]),
        ("eprint = {1234567}, eprinttype = {jstor}", ["https://www.jstor.org/stable/1234567"]),
        ("journal = {arXiv preprint arXiv:1706.03762}", ["https://arxiv.org/abs/1706.03762"]),
        (f"howpublished = {{\\url{{{A}}}}}", [A]),
        (f"howpublished = {{\\href{{{A}}}{{the page}}}}", [A]),
        (f"note = {{Available at {A}.}}", [A]),
        (f"note = {{{A}}}, url = {{{A}}}", [A]),
        (f"bdsk-url-1 = {{{A}}}", [A]),
        (f"file = {{{A}}}, abstract = {{Code at {A}}}, biburl = {{{A}}}, local-url = {{{A}}}", []),
        ("url = base # {/x}", [A]),
        ("title = {A {B}}, year = 2014, month = may # { 3}", []),
    ],
)
def test_fields(fields: str, expected: list[str]) -> None:
    assert short(f'@string{{base = "https://a.example"}}\n@misc{{moss,\n  {fields}\n}}') == [("moss", url) for url in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"@misc(moss, url = {{{A}}})", [("moss", A)]),
        (f"@Misc {{ moss ,url={A!r}}}".replace("'", '"'), [("moss", A)]),
        (f"@misc{{a,url={{{A}1}}}} some words @misc{{b,url={{{A}2}},}}", [("a", A + "1"), ("b", A + "2")]),
        (f"@comment{{@misc{{a, url={{{A}1}}}}}}\n@misc{{b, url={{{A}2}}}}", [("b", A + "2")]),
        (f"% @misc{{a, url={{{A}1}}}}\n@misc{{b,\n% url={{{A}3}},\nurl={{{A}2}}}}", [("b", A + "2")]),
        (f"@misc{{a, title={{Open {{brace}},\n url={{{A}1}}\n}}\n@misc{{b, url={{{A}2}}}}", [("a", A + "1"), ("b", A + "2")]),
        (f'@misc{{a, title="Open,\n url={{{A}1}}\n}}\n\n@misc{{b, url={{{A}2}}}}', [("a", A + "1"), ("b", A + "2")]),
        (f"@misc{{a, url={{{A}1}}\n\n@misc{{b, url={{{A}2}}}}", [("a", A + "1"), ("b", A + "2")]),
        (f"@misc{{a:b/c_d-1, url={{{A}}}}}", [("a:b/c_d-1", A)]),
        (f'@misc{{a, title="An {{"}}inner{{"}} one", url={{{A}}}}}', [("a", A)]),
        ("ida@a.example{x, y}", []),
    ],
)
def test_grammar_and_what_breaks_it(text: str, expected: list[tuple[str, str]]) -> None:
    assert short(text) == expected


@pytest.mark.parametrize(
    ("entry", "lost"),
    [
        ("@online{a, url = {}}", True),
        ("@misc{a, url = {TODO}}", True),
        ("@misc{a, urldate = {2014-05-03}}", True),
        ("@misc{a, howpublished = {\\url{}}}", True),
        ("@misc{a, note = {Available at:}}", True),
        ("@online{a, title = {T}}", True),
        ("@book{a, title = {T}, note = {Second edition}}", False),
        ("@misc{a, title = {T}}", False),
    ],
)
def test_an_entry_that_promised_an_address_is_lost(entry: str, lost: bool) -> None:
    assert [one.lost for one in document(entry).citations] == [True] * lost


def test_what_is_told_of_an_entry() -> None:
    text = f'@online{{moss,\n title = {{On {{T}}ides, J{{\\"o}}rg}},\n url = {{{A}}},\n urldate = {{2014-05-03}}, note = {{A film}}}}'
    (one,) = document(text).citations
    assert (one.text, one.context, one.note, str(one.cited_on)) == (
        "moss",
        "On Tides, Jörg",
        "A film; accessed 2014-05-03",
        "2014-05-03",
    )
    assert (one.kind, one.label, text[one.place.start : one.place.end]) == (CitationKind.REFERENCE, None, A)
    assert (one.place.line, one.place.column) == (3, 9)


@pytest.mark.parametrize(
    "note", ["Accessed: 2014-05-03", "[Online; accessed 3-May-2014]", "last accessed on 3 May 2014", "Accessed May 3, 2014"]
)
def test_the_day_of_access_stands_in_notes_too(note: str) -> None:
    (one,) = document(f"@misc{{a, howpublished = {{\\url{{{A}}}}}, note = {{{note}}}}}").citations
    assert str(one.cited_on) == "2014-05-03"


def test_the_sample() -> None:
    found = document(SAMPLE.read_text())
    assert [(one.text, "LOST" if one.lost else one.url) for one in found.citations] == [
        ("moss1902", "https://doi.org/10.1234/rock_1902"),
        ("hale2009", "https://lamps.example.org/low_water?a=1&b=2"),
        ("quill2011", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
        ("tides2014", "https://arxiv.org/abs/1405.01234"),
        ("board", "LOST"),
        ("lost2012", "LOST"),
    ]
    assert found.citations[2].kind is CitationKind.MEDIA


def test_content_tells_it_from_other_text() -> None:
    assert document(f"@article{{a,\n url = {{{A}}}}}", "refs.txt").media_type == "text/x-bibtex"
    assert document(f"@ida wrote {A}", "refs.txt").media_type == "text/plain"


URLS = st.builds("https://a.example.org/{}".format, st.from_regex(r"[a-z0-9]{1,6}([_~%&#=-][a-z]{1,5}){0,3}", fullmatch=True))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(URLS, st.sampled_from(("url = {%s}", 'url = "%s"', r"howpublished = {\url{%s}}", "note = {See %s.}"))), max_size=8))
def test_what_was_written_is_read_back(entries: list[tuple[str, str]]) -> None:
    text = "\n".join(f"@misc{{k{at},\n title = {{T}},\n {field.replace('%s', url)}\n}}" for at, (url, field) in enumerate(entries))
    found = read(Raw(source="a.bib", data=f"% refs\n{text}".encode()))
    assert isinstance(found, Document)
    assert [(one.text, one.url) for one in found.citations] == [(f"k{at}", url) for at, (url, _) in enumerate(entries)]


PIECES = st.sampled_from((
    "@misc{a,", "@string{b = ", "url = ", "{", "}", '"', "#", ",", "\n", A, "doi = {10.1234/x}", "note = {", "\\url{", "%",
    "@comment{", "(", ")", "eprint={1402.1234},", "urldate={2014-05-03}", "=", "b", "@", "\n@misc{c,",
))  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40))
def test_broken_files_never_fail(pieces: list[str]) -> None:
    text = "x" + "".join(pieces)
    for one in document(text).citations:
        assert one.place.start is not None
        assert one.place.end is not None
        assert 0 <= one.place.start <= one.place.end <= len(text)
        assert one.url is not None or one.lost


@pytest.mark.timeout(60)
@pytest.mark.parametrize("piece", ["@misc{a,", "url = {", "@comment{", '"', "\n@a{b,x={", "#{a}"])
def test_endless_files_end_quickly(piece: str) -> None:
    assert document("@misc{a, x = " + piece * 10_000)
