"""Model folders that are damaged or forged."""

from tests.hostile.case import Case

CASES: tuple[Case, ...] = ()
