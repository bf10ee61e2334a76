"""Mail is read as its reader sees it: every link of every part, however it was packed."""

from datetime import date
from email.message import EmailMessage

import pytest
from document_reading import read_document
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.documents import Raw, read
from archiver.model import Document, Unreadable


def document(data: bytes, source: str = "letter.eml") -> Document:
    return read_document(data, source)


def urls(data: bytes, source: str = "letter.eml") -> list[str | None]:
    return [one.url for one in document(data, source).citations]


def letter(subject: str = "The harbour") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Ada Moor <ada@mail.example>"
    message["To"] = "desk@paper.example"
    message["Date"] = "Tue, 03 Mar 2015 23:10:00 -0500"
    message["Subject"] = subject
    message["Message-ID"] = "<1@mail.example>"
    return message


def test_a_letter_says_who_wrote_it_when_and_about_what() -> None:
    message = letter("Der Hafen von Münster, und was man von ihm weiß")
    message.set_content("See https://harbour.example/plan for it.\n")
    found = document(message.as_bytes())
    assert (found.title, found.author, found.published) == (
        "Der Hafen von Münster, und was man von ihm weiß",
        "Ada Moor",
        date(2015, 3, 3),
    )
    assert found.media_type == "message/rfc822"
    assert [one.url for one in found.citations] == ["https://harbour.example/plan"]


def test_html_is_read_before_text_and_links_that_count_readers_are_links() -> None:
    message = letter()
    message.set_content("Read it: https://harbour.example/plain\n")
    message.add_alternative(
        '<p>Read <a href="https://harbour.example/a?b=1&amp;c=2">the plan</a>. '
        '<a href="https://click.example/unsubscribe?u=7">Unsubscribe</a></p>',
        subtype="html",
        cte="quoted-printable",
    )
    found = document(message.as_bytes())
    assert [(one.url, one.text) for one in found.citations] == [
        ("https://harbour.example/a?b=1&c=2", "the plan"),
        ("https://click.example/unsubscribe?u=7", "Unsubscribe"),
    ]


def test_text_is_read_where_the_html_cites_nothing() -> None:
    message = letter()
    message.set_content("Read it: https://harbour.example/plain\n")
    message.add_alternative("<p>Your program shows no HTML.</p>", subtype="html")
    assert urls(message.as_bytes()) == ["https://harbour.example/plain"]


@pytest.mark.parametrize("packing", ["quoted-printable", "base64", "8bit"])
def test_packings_are_undone(packing: str) -> None:
    message = letter()
    long = "https://harbour.example/" + "x" * 100 + "?q=ä=3D"
    message.set_content(f"Hier: {long} und mehr.\n", cte=packing)
    assert urls(message.as_bytes()) == [long]


def test_a_charset_that_lies_is_seen_through() -> None:
    head = b"From: a@b.example\nMessage-ID: <2@b.example>\nContent-Type: text/plain; charset=us-ascii\n\n"
    found = document(head + "Das Gedächtnis: https://b.example/ä.\n".encode())
    assert found.citations[0].url == "https://b.example/ä"
    japanese = head.replace(b"us-ascii", b"iso-2022-jp") + "日本 https://b.example/jp\n".encode("iso-2022-jp")
    assert document(japanese).citations[0].context == "日本 https://b.example/jp"


def test_a_letter_that_only_says_that_it_is_utf_8_is_read_as_what_it_is() -> None:
    head = b"From: a@b.example\nMessage-ID: <2@b.example>\nContent-Type: text/html; charset=utf-8\n\n"
    body = "<p>Grüße aus Köln, und schöne Tage: <a href='https://b.example/'>für Müller</a></p>".encode("cp1252")
    assert document(head + body).citations[0].text == "für Müller"


def test_numbered_notes_of_a_letter_keep_their_numbers() -> None:
    message = letter()
    message.set_content(
        "The bridge fell at noon.[1] Nobody was on it.[2]\n\n[1] https://bridge.example/one\n[2] https://bridge.example/two\n"
    )
    found = document(message.as_bytes())
    assert [(one.label, one.url) for one in found.citations] == [
        ("1", "https://bridge.example/one"),
        ("2", "https://bridge.example/two"),
    ]


def test_messages_and_documents_that_are_attached_are_read() -> None:
    inner = letter("Older")
    inner.set_content("https://inner.example/\n")
    message = letter()
    message.set_content("https://outer.example/\n")
    message.add_attachment(inner)
    message.add_attachment("[words](https://attached.example/)", subtype="plain", filename="notes.md")
    message.add_attachment(b"\x89PNG\r\n\x1a\n", maintype="image", subtype="png", filename="a.png")
    assert urls(message.as_bytes()) == ["https://outer.example/", "https://inner.example/", "https://attached.example/"]


