"""The guard that keeps every test off the network, as a hook of the interpreter that no code can go round."""

from __future__ import annotations

import socket
import sys

INTERNET = {socket.AF_INET, socket.AF_INET6}
LOOK_UPS = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo"}

_refused: list[str] = []


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if event in LOOK_UPS or (event == "socket.__new__" and arguments[1] in INTERNET):
        _refused.append(event)
        raise PermissionError(f"qcode works offline, and {event} would not")


def forbid_network() -> None:
    """From now on internet sockets and look-ups of names fail in this process, and are noted."""
    sys.addaudithook(_watch)


def take_refused() -> list[str]:
    """What was refused since the last call, in order; the list is emptied."""
    taken = list(_refused)
    _refused.clear()
    return taken
