"""Articles written with known notes, in many styles and among decoys, are read back as they were written."""

from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.documents import Raw, read
from archiver.model import Document

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_WORDS = st.sampled_from(
    ["harbour", "rain", "letter", "council", "wall", "door", "lamp", "market", "river", "bridge", "clock", "stone", "night"]
)
_DECOYS = st.sampled_from(
    [
        "The CO2 in the hall rose.", "In 2019 they paid 1,000 for it.", "An MP3 and H2O were found in Q1.",
        "They won 3-2 at 10.30 in room 12.", "See p.3 and fig.2 of it.", "It measures 20 m² or 5.3 km.",
        "He lived at 12 Tide Street.", "As in John 3:16, it rained.", "Version 3.2 came in May 2011.", "It cost $5.99 then.",
        "", "", "",
    ]
)
_ROMAN = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"]
_STYLES = {
    "glued": (str, lambda word, mark: f"{word}.{mark}", lambda label: f"{label}. "),
    "glued, tight": (str, lambda word, mark: f"{word}.{mark}", lambda label: f"{label}"),
    "bracketed": (str, lambda word, mark: f"{word} [{mark}].", lambda label: f"[{label}] "),
    "bracketed, numbered": (str, lambda word, mark: f"{word}.[{mark}]", lambda label: f"{label}. "),
    "raised": (str, lambda word, mark: f"{word}.{mark.translate(_RAISED)}", lambda label: f"{label.translate(_RAISED)} "),
    "raised, numbered": (str, lambda word, mark: f"{word}{mark.translate(_RAISED)}.", lambda label: f"{label} "),
    "carets": (str, lambda word, mark: f"{word}^{mark}.", lambda label: f"{label}) "),
    "letters": (lambda n: chr(96 + n), lambda word, mark: f"{word}.[{mark}]", lambda label: f"{label}. "),
    "letters, bracketed": (lambda n: chr(96 + n), lambda word, mark: f"{word}[{mark}].", lambda label: f"[{label}] "),
    "roman": (lambda n: _ROMAN[n - 1], lambda word, mark: f"{word}.[{mark}]", lambda label: f"{label}) "),
    "roman, carets": (lambda n: _ROMAN[n - 1], lambda word, mark: f"{word}^{mark}.", lambda label: f"({label}) "),
}
_BODIES = st.sampled_from(["address", "words and address", "two addresses", "remark", "announcement", "two lines", "ibid"])


@st.composite
def articles(draw: st.DrawFn) -> tuple[str, list[tuple[str, str | None, bool]]]:
    label_of, marked, begun = _STYLES[draw(st.sampled_from(sorted(_STYLES)))]
    count = draw(st.integers(2, 12))
    text: list[str] = []
    notes: list[str] = []
    expected: list[tuple[str, str | None, bool]] = []
    before: list[tuple[str | None, bool]] = []
    for number in range(1, count + 1):
        label = label_of(number)
        address = f"https://host{number}.example/a/page-{number}x"
        other = f"https://other{number}.example/b/q?c={number}x"
        kind = draw(_BODIES) if number > 1 else "words and address"
        body, targets = {
            "address": (address, [(address, False)]),
            "words and address": (f"Smith, The {draw(_WORDS)} of old, {address}.", [(address, False)]),
            "two addresses": (f"See {address}, and {other}", [(address, False), (other, False)]),
            "remark": ("Jones doubted it in his letters.", [(None, False)]),
            "announcement": ("Jones, available at:", [(None, True)]),
            "two lines": (f"Jones, The long story of a wall,\n   and of the sea, {address}", [(address, False)]),
            "ibid": ("Ibid., p. 4.", before),
        }[kind]
        before = targets
        sentence = " ".join(draw(st.lists(_WORDS, min_size=3, max_size=9))).capitalize()
        text.append(f"{draw(_DECOYS)} {marked(sentence, label)}")
        notes.append(f"{begun(label)}{body}")
        expected += [(label, url, is_lost) for url, is_lost in targets]
    heading = draw(st.sampled_from(["", "Notes\n\n", "-----\n"]))
    gap = draw(st.sampled_from([" ", "\n", "\n\n"]))
    between = draw(st.sampled_from(["\n", "\n\n"]))
    return f"{gap.join(text)}\n\n{heading}{between.join(notes)}\n", expected


