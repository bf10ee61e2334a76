"""DOCX: every form of link, notes with the numbers that a reader sees, and files that mean harm."""

import io
import zipfile

import pytest
from document_reading import read_document
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.documents import Raw, read
from archiver.model import CitationKind, Document, Unreadable

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_W = "http://purl.oclc.org/ooxml/wordprocessingml/main"
STRICT_R = "http://purl.oclc.org/ooxml/officeDocument/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
SPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="{MC}" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp15="http://schemas.microsoft.com/office/word/2012/wordprocessingDrawing"'
)
A, B, C = "http://a.example.org/1", "http://b.example.org/2", "http://c.example.org/3"


def relations(rows: dict[str, tuple[str, str]]) -> str:
    body = "".join(
        f'<Relationship Id="{ident}" Type="{R}/{kind}" Target="{target}"'
        + (' TargetMode="External"/>' if kind == "hyperlink" else "/>")
        for ident, (kind, target) in rows.items()
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{body}</Relationships>'


def part(root: str, body: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {SPACES}>{body}</w:{root}>'


def docx(
    body: str,
    links: dict[str, str] | None = None,
    parts: dict[str, str] | None = None,
    part_links: dict[str, dict[str, str]] | None = None,
    *,
    strict: bool = False,
    core: str = "",
) -> bytes:
    files = {
        "[Content_Types].xml": "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>",
        "_rels/.rels": relations({"r1": ("officeDocument", "word/document.xml")}),
        "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
    }
    rows = {ident: ("hyperlink", url.replace("&", "&amp;")) for ident, url in (links or {}).items()}
    for name, text in (parts or {}).items():
        kind = name.rstrip("0123456789")
        rows[f"p-{name}"] = (kind, f"{name}.xml")
        roots = {"header": "hdr", "footer": "ftr"}
        files[f"word/{name}.xml"] = part(roots.get(kind, kind), text)
        own = {ident: ("hyperlink", url) for ident, url in (part_links or {}).get(name, {}).items()}
        files[f"word/_rels/{name}.xml.rels"] = relations(own)
    files["word/_rels/document.xml.rels"] = relations(rows)
    if core:
        files["docProps/core.xml"] = core
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text.replace(W, STRICT_W).replace(R, STRICT_R) if strict else text)
    return out.getvalue()


def p(inside: str, properties: str = "") -> str:
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inside}</w:p>"


def t(words: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def up(words: str) -> str:
    return t(words, '<w:vertAlign w:val="superscript"/>')


def link(ident: str, words: str) -> str:
    return f'<w:hyperlink r:id="{ident}">{t(words)}</w:hyperlink>'


def foot(ident: int, extra: str = "") -> str:
    return f'<w:r><w:footnoteReference w:id="{ident}" {extra}/></w:r>'


def end(ident: int) -> str:
    return f'<w:r><w:endnoteReference w:id="{ident}"/></w:r>'


SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p/></w:footnote>'
)


def note(ident: int, inside: str, kind: str = "footnote") -> str:
    return f'<w:{kind} w:id="{ident}">{p(f"<w:r><w:{kind}Ref/></w:r>{inside}")}</w:{kind}>'


def field(code: list[str], words: str) -> str:
    codes = "".join(f'<w:r><w:instrText xml:space="preserve">{one}</w:instrText></w:r>' for one in code)
    sign = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return f"{sign.format('begin')}{codes}{sign.format('separate')}{t(words)}{sign.format('end')}"


def document(data: bytes) -> Document:
    return read_document(data, "x.docx")


def cited(data: bytes) -> list[tuple[str | None, str, str]]:
    return [(one.label, one.text, "LOST" if one.lost else one.url or "") for one in document(data).citations]


def test_a_link_has_its_words_and_its_sentence() -> None:
    (one,) = document(docx(p(t("First. The ") + link("r9", "letter of May") + t(" is kept.")), {"r9": A})).citations
    assert (one.url, one.text, one.context) == (A, "letter of May", "The letter of May is kept.")
    assert one.kind is CitationKind.INLINE


