"""Hash indexes and code sets against the plain look-ups that they stand for."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unstuff.hashing import CodeSet, HashIndex, SpanHasher

HASHES = st.lists(st.integers(0, 2**64 - 1), unique=True, max_size=60)


@given(HASHES, HASHES)
def test_a_hash_index_finds_the_row_of_each_key_and_nothing_else(keys: list[int], others: list[int]) -> None:
    index = HashIndex(np.array(keys, np.uint64))
    values = [*others, *keys]
    expected = [keys.index(value) if value in keys else -1 for value in values]
    assert index.find(np.array(values, np.uint64)).tolist() == expected
    assert index.has(np.array(values, np.uint64)).tolist() == [value in keys for value in values]


def test_keys_that_want_the_same_slot_are_all_found() -> None:
    # Multiples of the inverse of the mixing factor: their homes differ in nothing but low bits, which are cut off.
    inverse = pow(0x9E3779B97F4A7C15, -1, 2**64)
    keys = np.array([k * inverse % 2**64 for k in range(200)], np.uint64)
    index = HashIndex(keys)
    assert index.find(keys).tolist() == list(range(200))
    absent = np.array([k * inverse % 2**64 for k in range(200, 400)], np.uint64)
    assert (index.find(absent) == -1).all()


@given(st.sets(st.characters(), max_size=30), st.text(max_size=60))
def test_a_code_set_holds_its_characters_alone(chars: set[str], text: str) -> None:
    codes = np.array(list(map(ord, text)), np.uint32)
    assert CodeSet.of("".join(chars)).has(codes).tolist() == [char in chars for char in text]


@pytest.mark.parametrize("n", [1, 1000, (1 << 19) + 1])
def test_spans_hash_alike_wherever_they_stand_and_however_long_the_text_is(n: int) -> None:
    codes = np.tile(np.array([97, 98, 99, 0], np.uint32), n)
    hashes = SpanHasher(codes)(np.array([0, len(codes) - 4]), np.array([3, len(codes) - 1]))
    assert hashes[0] == hashes[1]
    assert hashes[0] == SpanHasher(codes[:4])(np.array([0]), np.array([3]))[0]
