"""Bytes to text: marks, declarations, guesses, mixtures; and what is no text at all."""

from __future__ import annotations

import pytest
from document_reading import citations, read_document

from archiver.documents import Raw, read
from archiver.documents.decoding import decode
from archiver.documents.mend import meant
from archiver.model import Unreadable

WESTERN = "Die Brücke über den Fluß – „alt“ und schön, naïve café, señor. See https://a.example/x and more."
CZECH = "Žluťoučký kůň přeskočil řeku, most ve městě byl starý a úzký. Viz https://a.example/x – „most“."
POLISH = "Zażółć gęślą jaźń, most nad rzeką był stary i wąski. Zobacz https://a.example/x teraz proszę."
RUSSIAN = "Мост через реку был построен в прошлом веке. Смотрите https://a.example/x сегодня и завтра."
LITHUANIAN = "Tiltas per upę buvo pastatytas praėjusiame amžiuje, žmonės į jį žiūrėjo. Žr. https://a.example/x čia."
GREEK = "Η γέφυρα πάνω από το ποτάμι χτίστηκε τον περασμένο αιώνα. Δείτε https://a.example/x σήμερα."
TURKISH = "Nehrin üzerindeki köprü geçen yüzyılda yapıldı. Bakınız https://a.example/x şimdi ve ığdır çağ."
HEBREW = "הגשר מעל הנהר נבנה במאה שעברה. ראו https://a.example/x היום."
ARABIC = "بني الجسر فوق النهر في القرن الماضي. انظر https://a.example/x اليوم."
JAPANESE = "川の上の橋は前世紀に建てられました。https://a.example/x を見てください。古い橋です。"
CHINESE = "河上的桥是上个世纪建造的。请看 https://a.example/x 今天。这座桥很旧了。"
TAIWANESE = "河上的橋是上個世紀建造的。請看 https://a.example/x 今天。這座橋很舊了。"
KOREAN = "강 위의 다리는 지난 세기에 지어졌습니다. https://a.example/x 를 보세요. 오래된 다리입니다."

TEXTS = [
    ("windows-1252", WESTERN),
    ("windows-1250", CZECH),
    ("iso-8859-2", POLISH),
    ("windows-1251", RUSSIAN),
    ("koi8-r", RUSSIAN),
    ("iso-8859-5", RUSSIAN),
    ("cp866", RUSSIAN),
    ("windows-1257", LITHUANIAN),
    ("iso-8859-7", GREEK),
    ("windows-1254", TURKISH),
    ("windows-1255", HEBREW),
    ("windows-1256", ARABIC),
    ("shift_jis", JAPANESE),
    ("euc-jp", JAPANESE),
    ("iso-2022-jp", JAPANESE),
    ("gbk", CHINESE),
    ("gb18030", CHINESE),
    ("big5", TAIWANESE),
    ("euc-kr", KOREAN),
    ("mac-roman", WESTERN),
]


@pytest.mark.parametrize(("encoding", "text"), TEXTS, ids=[name for name, _ in TEXTS])
def test_what_nobody_declares_is_guessed(encoding: str, text: str) -> None:
    assert decode(Raw(source="a.txt", data=text.encode(encoding))) == text
    assert [one.url for one in read_document(text.encode(encoding), "a.txt").citations] == ["https://a.example/x"]


@pytest.mark.parametrize(("encoding", "text"), TEXTS, ids=[name for name, _ in TEXTS])
def test_what_is_declared_is_believed(encoding: str, text: str) -> None:
    short = text.split(maxsplit=1)[0]
    assert decode(Raw(source="a.txt", data=short.encode(encoding), charset=encoding)) == short
    page = f'<html><meta http-equiv=Content-Type content="text/html; charset={encoding}"><p>{short}'
    assert decode(Raw(source="a.html", data=page.encode(encoding))) == page


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("text", [WESTERN, RUSSIAN, CHINESE])
def test_wide_encodings_need_no_mark(encoding: str, mark: str, text: str) -> None:
    assert [one.url for one in read_document((mark + text).encode(encoding), "a.txt").citations] == ["https://a.example/x"]