LINKS = {
    "one link in two pieces is one": (link("r1", "the ") + link("r1", "letter"), [(None, "the letter", A)]),
    "two links to two places": (link("r1", "one") + link("r2", "two"), [(None, "one", A), (None, "two", B)]),
    "an anchor behind the address": (
        f'<w:hyperlink r:id="r1" w:anchor="part">{t("x")}</w:hyperlink>',
        [(None, "x", A + "#part")],
    ),
    "a place in the document is none": (f'<w:hyperlink w:anchor="part">{t("x")}</w:hyperlink>', []),
    "an address that is gone is lost": (link("r77", "the film"), [(None, "the film", "LOST")]),
    "mail is none": (link("r3", "mail"), []),
    "a simple field": (
        f'<w:fldSimple w:instr=" HYPERLINK &quot;{A}&quot; \\o &quot;a tip&quot; ">{t("x")}</w:fldSimple>',
        [(None, "x", A)],
    ),
    "a field whose code is split over runs": (
        field([" HYPER", 'LINK "http://a.exam', 'ple.org/1" '], "x"),
        [(None, "x", A)],
    ),
    "a field with a place in the target": (field([f' HYPERLINK "{A}" \\l "part" '], "x"), [(None, "x", A + "#part")]),
    "a field that points into the document": (field([' HYPERLINK \\l "part" '], "x"), []),
    "a field without quotes": (field([f" HYPERLINK {A} "], "x"), [(None, "x", A)]),
    "another field": (field([" PAGE "], "4"), []),
    "an address in the text": (t(f"See {A}, and go."), [(None, A, A)]),
    "an address split over runs": (t("See http://a.exa") + t("mple.org/1", "<w:b/>") + t("."), [(None, A, A)]),
    "an address that is its own link": (link("r1", A), [(None, A, A)]),
    "deleted is left out": (f"<w:del>{link('r1', 'old')}<w:r><w:delText>{B}</w:delText></w:r></w:del>", []),
    "inserted is kept": (f"<w:ins>{link('r1', 'new')}</w:ins>", [(None, "new", A)]),
    "moved counts once": (
        f"<w:moveFrom>{link('r1', 'it')}</w:moveFrom><w:moveTo>{link('r1', 'it')}</w:moveTo>",
        [(None, "it", A)],
    ),
    "in a content control": (f"<w:sdt><w:sdtContent>{link('r1', 'x')}</w:sdtContent></w:sdt>", [(None, "x", A)]),
    "a picture that links": (
        (
            '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="n" descr="The bridge"><a:hlinkClick r:id="r1"/></wp:docPr>'
            "</wp:inline></w:drawing></w:r>"
        ),
        [(None, "The bridge", A)],
    ),
    "a text box that is stored twice": (
        (
            f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent>{p(link('r1', 'x'))}"
            f"</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>"
            f"{p(link('r1', 'x'))}</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        ),
        [(None, "x", A)],
    ),
    "a video": (
        (
            "<w:r><w:drawing><wp:docPr id='1'><a:hlinkClick r:id='r1'/></wp:docPr><wp15:webVideoPr embeddedHtml="
            "'&lt;iframe src=&quot;https://www.youtube.com/embed/aaaaaaaaaaa&quot;&gt;&lt;/iframe&gt;'/></w:drawing></w:r>"
        ),
        [(None, "", "https://www.youtube.com/embed/aaaaaaaaaaa")],
    ),
}


@pytest.mark.parametrize("name", LINKS)
@pytest.mark.parametrize("strict", [False, True])
def test_links(name: str, *, strict: bool) -> None:
    inside, expected = LINKS[name]
    assert cited(docx(p(inside), {"r1": A, "r2": B, "r3": "mailto:a@b.example"}, strict=strict)) == expected


def test_notes_are_numbered_by_order_and_use_their_own_links() -> None:
    data = docx(
        p(t("The letter") + foot(7) + t(" and the reply") + foot(2) + t(".")),
        {"r1": C},
        {"footnotes": SEPARATORS + note(2, link("r1", "Archive") + t(", p. 4")) + note(7, t(f" Quoted at {B}."))},
        {"footnotes": {"r1": A}},
    )
    assert cited(data) == [("1", "letter", B), ("2", "reply", A)]
    first, second = document(data).citations
    assert (first.note, second.note) == (f"Quoted at {B}.", "Archive, p. 4")


NUMBERS = {
    "endnotes are roman when nothing is said": ("endnote", "", ["i", "ii", "iii", "iv"]),
    "decimal": ("endnote", '<w:numFmt w:val="decimal"/>', ["1", "2", "3", "4"]),
    "letters": ("footnote", '<w:numFmt w:val="upperLetter"/>', ["A", "B", "C", "D"]),
    "symbols": ("footnote", '<w:numFmt w:val="chicago"/>', ["*", "†", "‡", "§"]),
    "a start": ("footnote", '<w:numStart w:val="12"/>', ["12", "13", "14", "15"]),
    "again in each section": ("footnote", '<w:numRestart w:val="eachSect"/>', ["1", "2", "1", "2"]),
    "again on each page": ("footnote", '<w:numRestart w:val="eachPage"/>', ["1", "2", "1", "1"]),
}


@pytest.mark.parametrize("name", NUMBERS)
def test_the_number_is_the_one_that_the_reader_sees(name: str) -> None:
    kind, properties, expected = NUMBERS[name]
    mark = foot if kind == "footnote" else end
    section = f"<w:sectPr><w:{kind}Pr>{properties}</w:{kind}Pr></w:sectPr>"
    body = (
        p(t("One") + mark(1) + t(" two") + mark(2), section)
        + p(t("Three") + mark(3) + "<w:r><w:lastRenderedPageBreak/></w:r>" + t(" four") + mark(4))
        + section
    )
    notes = "".join(note(number, t(f"{A}{number}"), kind) for number in (1, 2, 3, 4))
    assert [one.label for one in document(docx(body, parts={f"{kind}s": notes})).citations] == expected


def test_settings_say_how_notes_are_numbered() -> None:
    settings_part = '<w:footnotePr><w:numFmt w:val="lowerRoman"/><w:footnote w:id="-1"/></w:footnotePr>'
    data = docx(p(t("One") + foot(1)), parts={"settings": settings_part, "footnotes": note(1, t(A))})
    assert cited(data) == [("i", "One", A)]


def test_a_mark_of_the_authors_own_is_not_counted() -> None:
    own = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="5"/><w:t>*</w:t></w:r>'
    notes = note(5, t(f"* {A}")) + note(6, t(B))
    assert cited(docx(p(t("One") + own + t(" two") + foot(6)), parts={"footnotes": notes})) == [
        ("*", "One", A),
        ("1", "two", B),
    ]


def test_a_note_that_is_pointed_to_twice() -> None:
    body = p(
        t("One") + '<w:bookmarkStart w:id="4" w:name="_Ref4"/>' + foot(1) + '<w:bookmarkEnd w:id="4"/>'
        + t(" two") + field([" NOTEREF _Ref4 \\h "], "1") + t(" three") + foot(1)
    )  # fmt: skip
    assert cited(docx(body, parts={"footnotes": note(1, t(A))})) == [
        ("1", "One", A),
        ("1", "two", A),
        ("1", "three", A),
    ]


def test_a_deleted_reference_takes_no_number() -> None:
    body = p(f"<w:del>{foot(1)}</w:del>" + t("One") + foot(2))
    assert cited(docx(body, parts={"footnotes": note(1, t(A)) + note(2, t(B))})) == [("1", "One", B)]


def test_a_note_that_only_promises_is_lost_and_a_remark_is_not() -> None:
    notes = note(1, t("Available at:")) + note(2, t("He was a brewer."))
    one, two = document(docx(p(t("One") + foot(1) + t(" two") + foot(2)), parts={"footnotes": notes})).citations
    assert (one.lost, two.lost) == (True, False)


def test_comments_heads_and_feet_are_read() -> None:
    comment = f'<w:comment w:id="0" w:author="N">{p(link("r1", "a source"))}</w:comment>'
    data = docx(
        p(t("Text.")),
        parts={"comments": comment, "header1": p(t(B)), "footer1": p(link("r1", "home"))},
        part_links={"comments": {"r1": A}, "footer1": {"r1": C}},
    )
    assert cited(data) == [(None, "a source", A), (None, B, B), (None, "home", C)]


def test_a_marker_behind_an_address_is_no_part_of_it() -> None:
    data = docx(p(t(f"See {A}") + foot(1) + t(f" and {B}") + up("2")), parts={"footnotes": note(1, t(C))})
    assert [one.url for one in document(data).citations] == [A, C, B]


def test_numbers_in_a_style_that_is_raised_are_markers() -> None:
    style = '<w:rStyle w:val="Ref"/>'
    body = p(t("A letter") + t("1", style) + t(" and a reply") + t("2", style)) + p(t(f"1 {A}")) + p(t(f"2 {B}"))
    styles = '<w:style w:styleId="Ref"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    assert cited(docx(body, parts={"styles": styles})) == [("1", "letter", A), ("2", "reply", B)]


def test_typed_notes_beside_real_ones() -> None:
    body = p(t("A letter") + foot(1) + t(" came [1], a reply went [2].")) + p(t(f"[1] {A}")) + p(t(f"[2] {B}"))
    data = docx(body, parts={"footnotes": note(1, t(C))})
    assert cited(data) == [("1", "letter", C), ("1", "came", A), ("2", "went", B)]


def test_hidden_text_is_not_read() -> None:
    assert cited(docx(p(t(f"Seen {A} ") + t(B, "<w:vanish/>")))) == [(None, A, A)]


def test_a_broken_end_is_a_warning() -> None:
    text = part("document", f"<w:body>{p(t(A))}{p(t(B))}").encode()[:-14]
    found = document(packed({"[Content_Types].xml": b"x", "word/document.xml": text}))
    assert [one.url for one in found.citations] == [A, B]
    assert found.warnings == ("a part of it is broken, and read only in part",)


TYPED = {
    "in brackets": [t("The letter[1] and the reply[2].")],
    "raised": [t("The letter") + up("1") + t(" and the reply") + up("2") + t(".")],
}


@pytest.mark.parametrize("name", TYPED)
@pytest.mark.parametrize("listed", [False, True])
def test_notes_that_were_typed_in(name: str, *, listed: bool) -> None:
    item = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>'
    numbering = (
        '<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="8"/></w:num>'
    )
    listing = [p(t(f"Archive, {A}"), item), p(t(f"Quoted at {B}"), item)]
    typed = [p(t(f"[1] Archive, {A}")), p(t(f"[2] Quoted at {B}"))]
    body = "".join([*map(p, TYPED[name]), p(t("Notes")), *(listing if listed else typed)])
    assert cited(docx(body, parts={"numbering": numbering})) == [("1", "letter", A), ("2", "reply", B)]


def test_a_list_of_sources_is_references() -> None:
    (one,) = document(docx(p(t("Text.")) + p(t("Bibliography")) + p(t(f"N. N., A Town, {A}")))).citations
    assert one.kind is CitationKind.REFERENCE


def test_what_the_document_says_about_itself() -> None:
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"><dc:title>The Town'
        "</dc:title><dc:creator>Ada Nemo</dc:creator><dc:language>en-GB</dc:language>"
        "<dcterms:modified>2014-05-03T10:00:00Z</dcterms:modified></cp:coreProperties>"
    )
    found = document(docx(p(t("Words.")), core=core))
    assert (found.title, found.author, found.language, str(found.published)) == (
        "The Town", "Ada Nemo", "en-GB", "2014-05-03",
    )  # fmt: skip


