"""reStructuredText: links, targets, footnotes and citations under docutils' numbers."""

import pytest
from document_reading import read_document, targets
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.documents import Raw, read
from archiver.model import Document


def document(text: str) -> Document:
    return read_document(text, "a.rst")


def short(text: str) -> list[tuple[str | None, str]]:
    return targets(document(text))


A = "https://a.example/x"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"See `t <{A}>`_ now.", [(None, A)]),
        (f"See `t <{A}>`__ now.", [(None, A)]),
        (f"See name_ now.\n\n.. _name: {A}", [(None, A)]),
        (f"See `a name`_ now.\n\n.. _a name: other_\n.. _other: {A}", [(None, A)]),
        ("See name_ now.\n\n.. _name: https://a.example/\n   x", [(None, A)]),
        (f"See `one`__ now.\n\n__ {A}", [(None, A)]),
        (f"See `one`__ now.\n\n.. __: {A}", [(None, A)]),
        (f"See {A}.", [(None, A)]),
        (f"Code::\n\n   {A}\n", []),
        (f"``{A}`` and\n\n.. code-block:: python\n\n   {A}\n\n.. a comment {A}", []),
        (f".. seealso:: `t <{A}>`_ there.", [(None, A)]),
        (f".. admonition:: T\n\n   Text {A}", [(None, A)]),
        (f":doc:`T <index>` and :unheard:`of` {A}", [(None, A)]),
        (".. youtube:: dQw4w9WgXcQ", [(None, "https://www.youtube.com/watch?v=dQw4w9WgXcQ")]),
        (".. video:: https://a.example/v.mp4", [(None, "https://a.example/v.mp4")]),
        (f".. image:: p.png\n   :target: {A}", [(None, A)]),
        ("See `nowhere`_ now.", [(None, "LOST")]),
    ],
)
def test_links(text: str, expected: list[tuple[str | None, str]]) -> None:
    assert short(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"A [1]_ b [1]_.\n\n.. [1] {A}", [("1", A), ("1", A)]),
        (
            f"A [#]_ b [#l]_ c [2]_.\n\n.. [#] {A}1\n.. [#l] {A}3\n.. [2] {A}2",
            [("1", A + "1"), ("3", A + "3"), ("2", A + "2")],
        ),
        (f"A [*]_ b [*]_.\n\n.. [*] {A}1\n.. [*] {A}2", [("*", A + "1"), ("†", A + "2")]),
        (f"A [CIT2002]_.\n\n.. [CIT2002] {A}", [("CIT2002", A)]),
        (f"A [1]_.\n\n.. [1] First.\n\n   Second {A}", [("1", A)]),
        ("A [7]_ b.", [("7", "LOST")]),
        ("A [1]_ b [2]_.\n\n.. [1] Account here:\n.. [2] A remark.", [("1", "LOST"), ("2", "")]),
    ],
)
def test_notes(text: str, expected: list[tuple[str | None, str]]) -> None:
    assert short(text) == expected


def test_places_and_what_the_document_says_of_itself() -> None:
    text = f"T\n=\n\n:Author: Ida Quill\n:Date: 2014-05-03\n\nOne [1]_ and `two <{A}2>`_.\n\n.. [1] {A}1"
    found = document(text)
    one, two = found.citations
    assert text[one.place.start : one.place.end] == "[1]_"
    assert text[two.place.start : two.place.end] == f"`two <{A}2>`_"
    assert (found.title, found.author, str(found.published)) == ("T", "Ida Quill", "2014-05-03")


def test_nothing_is_included() -> None:
    assert short(".. include:: /etc/passwd\n\n.. raw:: html\n   :file: /etc/passwd\n\nText.") == []


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1, 99), min_size=1, max_size=8))
def test_written_notes_are_read_back(numbers: list[int]) -> None:
    text = " ".join("Word [#]_." for _ in numbers) + "\n\n" + "\n".join(f".. [#] {A}{one}" for one in numbers)
    assert short(text) == [(str(at), f"{A}{one}") for at, one in enumerate(numbers, 1)]


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "\n",
                "\n\n",
                "   ",
                "`t <",
                ">`_",
                "[#]_ ",
                ".. [#] ",
                ".. _a: ",
                "a_ ",
                ".. image:: x",
                ".. note::",
                "|s| ",
                "::\n",
                "====",
                "* ",
                ":role:`x`",
                ".. unheard:: y",
                "__ ",
                A,
                ".. |s| replace:: z",
            ]
        ),
        max_size=40,
    )
)
def test_broken_documents_never_fail(pieces: list[str]) -> None:
    assert isinstance(document("x" + "".join(pieces)), Document)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("piece", ["`t <", "[1]_ ", "* ", "|a| ", "a_ ", "**x "])
def test_endless_documents_end_quickly(piece: str) -> None:
    assert read(Raw(source="a.rst", data=(piece * 3000).encode()))


@pytest.mark.parametrize(("text", "caught"), [
    (f"x {A}\n\n.. |s| replace:: z.. |s| replace:: z.. |s| replace:: z\n", "ValueError"),
    (f"x {A}\n\n" + "* " * 300 + "y\n", "RecursionError"),
])
def test_what_docutils_cannot_read_is_read_as_text(text: str, caught: str) -> None:
    found = document(text)
    assert [one.url for one in found.citations] == [A]
    assert found.warnings == (f"its markup is broken or nested too deep ({caught}): read as plain text",)


SPHINX = f"""\
=====
Tides
=====
.. contents::

.. |site| replace:: {A}/subst
.. include:: other.rst

Intro [#]_ and |site|, :download:`the file <{A}/f.zip>`.

.. figure:: p.png
   :target: {A}/target

   Caption `cap <{A}/cap>`_ [#cap]_.

.. youtube:: jNQXAC9IVRw
   :width: 640

.. raw:: html

   <iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ"></iframe>
   <a href="{A}/raw">raw</a>

.. raw:: latex

   \\url{{{A}/latex}}

.. toctree::
   :maxdepth: 1

   Elsewhere <{A}/toc>
   intro

+-----+--------------------------+
| one | {A}/1    |
| two | {A}/2    |
+-----+--------------------------+

Notes
-----

.. [#] First {A}/n1.
.. [#cap] Caption note {A}/n2.
"""


def test_each_place_is_found_again_in_a_document_with_all_kinds_of_things() -> None:
    found = document(SPHINX)
    assert [(one.label, one.url, one.place.line) for one in found.citations] == [
        ("1", f"{A}/n1", 9),
        (None, f"{A}/subst", 9),
        (None, f"{A}/f.zip", 9),
        (None, f"{A}/target", 12),
        (None, f"{A}/cap", 14),
        ("2", f"{A}/n2", 14),
        (None, "https://www.youtube.com/watch?v=jNQXAC9IVRw", 16),
        (None, "https://www.youtube.com/embed/dQw4w9WgXcQ", 21),
        (None, f"{A}/raw", 22),
        (None, f"{A}/toc", 31),
        (None, f"{A}/1", 35),
        (None, f"{A}/2", 36),
    ]
    assert found.warnings == ("includes other.rst, which was not read: name it too",)


def test_a_word_that_comes_again_later_does_not_draw_places_to_it() -> None:
    text = f".. contents::\n\nOne\n---\n\nSee `t <{A}>`_.\n\n* a {A}/2\n\nLast\n----\n\nOne. Last. {A}/3\n"
    assert [(one.url, one.place.line) for one in document(text).citations] == [(A, 6), (f"{A}/2", 8), (f"{A}/3", 13)]
