"""What is dragged between the panes of the coding screen."""

from __future__ import annotations

#: A selected passage: its start and end in code points of the open source, separated by a blank.
PASSAGE = "application/x-qcode-passage"
#: A code: its UUID.
CODE = "application/x-qcode-code"
#: A coding of the open source: its UUID.
CODING = "application/x-qcode-coding"
#: A source: its UUID.
SOURCE = "application/x-qcode-source"