BOMB = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'


def packed(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


HARMFUL = {
    "cut off": (docx(p(t("x")))[:350], "broken or cut off"),
    "encrypted": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600),
        "encrypted",
    ),
    "entities": (packed({"[Content_Types].xml": b"x", "word/document.xml": BOMB.encode()}), "cannot be read"),
    "a bomb": (packed({"[Content_Types].xml": b"x", "word/document.xml": bytes(70_000_000)}), "cannot be read"),
    "no text": (packed({"[Content_Types].xml": b"x", "word/styles.xml": b"<a/>"}), "cannot be read"),
}


@pytest.mark.parametrize("name", HARMFUL)
def test_what_cannot_be_read_says_why(name: str) -> None:
    data, reason = HARMFUL[name]
    found = read(Raw(source="x.docx", data=data))
    assert isinstance(found, Unreadable)
    assert reason in found.reason


def test_deep_nesting_gives_what_can_be_read() -> None:
    deep = "<w:sdt><w:sdtContent>" * 400 + p(t(B)) + "</w:sdtContent></w:sdt>" * 400
    found = read(Raw(source="x.docx", data=docx(p(t(A)) + deep)))
    assert isinstance(found, Document)
    assert [one.url for one in found.citations] == [A]
    assert found.warnings == ("a part of it is broken, and read only in part",)


