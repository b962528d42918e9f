"""The arithmetic of the speed measurement, and that each part of it runs; nothing is timed here."""

import itertools
import json
from pathlib import Path
from random import Random

import orjson
import pytest

from tests.bench import command, crawl, growth, html, markup, prose, speed, started, text, texts, worst
from tests.bench.peers import PART, Absent, floor, n_verdicts, split
from tests.bench.rounds import Task, Times, idlest, interleaved, megabytes_a_second, number, one_core, percentile
from tests.bench.tables import Table, as_json, cell, columns, markdown
from unstuff import Filter, Page


def test_tasks_take_turns_and_the_first_turn_is_not_timed() -> None:
    order: list[str] = []
    ticks = itertools.count()
    tasks = [Task("a", lambda: order.append("a")), Task("b", lambda: order.append("b"))]
    times = interleaved(tasks, 3, clock=lambda: float(next(ticks)))
    assert order == ["a", "b"] * 4
    assert times == {"a": Times((1.0, 1.0, 1.0)), "b": Times((1.0, 1.0, 1.0))}


def test_the_median_is_of_the_rounds_of_one_task() -> None:
    marks = iter([0.0, 1.0, 1.0, 9.0, 9.0, 12.0])
    times = interleaved([Task("a", lambda: None)], 3, clock=lambda: next(marks))
    assert times["a"].seconds == (1.0, 8.0, 3.0)
    assert times["a"].median == 3.0
    assert times["a"].span == "1,000 to 8,000"


def test_speeds_and_percentiles() -> None:
    assert megabytes_a_second(3_000_000, 1.5) == 2.0
    values = [float(value) for value in range(1, 101)]
    assert (percentile(values, 0.5), percentile(values, 0.99), percentile(values, 1.0)) == (50.0, 99.0, 100.0)
    assert percentile([7.0], 0.99) == percentile([7.0], 0.0) == 7.0


@pytest.mark.parametrize(
    ("value", "printed"),
    [(1234.5, "1,230"), (0.012345, "0.0123"), (0.0, "0"), (2.0, "2"), (99.96, "100"), (1e6, "1,000,000"), (0.5, "0.5")],
)
def test_numbers_have_three_digits(value: float, printed: str) -> None:
    assert number(value) == printed


def test_a_table_has_every_column_and_leaves_cells_empty() -> None:
    found = Table("T", "n = 2.", [{"": "a", "MB/s": 1.5, "n": 1200}, {"": "b|c", "why": None}])
    assert columns(found.rows) == ["", "MB/s", "n", "why"]
    assert markdown(found).splitlines() == [
        "### T", "", "n = 2.", "",
        "|  | MB/s | n | why |", "| --- | --- | --- | --- |", "| a | 1.5 | 1,200 |  |", "| b\\|c |  |  |  |",
    ]  # fmt: skip
    assert cell(None) == ""
    assert as_json([found])[0]["rows"][0]["MB/s"] == 1.5


def test_a_peer_that_is_missing_is_named_with_its_reason() -> None:
    task, absent = Task("a", lambda: None), Absent("b", "needs b")
    assert split(iter([task, absent])) == ([task], [absent])


def test_one_core_is_taken_and_given_back() -> None:
    import os

    before = os.sched_getaffinity(0)
    with one_core():
        assert len(os.sched_getaffinity(0)) == 1
        assert os.environ["OPENBLAS_NUM_THREADS"] == "1"
    assert os.sched_getaffinity(0) == before
    assert idlest(before, watched_s=0.0) in before


def test_core_hours() -> None:
    assert crawl.core_hours(1.0, 2**40 / 1e6) == pytest.approx(1 / 3600)
    assert crawl.crawl({"zh": 50.0}, 20.0).rows[0]["core-hours"] == pytest.approx(122.2, abs=0.1)


# The texts


def test_generated_prose_is_clean_and_lists_are_found() -> None:
    scorer = Filter()
    for sample in texts.samples(None, 20_000):
        assert n_verdicts(scorer, sample.documents) == 0, sample.name
        assert 20_000 <= sample.n_bytes < 40_000
        assert sample.n_paragraphs == sum(len(Page.from_text(document).paragraphs) for document in sample.documents)
    assert n_verdicts(scorer, [prose.place_list(Random(0), 40)]) == 1


def test_samples_are_the_same_each_time_and_cut_at_documents() -> None:
    first, again = (next(texts.samples(None, 10_000)) for _ in range(2))
    assert first == again
    assert first.first(1) == first.documents[:1]
    assert first.first(10**9) == first.documents
    assert sum(len(document.encode()) for document in texts.documents_of(5000)) >= 4900


