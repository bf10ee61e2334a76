"""Links of a PDF page: those to addresses, and those to places in the document."""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]
from msgspec import Struct

LINKS = 50_000  # of one page
_LONGEST = 8192  # bytes of an address


class Link(Struct, frozen=True, gc=False):
    """An address on the page, and where it is clicked."""

    url: str
    left: float
    bottom: float
    right: float
    top: float


Place = tuple[int, float | None, float | None]  # page from 0, and where on it


def of_page(document: Any, handle: Any) -> tuple[list[Link], list[tuple[Link, Place]]]:
    """Give the links to addresses, and those to places in the document."""
    position, link = ctypes.c_int(0), pdfium.FPDF_LINK()
    rect = pdfium.FS_RECTF()
    addresses: list[Link] = []
    places: list[tuple[Link, Place]] = []
    for _ in range(LINKS):
        if not pdfium.FPDFLink_Enumerate(handle, position, link):
            break
        action = pdfium.FPDFLink_GetAction(link)
        url = _address(document, action)
        place = None if url else _place(document, link, action)
        if not (url or place) or not pdfium.FPDFLink_GetAnnotRect(link, rect):
            continue
        for box in _boxes(link, rect):
            one = Link(url, *box)
            if place is None:
                addresses.append(one)
            else:
                places.append((one, place))
    return addresses, places


def _boxes(link: Any, rect: Any) -> list[tuple[float, float, float, float]]:
    """Give where a link is clicked; one over several lines may say so for each of them."""
    count = pdfium.FPDFLink_CountQuadPoints(link)
    quad = pdfium.FS_QUADPOINTSF()
    found: list[tuple[float, float, float, float]] = []
    for number in range(min(count, 20)):
        if pdfium.FPDFLink_GetQuadPoints(link, number, quad):
            xs, ys = (quad.x1, quad.x2, quad.x3, quad.x4), (quad.y1, quad.y2, quad.y3, quad.y4)
            if max(xs) > min(xs) and max(ys) > min(ys):
                found.append((min(xs), min(ys), max(xs), max(ys)))
    low, high = sorted((rect.bottom, rect.top))
    left, right = sorted((rect.left, rect.right))
    return found or [(left, low, right, high)]


def _address(document: Any, action: Any) -> str:
    if not action or pdfium.FPDFAction_GetType(action) != pdfium.PDFACTION_URI:
        return ""
    size = pdfium.FPDFAction_GetURIPath(document, action, None, 0)
    if not 1 < size <= _LONGEST:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFAction_GetURIPath(document, action, buffer, size)
    return "".join(buffer.raw[: size - 1].decode("utf-8", "replace").split("\0")[0].split())


def _place(document: Any, link: Any, action: Any) -> Place | None:
    target = pdfium.FPDFLink_GetDest(document, link)
    if not target and action and pdfium.FPDFAction_GetType(action) == pdfium.PDFACTION_GOTO:
        target = pdfium.FPDFAction_GetDest(document, action)
    page = pdfium.FPDFDest_GetDestPageIndex(document, target) if target else -1
    if page < 0:
        return None
    has_x, has_y, has_zoom = ctypes.c_int(), ctypes.c_int(), ctypes.c_int()
    x, y, zoom = ctypes.c_float(), ctypes.c_float(), ctypes.c_float()
    pdfium.FPDFDest_GetLocationInPage(target, has_x, has_y, has_zoom, x, y, zoom)
    return page, x.value if has_x.value else None, y.value if has_y.value else None