def test_a_broken_part_is_a_warning() -> None:
    data = docx(p(t("One") + foot(1) + t(f" {A}")), parts={"footnotes": "<!ENTITY a 'b'>"})
    found = document(data)
    assert [(one.label, one.url, one.lost) for one in found.citations] == [("1", None, True), (None, A, False)]
    assert found.warnings == ("a part of it is no XML that is read: word/footnotes.xml",)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["link", "field", "note", "bare"]), st.integers(0, 999)), max_size=12))
def test_what_is_written_is_read_back(things: list[tuple[str, int]]) -> None:
    body, notes, links, expected, count = "", "", {}, [], 0
    for index, (kind, number) in enumerate(things):
        url = f"http://site{number}.example.org/page/{index}"
        if kind == "link":
            links[f"r{index}"] = url
            body += p(t("A word ") + link(f"r{index}", "linked") + t(" more."))
        elif kind == "field":
            body += p(t("A word ") + field([f' HYPERLINK "{url}" '], "linked") + t(" more."))
        elif kind == "note":
            count += 1
            body += p(t("A noted") + foot(index) + t(" word."))
            notes += note(index, t(f"See {url}."))
        else:
            body += p(t(f"A word {url} more."))
        expected.append((str(count) if kind == "note" else None, url))
    data = docx(body or p(t("x")), links, {"footnotes": notes})
    assert [(one.label, one.url) for one in document(data).citations] == expected


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 255)), min_size=1, max_size=30), st.booleans())
def test_a_spoiled_document_is_never_a_fault(changes: list[tuple[int, int]], inside: bool) -> None:
    body = p(t("One") + foot(1) + link("r1", "x") + field([f' HYPERLINK "{A}" '], "y"))
    data = bytearray(docx(body, {"r1": A}, {"footnotes": note(1, t(B))}))
    text = bytearray(part("document", f"<w:body>{body}</w:body>").encode())
    spoiled = text if inside else data
    for at, value in changes:
        spoiled[at % len(spoiled)] = value
    if inside:
        data = bytearray(packed({"[Content_Types].xml": b"x", "word/document.xml": bytes(text)}))
    found = read(Raw(source="x.docx", data=bytes(data)))
    assert isinstance(found, Document) or "fault of ours" not in (found.hint or "")