def test_collected_text_leaves_statutes_out(tmp_path: Path) -> None:
    import gzip

    rows = [
        {"text": "甲\n乙", "lang": "zh", "source": "site:1"},
        {"text": "第一条", "lang": "zh", "source": "LawRefBook/Laws:1"},
        {"text": "丁" * 200, "lang": "zh", "source": "site:2"},
        *({"text": "x" * n, "lang": lang, "source": "site:3"} for n in (5, 200) for lang in ("en", "ja")),
    ]
    with gzip.open(tmp_path / "paragraphs.jsonl.gz", "wb") as file:
        file.writelines(orjson.dumps(row) + b"\n" for row in rows)
    found = {sample.name: sample for sample in texts.samples(tmp_path, 100)}
    assert list(found) == ["zh", "en", "ja", "zh, short lines", "zh, long lines", "en, short lines", "en, long lines"]
    assert set(found["zh"].documents[0].split("\n")) == {"甲 乙", "丁" * 200}
    assert set(found["zh, short lines"].documents[0].split("\n")) == {"甲 乙"}


def test_the_floor_looks_at_every_code_point() -> None:
    assert [found.tolist() for found in floor(["a县", "\ud800"])()] == [[0x61, 0x53BF], [0xD800]]


def test_pages_are_read_as_written() -> None:
    page = Page.from_html(markup.page(Random(0), "zh", 5))
    assert sum(paragraph.tag_path.endswith("/p") for paragraph in page.paragraphs) >= 5
    assert any(paragraph.links for paragraph in page.paragraphs)
    html.bare_parse(markup.page(Random(0), "en", 1))


# The search for the worst


@pytest.mark.parametrize("bench", [worst.texts(Filter()), worst.pages(Filter())], ids=lambda bench: bench.title)
def test_every_hostile_input_has_the_size_asked_for(bench: worst.Bench) -> None:
    for name in bench.pieces:
        made = worst.made(bench, worst.Recipe(((name, 10**6),)), 3000)
        n_bytes = len(made if isinstance(made, bytes) else made.encode("utf-8", "surrogatepass"))
        assert 1500 < n_bytes <= 3200, name
        bench.score(made)


def test_the_search_climbs_to_the_costliest() -> None:
    def cost(recipe: worst.Recipe) -> float:
        return float(sum(n for name, n in recipe.parts if name == "slow"))

    costs = {worst.Recipe((("quick", 20),)): 0.0}
    worst.search(cost, costs, ("quick", "slow"), Random(0), 200)
    assert max(costs.values()) >= 10_000
    assert all(len(recipe.parts) <= 4 for recipe in costs)


# Every part runs


TINY = speed.Sizes(
    text=3000, slow_text=1000, n_pages=2, n_calls=2, growth_unit=1, hostile=500, n_steps=1, memory_mb=(0.01,),
    document_mb=0.01, two=2000, file=4000,
)  # fmt: skip


def test_text_runs_without_any_peer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.bench.peers.PEERS", {"gone": _missing})
    found = text.speeds(Filter(), next(texts.samples(None, 3000)), 1000, 2, "Generated text")
    assert [row[""] for row in found.rows] == ["unstuff", PART, "floor: utf-32 and a gather", "gone"]
    assert found.rows[0]["unstuff is so many times as fast"] == 1.0
    assert found.rows[3]["ms, min to max"] == "left out: No module named 'gone'"


def _missing(documents: object, lang: str) -> object:
    raise ImportError("No module named 'gone'")


@pytest.mark.parametrize("part", ["html", "start", "memory", "worst", "two", "command"])
def test_every_part_gives_tables(part: str) -> None:
    found = list(speed.measure(speed.Settings(None, 1, TINY), [part]))
    assert all(markdown(each) for each in found)
    assert all(each.rows for each in found)
    assert not [row["failed"] for each in found for row in each.rows if row.get("failed")]


def test_growth_gives_ratios() -> None:
    rows = growth.growth(Filter(), 1, 1).rows
    assert all(float(row["100x / x"] or 0) > 0 for row in rows)


def test_the_file_for_the_command_line_is_json_lines_with_blocks(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    assert command.write(path, 300_000) == path.stat().st_size >= 300_000
    found = [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()]
    assert any(line.count("| ") == 39 for document in found for line in document.split("\n"))


def test_what_a_failed_process_said_is_kept() -> None:
    ended = started.python("raise SystemExit('no such thing')")
    assert (ended.code, ended.said) == (1, "no such thing")


def test_the_peak_is_of_the_process_and_not_of_the_one_that_started_it() -> None:
    held = bytearray(200_000_000)
    assert started.python("pass").peak_mb < 100 < len(held) / 1e6