@given(articles())
@settings(max_examples=300, deadline=None)
def test_what_was_written_is_read_back(article: tuple[str, list[tuple[str, str | None, bool]]]) -> None:
    text, expected = article
    document = read(Raw(source="article.txt", data=text.encode()))
    assert isinstance(document, Document)
    assert [(one.label, one.url, one.lost) for one in document.citations] == expected


@st.composite
def books(draw: st.DrawFn) -> tuple[str, list[tuple[str, str | None, bool]]]:
    """Chapters that each begin with note 1; their notes stand under each, or all at the end under the same heads."""
    _, marked, begun = _STYLES[draw(st.sampled_from([style for style in sorted(_STYLES) if "tight" not in style]))]
    label_of = _STYLES["glued"][0]
    if begun("x") == "x) " or begun("x") == "(x) ":
        label_of = _STYLES["roman"][0]
    apart = draw(st.booleans())
    texts: list[str] = []
    lists: list[str] = []
    expected: list[tuple[str, str | None, bool]] = []
    for chapter in range(1, draw(st.integers(2, 5)) + 1):
        head = f"Chapter {chapter}"
        count = draw(st.integers(2, 6))
        gone = draw(st.sampled_from([None, None, 2, count])) if count > 3 and not apart else None
        sentences: list[str] = []
        notes: list[str] = []
        for number in range(1, count + 1):
            address = f"https://c{chapter}.example/n-{number}x"
            words = " ".join(draw(st.lists(_WORDS, min_size=3, max_size=9))).capitalize()
            sentences.append(f"{draw(_DECOYS)} {marked(words, label_of(number))}")
            if number == gone:
                expected.append((label_of(number), None, True))
                continue
            notes.append(f"{begun(label_of(number))}Smith, {draw(_WORDS)}, {address}")
            expected.append((label_of(number), address, False))
        texts.append(f"{head}\n\n{' '.join(sentences)}")
        if apart:
            lists.append(f"{head}\n\n" + "\n".join(notes))
        else:
            texts.append("\n".join(notes))
    end = ["Notes", *lists] if apart else []
    return "\n\n".join([*texts, *end]) + "\n", expected


@given(books())
@settings(max_examples=300, deadline=None)
def test_each_chapter_keeps_its_notes(book: tuple[str, list[tuple[str, str | None, bool]]]) -> None:
    text, expected = book
    document = read(Raw(source="book.txt", data=text.encode()))
    assert isinstance(document, Document)
    assert [(one.label, one.url, one.lost) for one in document.citations] == expected


@given(st.lists(st.sampled_from(
    ["word", "1", "2", "12", "[1]", "[a]", "¹", "ᵃ", "^i", "*", "†", ".", ",", " ", "\n", "\n\n", "1. ", "a) ", "iv. ", "Notes\n",
     "https://a.example/x1", "https://a.example/x.2", "Ibid. ", "op. cit. ", "supra note 1 ", "^ ", "here", "(link)", ":", "-----", "视频"]
), min_size=1, max_size=40).map("".join))
@settings(max_examples=300, deadline=None)
def test_whatever_stands_together_is_read(text: str) -> None:
    document = read(Raw(source="a.txt", data=f"Rain. {text}".encode()))
    text = f"Rain. {text}"
    assert isinstance(document, Document)
    assert all(one.place.start is not None and one.place.end is not None for one in document.citations)
    assert all(0 <= (one.place.start or 0) <= (one.place.end or 0) <= len(text) for one in document.citations)
    assert all(0 < one.confidence <= 1 for one in document.citations)
