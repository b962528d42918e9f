"""How much genuine text uses each weight of the buckets, as a model folder keeps it: a power of two in a byte.

Only the order of magnitude counts: it says how dear a change of the weight is when a model is adapted. Powers of two
take half a byte each when packed.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

# Code 1 stands for 2 ** -40, less than one character of a page leaves among a million.
_OFFSET = 41


def encode(mean_squares: NDArray[np.float64]) -> NDArray[np.uint8]:
    """The nearest power of two of values >= 0 as its exponent plus an offset; 0 for 0."""
    used = mean_squares > 0
    exponents = np.round(np.log2(mean_squares, out=np.zeros_like(mean_squares), where=used))
    return np.where(used, np.clip(exponents + _OFFSET, 1, np.iinfo(np.uint8).max), 0).astype(np.uint8)


def decode(codes: NDArray[np.uint8]) -> NDArray[np.float64]:
    """The values of codes: 0, or a power of two; any byte is a code."""
    return np.where(codes > 0, np.ldexp(1.0, codes.astype(np.int64) - _OFFSET), 0.0)
