"""Where ids and times come from: the machine, or a seed, so that examples and golden files can be made again."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

#: 32 letters without 0, 1, I and O, so that an ID read aloud or from paper is read right.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
SHORT_LETTERS = 6
_NAMESPACE = uuid.UUID("5b0b6c0e-6f3d-4b57-9c8e-0d9a35cf6d11")
_RANDOM_BITS = 62
_LOW_BITS = (1 << _RANDOM_BITS) - 1


class Identities:
    """Gives the time and new UUIDs; two of them with the same seed and start give the same ones in the same order."""

    def __init__(self, now: Callable[[], datetime], bits: Callable[[int], int]) -> None:
        self._now = now
        self._bits = bits

    @classmethod
    def of_machine(cls) -> Identities:
        """The wall clock and the system's randomness."""
        return cls(lambda: datetime.now(UTC), random.SystemRandom().getrandbits)

    @classmethod
    def seeded(cls, seed: int, start: datetime = datetime(2022, 6, 1, 8, 0, tzinfo=UTC)) -> Identities:
        """A clock that advances a minute at each look, from `start`, and randomness from `seed`."""
        ticks = iter(range(10**9))
        return cls(lambda: start + timedelta(minutes=next(ticks)), random.Random(seed).getrandbits)

    def now(self) -> datetime:
        """The time, in UTC."""
        return self._now()

    def new_uuid(self, at: datetime | None = None) -> str:
        """A new UUID, version 7 of RFC 9562: milliseconds of `at` (now when None), then 74 random bits."""
        moment = at or self._now()
        milliseconds = int(moment.timestamp() * 1000) & ((1 << 48) - 1)
        random = self._bits(_RANDOM_BITS + 12)
        number = milliseconds << 80 | 7 << 76 | random >> _RANDOM_BITS << 64 | 2 << _RANDOM_BITS | random & _LOW_BITS
        text = f"{number:032x}"
        return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def uuid_of(*parts: str) -> str:
    """The UUID of a row that is what it links: the same parts give the same row in every copy of a project."""
    return str(uuid.uuid5(_NAMESPACE, "\x1f".join(parts)))


def short_letters(row_uuid: str, count: int = SHORT_LETTERS) -> str:
    """`count` letters (12 at most) from the random part of a UUID; more letters begin with the same ones."""
    number = int(row_uuid[19:].replace("-", ""), 16)
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(count))
