"""What docutils is told before it reads: nothing is run, fetched or included, and no name is unknown to it.

Directives and roles that it does not know (Sphinx has many) are read for their content.
"""

from __future__ import annotations

import re
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from docutils import nodes
from docutils.core import publish_doctree
from docutils.parsers.rst import Directive, directives, roles
from docutils.statemachine import StringList

if TYPE_CHECKING:
    from collections.abc import Iterator

_ONE = threading.Lock()
_DIRECTIVE, _ROLE = directives.directive, roles.role
_SETTINGS = {
    "raw_enabled": False,
    "file_insertion_enabled": False,
    "report_level": 5,
    "halt_level": 6,
    "warning_stream": False,
    "_disable_config": True,
    "line_length_limit": 10_000_000,
    "smart_quotes": False,
    "syntax_highlight": "none",
    "doctitle_xform": True,
}
_VIDEO = {"youtube": "https://www.youtube.com/watch?v=", "vimeo": "https://vimeo.com/"}
_CODE = frozenset(
    {"code-block", "sourcecode", "literalinclude", "doctest", "testcode", "testoutput", "mermaid", "graphviz"}
)
_TITLED = re.compile(r"(?:(.{1,500}?)\s{0,9}<)?((?:https?|ftp)://[^\s<>]{1,4000})>?", re.DOTALL)
_REMOTE = re.compile(r"(?:https?|ftps?):(?://)?\S", re.IGNORECASE)


def tree_of(text: str) -> nodes.document:
    """Parse a document; docutils raises what it likes over definitions that use themselves, and deep nesting."""
    with _harmless():
        return publish_doctree(text, settings_overrides=_SETTINGS)


class _Code(Directive):
    """Something that is not read."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec = None

    def run(self) -> list[nodes.Node]:
        return []


class _Unknown(Directive):
    """A directive that docutils does not know: its content is text, unless it is a video or code."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec = None

    def run(self) -> list[nodes.Node]:
        name = self.name.lower()
        # Options stand behind the argument, for all that docutils knows of it.
        given = " ".join(re.split(r"(?:^|\s):[a-z][\w-]{0,40}:(?:\s|$)", "\n".join(self.arguments))[0].split())
        if name in _CODE:
            return []
        if name in ("include", "mdinclude"):
            return [nodes.comment(self.block_text, "", included=given)]
        if name in _VIDEO and re.fullmatch(r"[\w-]{5,20}", given):
            return [nodes.image(self.block_text, uri=_VIDEO[name] + given, video=True, written=given)]
        if name in ("video", "audio", "iframe", "embed", "raw-video") and _REMOTE.match(given):
            return [nodes.image(self.block_text, uri=given.split()[0], video=True, written=given.split()[0])]
        inside = nodes.container()
        lines = list(self.content)
        while lines and re.match(r":[\w-]{1,40}:", lines[0]):
            lines.pop(0)
        content = self.content[len(self.content) - len(lines) :] if lines else StringList()
        if given and name not in ("toctree", "only"):
            words, messages = self.state.inline_text(given, self.lineno)
            inside += nodes.paragraph(given, "", *words, *messages)
        if name == "toctree":
            for line in content:
                if found := _TITLED.fullmatch(line.strip()):
                    inside += _remote(line.strip(), found.group(1) or found.group(2), found.group(2))
        else:
            self.state.nested_parse(content, self.content_offset + len(self.content) - len(lines), inside)
        return [inside]


def _role(_name: str, rawtext: str, text: str, *_more: Any, **_options: Any) -> tuple[list[nodes.Node], list[Any]]:
    plain = nodes.unescape(text).strip()
    if found := _TITLED.fullmatch(plain):
        return [_remote(rawtext, found.group(1) or found.group(2), found.group(2)).children[0]], []
    words = re.sub(r"\s*<[^<>]{1,300}>$", "", plain)
    return [nodes.inline(rawtext, words)], []


def _remote(source: str, words: str, url: str) -> nodes.paragraph:
    return nodes.paragraph(source, "", nodes.reference(source, words.strip(), refuri=url))


@contextmanager
def _harmless() -> Iterator[None]:
    """Let docutils take every name of a directive or role for a known one, while one document is read."""
    directive, role = _DIRECTIVE, _ROLE

    def some_directive(name: str, language: Any, document: Any) -> Any:
        found, messages = directive(name, language, document)
        lower = name.lower()
        if lower in ("include", "raw", "csv-table") and found is not None:
            return _Unknown if lower != "raw" else _Raw, []
        if lower in _CODE:
            return _Code, []
        return (found, messages) if found is not None else (_Unknown, [])

    def some_role(name: str, language: Any, lineno: int, reporter: Any) -> Any:
        found, messages = role(name, language, lineno, reporter)
        return (found, messages) if found is not None else (_role, [])

    # The tables are docutils' own globals: one document at a time.
    with _ONE:
        setattr(directives, "directive", some_directive)  # noqa: B010
        setattr(roles, "role", some_role)  # noqa: B010
        try:
            yield
        finally:
            setattr(directives, "directive", directive)  # noqa: B010
            setattr(roles, "role", role)  # noqa: B010


class _Raw(_Code):
    """Something that goes into the output as it is: of the outputs, HTML is read."""

    def run(self) -> list[nodes.Node]:
        if "html" not in " ".join(self.arguments).lower().split():
            return []
        return [nodes.raw("\n".join(self.content), "\n".join(self.content), format="html")]