def test_a_mailbox_gives_the_links_of_all_its_messages() -> None:
    data = b""
    for number in (1, 2, 3):
        message = letter(f"Letter {number}")
        message.set_content(f"From here on: https://harbour.example/{number}\n\nFrom what I know, no more.\n")
        data += b"From ada@mail.example Tue Mar  3 23:10:00 2015\n" + message.as_bytes() + b"\n"
    found = document(data, "letters.mbox")
    assert found.media_type == "application/mbox"
    assert [one.url for one in found.citations] == [f"https://harbour.example/{number}" for number in (1, 2, 3)]
    assert (found.title, found.author) == ("Letter 1", "Ada Moor")


def test_a_large_mailbox_is_read_to_its_end() -> None:
    data = b"".join(
        b"From a@b.example Tue Mar  3 23:10:00 2015\nFrom: a@b.example\n\nhttps://b.example/%d\n\n" % number
        for number in range(2500)
    )
    assert urls(data, "large.mbox")[-1] == "https://b.example/2499"


def test_a_flowed_line_is_one_line() -> None:
    head = b"From: a@b.example\nMessage-ID: <2@b.example>\nContent-Type: text/plain; format=flowed; delsp=yes\n\n"
    assert urls(head + b"See https://b.example/one- \ntwo for it.\n") == ["https://b.example/one-two"]


def test_a_saved_page_knows_where_it_was() -> None:
    data = (
        b"From: <Saved by a browser>\nSnapshot-Content-Location: https://paper.example/news/a\nSubject: News\n"
        b'MIME-Version: 1.0\nContent-Type: multipart/related; type="text/html"; boundary="x"\n\n'
        b"--x\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n"
        b"Content-Location: https://paper.example/news/a\n\n"
        b'<html><body><h1>A bridge</h1><p><a href=3D"../b">more</a></p></body></html>\n--x--\n'
    )
    found = document(data, "page.mhtml")
    assert (found.url, found.title, found.author) == ("https://paper.example/news/a", "A bridge", None)
    assert [one.url for one in found.citations] == ["https://paper.example/b"]


def test_content_tells_mail_from_a_text_that_begins_with_keys() -> None:
    message = letter()
    message.set_content("https://harbour.example/\n")
    assert document(message.as_bytes(), "message.txt").media_type == "message/rfc822"
    text = b"Title: A bridge\nDate: 3 May 2014\n\nhttps://harbour.example/\n"
    assert document(text, "bridge.txt").media_type == "text/plain"


def test_parts_within_parts_end() -> None:
    head = b"From: a@b.example\nMessage-ID: <2@b.example>\n"
    deep = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3000))
    assert isinstance(read(Raw(source="deep.eml", data=head + deep)), Document | Unreadable)


