"""What is dragged between the panes of the coding screen.

The names are of this window alone: another one has another project open, where the same places are other words.
"""

from __future__ import annotations

from uuid import uuid4

_HERE = uuid4().hex
#: A selected passage: its start and end in code points of the open source, separated by a blank.
PASSAGE = f"application/x-qcode-passage-{_HERE}"
#: A code: its UUID.
CODE = f"application/x-qcode-code-{_HERE}"
#: A coding of the open source: its UUID.
CODING = f"application/x-qcode-coding-{_HERE}"
#: A source: its UUID.
SOURCE = f"application/x-qcode-source-{_HERE}"
#: Whatever is dragged here.
KINDS = (PASSAGE, CODE, CODING, SOURCE)
