"""The least that reading a PDF takes: PDFium gives each page's text and links, and nothing is made of them."""

import sys
from ctypes import byref, c_int
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

for path in sorted(Path(sys.argv[1]).iterdir()):
    document = pypdfium2.PdfDocument(path)
    for number in range(len(document)):
        page = document[number]
        words = page.get_textpage()
        print(len(words.get_text_range()))
        found = pdfium.FPDFLink_LoadWebLinks(words.raw)
        print(pdfium.FPDFLink_CountWebLinks(found))
        pdfium.FPDFLink_CloseWebLinks(found)
        place, link = c_int(0), pdfium.FPDF_LINK()
        while pdfium.FPDFLink_Enumerate(page.raw, byref(place), byref(link)):
            print("link")
        words.close()
        page.close()
    document.close()