@pytest.mark.parametrize(
    "head",
    [
        "# -*- coding: iso-8859-2 -*-\n",
        "#!/bin/x\n# vim: set fileencoding=iso-8859-2 :\n",
        "<!-- -*- mode: markdown; coding: latin-2 -*- -->\n",
        "\\documentclass{article}\n\\usepackage[latin2]{inputenc}\n",
        "= Title\n:encoding: iso-8859-2\n\n",
        '<?xml version="1.0" encoding="iso-8859-2"?>\n<p>',
    ],
)
def test_each_format_has_its_own_way_to_declare(head: str) -> None:
    assert decode(Raw(source="a", data=f"{head}Zażółć".encode("iso-8859-2"))) == f"{head}Zażółć"


@pytest.mark.parametrize(
    ("text", "encoding", "said"),
    [
        ("naïve café", "windows-1252", "utf-8"),
        ("naïve café", "windows-1252", "gb2312"),
        ("naïve café", "windows-1252", "no-such-name"),
        ("naïve café", "windows-1252", "hex"),
        ("Zażółć", "utf-8", "iso-8859-1"),
        (RUSSIAN, "windows-1251", "iso-8859-1"),
        (JAPANESE, "shift_jis", "us-ascii"),
        ("“x” and ①", "cp932", "shift_jis"),
        ("“quoted”", "windows-1252", "iso-8859-1"),
    ],
)
def test_wrong_declarations_do_no_harm(text: str, encoding: str, said: str) -> None:
    data = text.encode(encoding, "ignore")
    assert decode(Raw(source="a", data=data, charset=said)) == data.decode(encoding)


def test_a_file_pasted_together_is_read_as_both() -> None:
    data = "One: Brücke – café.\n".encode() * 2 + "Two: naïve “quotes”.\n".encode("windows-1252")
    assert decode(Raw(source="a", data=data)) == "One: Brücke – café.\n" * 2 + "Two: naïve “quotes”.\n"


def test_a_file_cut_off_inside_a_character_is_still_utf_8() -> None:
    assert decode(Raw(source="a", data="ééé ok".encode() + b"\xc3")) == "ééé ok\ufffd"


def test_what_an_encoding_leaves_undefined_comes_through() -> None:
    assert decode(Raw(source="a", data=b"a\x81b \x93x\x94", charset="windows-1252")) == "a\x81b “x”"


def test_addresses_keep_their_letters_in_every_encoding() -> None:
    page = '<html><meta charset="{}"><a href="https://a.example/straße?q=é">x</a>'
    for encoding in ("utf-8", "windows-1252", "utf-16"):
        data = page.format(encoding).encode(encoding)
        assert citations(read_document(data, "a.html")) == [("inline", None, "x", "https://a.example/straße?q=é")]


