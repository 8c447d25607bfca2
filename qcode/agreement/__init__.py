"""How far coders agree, as pure functions on plain rows: units, coefficients, intervals, and the passages on which they differ.

The formulas, with their sources, stand in docs/decisions/0052-how-agreement-is-measured.md.
"""

from __future__ import annotations

import os

# A second thread of OpenBLAS on a busy machine makes a small product twenty times slower; it reads this when numpy is first imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
