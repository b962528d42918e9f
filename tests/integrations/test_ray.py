"""Ray Data on a local Ray."""

from typing import Any

import pytest

from tests.integrations import need

need("ray", "pyarrow")

import pyarrow as pa

from unstuff import Filter, InputError
from unstuff.integrations.ray import UnstuffCleaner, UnstuffScorer


def test_cleaning_in_actors(ray: Any, scorer: Filter, town_news: str) -> None:
    documents: list[dict[str, Any]] = [{"id": n, "text": None if n == 5 else f"{town_news}{n}\n"} for n in range(30)]
    data = ray.data.from_items(documents).repartition(4)
    cleaned = data.map_batches(UnstuffCleaner, batch_format="pyarrow", concurrency=1, num_cpus=0.5).take_all()
    rows = {row["id"]: row for row in cleaned}
    assert sorted(rows) == list(range(30))
    for document in documents:
        row = rows[document["id"]]
        if document["text"] is None:
            assert (row["text"], row["verdicts"], row["unstuff_error"]) == (None, None, "is null")
        else:
            assert row["text"] == scorer.clean_text(document["text"])
            assert [each["label"] for each in row["verdicts"]] == ["keyword_block"]


def test_a_batch_of_another_format_is_refused() -> None:
    batch: Any = {"text": ["a"]}
    with pytest.raises(InputError, match="batch_format='pyarrow'"):
        UnstuffScorer()(batch)
    with pytest.raises(InputError, match="there is no column 'text'"):
        UnstuffScorer()(pa.table({"body": ["a"]}))


def test_columns_of_other_types_are_told() -> None:
    scored = UnstuffScorer()(pa.table({"text": [1, 2]}))
    assert scored.column("unstuff_error").to_pylist() == ["is int, expected a string"] * 2
    assert scored.column("verdicts").to_pylist() == [None, None]
