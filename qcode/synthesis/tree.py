"""Trees of codes and cases as `{id: parent id or None}`: ways up, depths, and what lies below.

A ring of parents, as a merge or a foreign file may leave behind, ends a walk at the first id met twice; a parent that is not
itself in the mapping is left out, so that its children stand at the top.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping


def ancestors_of(node: int, parents: Mapping[int, int | None]) -> tuple[int, ...]:
    """The way up: `node` itself first, then its parent, the top last. An id that is not in `parents` stands alone."""
    way: dict[int, None] = {node: None}
    parent = parents.get(node)
    while parent is not None and parent in parents and parent not in way:
        way[parent] = None
        parent = parents[parent]
    return tuple(way)


def path_of(node: int, parents: Mapping[int, int | None]) -> tuple[int, ...]:
    """The way down to `node`: the top first, `node` itself last."""
    return ancestors_of(node, parents)[::-1]


def depth_of(node: int, parents: Mapping[int, int | None]) -> int:
    """How deep `node` stands: 1 at the top, 2 for a child of a top."""
    return len(ancestors_of(node, parents))


def below(node: int, parents: Mapping[int, int | None]) -> frozenset[int]:
    """`node` itself and everything under it, at any depth."""
    children: defaultdict[int | None, list[int]] = defaultdict(list)
    for child, parent in parents.items():
        children[parent].append(child)
    found = {node}
    waiting = [node]
    while waiting:
        new = [child for child in children[waiting.pop()] if child not in found]
        found.update(new)
        waiting.extend(new)
    return frozenset(found)
