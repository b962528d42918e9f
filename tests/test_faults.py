"""Faults of files: each is named, and the documents before and behind it are scored, cleaned and shown."""

from pathlib import Path

import pytest

from tests.hostile import files, places
from tests.hostile.case import Case


@pytest.mark.parametrize("case", (*files.FAULTS, *places.CASES), ids=lambda case: case.name.replace(" ", "-"))
def test_nothing_is_lost_beside_a_fault(tmp_path: Path, case: Case) -> None:
    assert case.run(case.make(tmp_path))
