from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from qcode.model.identity import ALPHABET, SHORT_LETTERS, Identities, short_letters, uuid_of

START = datetime(2022, 6, 1, 8, 0, tzinfo=UTC)


def test_the_same_seed_gives_the_same_in_the_same_order() -> None:
    one, other = Identities.seeded(3), Identities.seeded(3)
    first = [one.new_uuid() for _ in range(5)]
    assert first == [other.new_uuid() for _ in range(5)]
    assert Identities.seeded(4).new_uuid() != first[0]
    assert one.now() == other.now() == START + timedelta(minutes=5)


def test_a_uuid_is_of_version_7_and_tells_its_time() -> None:
    made = uuid.UUID(Identities.seeded(1).new_uuid(START + timedelta(milliseconds=7)))
    assert made.version == 7
    assert made.variant == uuid.RFC_4122
    assert made.int >> 80 == int(START.timestamp() * 1000) + 7
    assert str(made) == Identities.seeded(1).new_uuid(START + timedelta(milliseconds=7))


def test_the_machine_gives_the_time_and_never_the_same_twice() -> None:
    machine = Identities.of_machine()
    assert machine.now().tzinfo is UTC
    assert len({machine.new_uuid() for _ in range(1000)}) == 1000


def test_a_row_that_is_what_it_links_has_one_uuid_everywhere() -> None:
    assert uuid_of("readings", "a", "b") == uuid_of("readings", "a", "b")
    assert len({uuid_of("a", "b"), uuid_of("ab"), uuid_of("b", "a"), uuid_of("a", "b", "")}) == 4
    assert uuid.UUID(uuid_of("a")).version == 5


def test_short_letters_grow_from_the_same_beginning() -> None:
    key = Identities.seeded(9).new_uuid()
    letters = short_letters(key, 12)
    assert len(short_letters(key)) == SHORT_LETTERS
    assert [short_letters(key, count) for count in range(1, 13)] == [letters[:count] for count in range(1, 13)]
    assert set(letters) <= set(ALPHABET)
    assert short_letters(uuid_of("a"), 12) != short_letters(uuid_of("b"), 12)


@pytest.mark.parametrize("confusing", "01IO")
def test_no_letter_can_be_misread(confusing: str) -> None:
    assert confusing not in ALPHABET
    assert len(set(ALPHABET)) == 32


def test_short_letters_of_many_rows_hardly_meet() -> None:
    identities = Identities.seeded(2)
    found = {short_letters(identities.new_uuid()) for _ in range(3000)}
    assert len(found) >= 2998
