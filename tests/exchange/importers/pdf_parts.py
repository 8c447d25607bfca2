"""A PDF of a few lines, written by hand so that a test knows every byte of it."""

from __future__ import annotations

from pathlib import Path

# Locks the file for everybody: no password fits a check value that belongs to none.
LOCK = b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <" + b"11" * 32 + b"> /U <" + b"22" * 32 + b"> >>"


def page_stream(lines: list[str]) -> bytes:
    """The drawing orders of one page, one line of Latin text below the other; an empty line is a space between paragraphs."""
    shown = "".join(f"1 0 0 1 60 {780 - 14 * n} Tm ({line}) Tj\n" for n, line in enumerate(lines) if line)
    return f"BT /F1 10 Tf\n{shown}ET".encode("cp1252")


def write_pdf(path: Path, pages: list[list[str]], *, catalog: str = "", more: tuple[str, ...] = (), lock: bool = False) -> Path:
    """A PDF with these lines on its pages. `catalog` is added to object 1; `more` are objects numbered on from 4 + 2 × pages."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(count))
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(),
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for n, lines in enumerate(pages):
        stream = page_stream(lines)
        page = f"/Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * n} 0 R"
        objects += [f"<< {page} >>".encode(), b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream)]
    objects += [part.encode() for part in more]
    if lock:
        objects.append(LOCK)
    path.write_bytes(_file_of(objects, lock))
    return path


def _file_of(objects: list[bytes], lock: bool) -> bytes:
    data = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    encrypt = b" /Encrypt %d 0 R /ID [<00> <00>]" % len(objects) if lock else b""
    trailer = b"trailer\n<< /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, encrypt, len(data))
    return data + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table) + trailer