WORDS = st.text(st.sampled_from("abcdefgh äöü日本-_"), max_size=12)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.from_regex(r"[a-z]{1,8}", fullmatch=True), min_size=1, max_size=8, unique=True), WORDS, st.booleans()
)
def test_what_is_written_is_read_back(names: list[str], words: str, packed: bool) -> None:
    message = letter()
    wanted = [f"https://{name}.example/{name}?x=1" for name in names]
    lines = "".join(f"<p>{words} <a href='{url}'>{words}z</a></p>\n" for url in wanted)
    message.set_content(lines, subtype="html", cte="base64" if packed else "quoted-printable")
    assert urls(message.as_bytes()) == wanted


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_broken_mail_never_raises(data: st.DataObject) -> None:
    message = letter()
    message.set_content("https://harbour.example/\n")
    message.add_alternative("<a href='https://harbour.example/'>a</a>", subtype="html")
    whole = bytearray(message.as_bytes())
    for _ in range(data.draw(st.integers(1, 12))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    found = read(Raw(source="a.eml", data=bytes(whole[: data.draw(st.integers(1, len(whole)))])))
    assert isinstance(found, Document) or "fault of ours" not in found.hint


def plain(body: str, kind: str = "text/plain; charset=utf-8") -> bytes:
    head = (
        f"From: a@b.example\r\nSubject: Tides\r\nMessage-ID: <1@b.example>\r\nMIME-Version: 1.0\r\nContent-Type: {kind}"
    )
    return f"{head}\r\n\r\n{body}".encode()


def test_quoted_lines_are_read_without_their_signs() -> None:
    body = "On Monday you wrote:\n> The film is\n> at https://a.example/the-very-long-name-of-the-film/of-the-\n> winter/1.html.\n>> And https://b.example/2\nYes."
    found = read_document(plain(body), "x.eml").citations
    assert [(one.url, one.context) for one in found] == [
        (
            "https://a.example/the-very-long-name-of-the-film/of-the-winter/1.html",
            "The film is at https://a.example/the-very-long-name-of-the-film/of-the- winter/1.html.",
        ),
        ("https://b.example/2", "And https://b.example/2"),
    ]


def test_flowed_text_is_put_together_as_deep_as_it_is_quoted() -> None:
    body = "The film \r\nis at https://a.example/1 \r\nand\r\n stuffed.\r\n> Quoted \r\n> https://b.example/2 too\r\n-- \r\nA.\r\n"
    found = read_document(plain(body, "text/plain; charset=utf-8; format=flowed"), "x.eml").citations
    assert [(one.url, one.context) for one in found] == [
        ("https://a.example/1", "The film is at https://a.example/1 and stuffed."),
        ("https://b.example/2", "Quoted https://b.example/2 too"),
    ]


def test_a_signature_is_no_part_of_the_notes() -> None:
    body = "A letter[1] came.\n\nNotes\n[1] https://a.example/1\n\n-- \nAnna Berg\nhttps://anna.example/\n"
    found = read_document(plain(body), "x.eml").citations
    assert [(one.kind.value, one.label, one.url, one.context) for one in found] == [
        ("footnote", "1", "https://a.example/1", "A letter[1] came."),
        ("inline", None, "https://anna.example/", "Anna Berg https://anna.example/"),
    ]


ATTACHED = {
    "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "application/msword"),
    "broken.pdf": (b"%PDF-1.4 cut", "application/octet-stream"),
    "other.eml": (
        b"From: a@b.example\nSubject: x\nMessage-ID: <2@b>\n\nhttps://c.example/",
        "application/octet-stream",
    ),
}


@pytest.mark.parametrize("name", ATTACHED)
def test_a_document_that_cannot_be_read_is_named(name: str) -> None:
    data, kind = ATTACHED[name]
    (warning,) = read_document(with_attachment(name, data, kind), "x.eml").warnings
    assert warning.startswith(f"an attachment was not read: {name} ")


@pytest.mark.parametrize("name", ["sea.jpg", "meeting.ics", "smime.p7s"])
def test_nobody_misses_pictures_and_signatures(name: str) -> None:
    assert (
        read_document(with_attachment(name, b"\xff\xd8\xff\xe0\0\1\2", "application/octet-stream"), "x.eml").warnings
        == ()
    )


def with_attachment(name: str, data: bytes, kind: str) -> bytes:
    from email.message import EmailMessage

    message = EmailMessage()
    message["From"], message["Subject"], message["Message-ID"] = "a@b.example", "Tides", "<1@b.example>"
    message.set_content("See https://a.example/1")
    main, _, sub = kind.partition("/")
    message.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return message.as_bytes()


def test_an_encrypted_part_is_told() -> None:
    from email.message import EmailMessage

    message = EmailMessage()
    message["From"], message["Subject"], message["Message-ID"] = "a@b.example", "Tides", "<1@b.example>"
    message.set_content(b"\x30\x82\x01", maintype="application", subtype="pkcs7-mime", filename="smime.p7m")
    found = read_document(message.as_bytes(), "x.eml")
    assert (found.citations, found.warnings) == ((), ("an encrypted part was not read",))


def test_a_mailbox_of_hundreds_of_messages() -> None:
    one = "From a@b.example Mon Mar  4 10:00:00 2019\nFrom: a@b.example\nSubject: Mail {0}\nMessage-ID: <{0}@b>\n\n>From here https://a.example/{0} on.\n\n"
    data = "".join(one.format(number) for number in range(400)).encode()
    found = read_document(data, "all.mbox").citations
    assert [each.url for each in found] == [f"https://a.example/{number}" for number in range(400)]
    assert found[7].context == "From here https://a.example/7 on."


def test_what_lists_put_into_headers_is_not_cited() -> None:
    data = plain("Words.").replace(b"MIME-Version", b"List-Unsubscribe: <https://lists.example/off>\r\nMIME-Version")
    assert read_document(data, "x.eml").citations == ()


BROKEN = {
    "base64 that is cut off": (
        "text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64",
        "U2VlIGh0dHBzOi8vYS5leGFtcGxlLzEgYW5kIGI",
    ),
    "parts without a boundary": ("multipart/mixed", "See https://a.example/1 and b"),
    "a part that never ends": (
        "multipart/mixed; boundary=b",
        "--b\r\nContent-Type: text/html\r\n\r\n<p>See <a href='https://a.example/1'>it</a> and",
    ),
    "a type that is none": ("???", "See https://a.example/1 and b"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_mail_gives_what_is_there(name: str) -> None:
    kind, body = BROKEN[name]
    assert [one.url for one in read_document(plain(body, kind), "x.eml").citations] == ["https://a.example/1"]


def test_ten_million_signs_on_a_line_and_a_hundred_thousand_links() -> None:
    line = "tide " * 2_000_000 + "https://a.example/1"
    assert len(read_document(plain(line), "x.eml").citations) == 1
    links = "".join(f"https://a.example/{number}\r\n" for number in range(100_000))
    assert len(read_document(plain(links), "x.eml").citations) == 100_000
