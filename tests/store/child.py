"""A process that imports and codes until it is killed, and says after each act that it is committed."""

from __future__ import annotations

import random
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    from qcode.opening import open_project
    from tests.store.examples import add_source, random_act, words

    rng = random.Random(int(sys.argv[2]))
    with open_project(sys.argv[1], coder="Ada", quiet=0.02) as project:
        told: list[int] = []
        project.on_change(lambda changes: told.append(changes.operation))
        print("ready", flush=True)
        while True:
            if rng.random() < 0.2:
                project.transact("import", "Import", lambda act: add_source(act, rng, f"{rng.random()}.txt", words(rng, 2000)))
            else:
                random_act(project, rng)
            if rng.random() < 0.2:
                project.undo()
            print(told[-1] if told else 0, flush=True)
