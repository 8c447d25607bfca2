from __future__ import annotations

from pathlib import Path

import pytest

from qcode.errors import UserError
from qcode.exchange.importers import read_document

TEXT = """# Focus group, *Osh*
Title of the note
=================

Second
---

Two lines of
one paragraph.
- first item
  goes on
- second item

```
# no heading
```
**Q:** Why did it stop?
**A:** No money.
| a | b |
| - | - |
#
"""


def test_the_text_stays_and_its_marks_make_blocks(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(TEXT, "utf-8", newline="\r\n")
    document = read_document(path)
    assert document.text == TEXT
    blocks = [(TEXT[block.start : block.end], block.kind.value, block.level) for block in document.blocks]
    assert blocks == [
        ("# Focus group, *Osh*", "heading", 1),
        ("Title of the note\n=================", "heading", 1),
        ("Second\n---", "heading", 2),
        ("Two lines of\none paragraph.", "paragraph", 0),
        ("- first item\n  goes on", "paragraph", 0),
        ("- second item", "paragraph", 0),
        ("```\n# no heading\n```", "paragraph", 0),
        ("**Q:** Why did it stop?", "question", 0),
        ("**A:** No money.", "turn", 0),
        ("| a | b |", "paragraph", 0),
        ("| - | - |", "paragraph", 0),
        ("#", "heading", 1),
    ]


def test_binary_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"\xff\xd8\xff\xe0")
    with pytest.raises(UserError, match="is a JPEG picture, not text"):
        read_document(path)
