"""PDF press releases: from the bytes of a file to title, lines above it, and paragraphs.

`lines` asks pdfium for the lines and where they stand; everything after that is ours: what is
boilerplate of the page, what belongs to one paragraph, which line is the title.
"""

from crawler.parsers.pdf.draft import PdfDraft, PdfReader, PdfWords
from crawler.parsers.pdf.lines import is_pdf

__all__ = ["PdfDraft", "PdfReader", "PdfWords", "is_pdf"]