def old(part: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + part.encode("utf-16-le") + bytes(100)


def container(part: str) -> bytes:
    return b"PK\x03\x04\x14\0\0\0\0\0" + part.encode() + bytes(40)


NO_TEXTS = [
    ("a.rtf", b"{\\rtf1\\ansi https://a.example/}", "is an RTF document, which is not read", "save it as DOCX, ODT or PDF"),
    ("a.doc", old("WordDocument"), "is an old Word document, which is not read", "save it as DOCX or PDF"),
    ("a.msg", old("__substg1.0_0037001E"), "is an Outlook message, which is not read", "save it as .eml"),
    (
        "a.pages",
        container("Index/Document.iwa"),
        "is a Pages, Numbers or Keynote document, which is not read",
        "export it as DOCX, CSV or PDF",
    ),
    ("a.xlsx", container("xl/workbook.xml"), "is an Excel workbook, which is not read", "save its sheets as CSV"),
    ("a.txt", container("ppt/presentation.xml"), "is a PowerPoint presentation, which is not read", "save it as PDF"),
    ("a.ps", b"%!PS-Adobe-3.0\n(x) show\n", "is a PostScript document, which is not read", "make a PDF of it, with ps2pdf"),
]


@pytest.mark.parametrize(("source", "data", "reason", "hint"), NO_TEXTS, ids=[row[0] for row in NO_TEXTS])
def test_what_is_not_read_is_named_with_what_to_do(source: str, data: bytes, reason: str, hint: str) -> None:
    assert read(Raw(source=source, data=data)) == Unreadable(source=source, reason=reason, hint=hint)


@pytest.mark.parametrize(
    "data",
    [
        b"Title: x\nhttps://a.example/\n" * 20 + bytes(range(256)) * 20,
        bytes(range(256)) * 10,
        b"\xca\xfe\xba\xbe\0\0\0\x34\0\xa1" + b"java/lang" * 9,
        b"II*\0https://a.example/",
    ],
)
def test_binary_data_stay_unread_whatever_they_begin_with(data: bytes) -> None:
    assert isinstance(read(Raw(source="a.txt", data=data)), Unreadable)


@pytest.mark.parametrize("data", [b"See https://a.example/x now. " * 9 + b"\0" * 500, b"See https://a.example/x \0 now. "])
def test_a_file_that_ends_in_zeros_is_still_text(data: bytes) -> None:
    assert {one.url for one in read_document(data, "a.txt").citations} == {"https://a.example/x"}


PAGE = b"<!DOCTYPE html><html><p>See <a href='https://a.example/1'>a</a></p></html>"
LYING = [
    ("page.txt", PAGE, "text/html"),
    ("page.doc", PAGE, "text/html"),
    ("page", b"<?php echo 1 > 2; ?>\n" + PAGE, "text/html"),
    ("page", b"<!-- saved from url=(0022)https://s.example/p -->\n" + PAGE, "text/html"),
    ("feed.html", b"<?xml version='1.0'?><rss><channel><item><link>https://a.example/1</link></item></channel></rss>", "application/rss+xml"),
    ("data.txt", b'{"items": [{"url": "https://a.example/1"}]}', "application/json"),
    ("how-to.txt", b"How to write HTML\n\nBegin with <html> and <a href='https://a.example/1'>so</a>.\n", "text/plain"),
    ("how-to.txt", b"Write \\documentclass{article} first, see https://a.example/1\n", "text/plain"),
    ("read.md", b"<h1 align=center>T</h1>\n\n[x](https://a.example/1)\n", "text/markdown"),
]


@pytest.mark.parametrize(("source", "data", "media_type"), LYING)
def test_content_decides_when_it_can_be_nothing_else(source: str, data: bytes, media_type: str) -> None:
    found = read_document(data, source)
    assert found.media_type == media_type
    assert [one.url for one in found.citations] == ["https://a.example/1"]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("https://a.example/cafÃ©/x", "https://a.example/café/x"),
        ("https://a.example/caf%C3%83%C2%A9?x=%C3%83%C2%BC", "https://a.example/caf%C3%A9?x=%C3%BC"),
        ("https://a.example/caf%C3%A9", None),
        ("https://a.example/café", None),
        ("https://a.example/%C3%83", None),
    ],
)
def test_what_a_spoiled_address_stood_for_can_be_told(written: str, said: str | None) -> None:
    assert meant(written) == said


@pytest.mark.parametrize("source", ["a.txt", "a.md", "a.html"])
def test_a_spoiled_address_is_kept_as_it_is_written_and_ends_where_its_signs_say(source: str) -> None:
    text = "<html>" * (source == "a.html") + "See â€œhttps://a.example/cafÃ©/x?y=1â€\x9d and cafÃ©.\n"
    (one,) = read_document(text, source).citations
    assert (one.url, one.context) == ("https://a.example/cafÃ©/x?y=1", "See “https://a.example/café/x?y=1” and café.")
