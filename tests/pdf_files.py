"""PDF files written by hand: lines of any script at given places, pages, properties, encryption.

The fonts are named and not embedded; what their codes mean stands in a ToUnicode map, which is what
text is read by.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT = 595, 842
"""A4, in points."""
_ADVANCE = 500
"""Width of every character, in thousandths of the size."""

_MAP = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange
1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end"""


@dataclass(frozen=True)
class Set:
    """A line as it is set."""

    text: str
    x: float
    y: float
    size: float = 11
    bold: bool = False


@dataclass
class PdfFile:
    """Lines go from the top of a page downwards until another page is begun."""

    pages: list[list[Set]] = field(default_factory=lambda: [[]])
    title: str | None = None
    created: str | None = None
    y: float = HEIGHT - 140

    def line(self, text: str, *, size: float = 11, bold: bool = False, x: float = 70) -> PdfFile:
        """The next line."""
        self.pages[-1].append(Set(text, x, self.y, size, bold))
        self.y -= size * 1.3
        return self

    def lines(self, *texts: str, size: float = 11, bold: bool = False) -> PdfFile:
        """Lines of one paragraph, and the gap behind it."""
        for text in texts:
            self.line(text, size=size, bold=bold)
        self.y -= 9
        return self

    def page(self) -> PdfFile:
        """Begin another page."""
        self.pages.append([])
        self.y = HEIGHT - 140
        return self

    def at(self, text: str, x: float, y: float) -> PdfFile:
        """A line anywhere: headers, footers."""
        self.pages[-1].append(Set(text, x, y, 8))
        return self

    def on_every_page(self, text: str, y: float) -> PdfFile:
        """A header or footer; `#` is the number of the page."""
        for number, page in enumerate(self.pages, start=1):
            page.append(Set(text.replace("#", str(number)), 70, y, 8))
        return self

    def body(self, *, encrypted: bool = False) -> bytes:
        """The file."""
        objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
        objects += [_stream(_MAP), *_font("Helvetica", 4), *_font("Helvetica-Bold", 6)]
        kids = []
        for page in self.pages:
            content = len(objects) + 1
            objects.append(_stream("\n".join(map(_shown, page)).encode()))
            kids.append(f"{len(objects) + 1} 0 R")
            objects.append(
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents "
                f"{content} 0 R "
                "/Resources << /Font << /R 5 0 R /B 7 0 R >> >> >>".encode()
            )
        objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>".encode()
        trailer = ""
        if self.title or self.created:
            objects.append(self._properties())
            trailer += f" /Info {len(objects)} 0 R"
        if encrypted:
            objects.append(
                b"<< /Filter /Standard /V 1 /R 2 /P -44 /O <%b> /U <%b> >>"
                % (b"41" * 32, b"42" * 32)
            )
            trailer += f" /Encrypt {len(objects)} 0 R /ID [<{'43' * 16}> <{'43' * 16}>]"
        return _file(objects, trailer)

    def _properties(self) -> bytes:
        title = f"/Title <{_hex(self.title or '', bom=True)}>" if self.title else ""
        created = f"/CreationDate ({self.created})" if self.created else ""
        return f"<< {title} {created} >>".encode()


def _font(name: str, first: int) -> list[bytes]:
    inner = (
        f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /DW {_ADVANCE} "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor "
        f"<< /Type /FontDescriptor /FontName /{name} /Flags 4 /FontBBox [0 -200 1000 800] "
        "/ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >> >>"
    )
    outer = (
        f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H "
        f"/DescendantFonts [{first} 0 R] /ToUnicode 3 0 R >>"
    )
    return [inner.encode(), outer.encode()]


def _shown(line: Set) -> str:
    font = "B" if line.bold else "R"
    return f"BT /{font} {line.size} Tf {line.x} {line.y} Td <{_hex(line.text)}> Tj ET"


def _hex(text: str, *, bom: bool = False) -> str:
    return ("FEFF" if bom else "") + text.encode("utf-16-be").hex().upper()


def _stream(data: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data)


def _file(objects: Sequence[bytes], trailer: str) -> bytes:
    data = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(data)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    for place in places:
        data += f"{place:010d} 00000 n \n".encode()
    data += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R{trailer} >>\n".encode()
    data += f"startxref\n{table}\n%%EOF\n".encode()
    return bytes(data)
