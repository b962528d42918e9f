"""Which paragraphs are asked about, in which order, and what is written of them."""

from __future__ import annotations

import random
import string
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.review.pages import pages, write
from unstuff import Filter, sources
from unstuff.filter import Verdict
from unstuff.page import Page
from unstuff.reasons import Reason
from unstuff.review import Candidate, Queue
from unstuff.review.interest import BY_PAGE, CROWDED, RARE, SURE, TAKEN_BACK, UNSURE, interests
from unstuff.review.subject import Subject
from unstuff.sources import Document, Reading, Result, Source

THRESHOLD = 0.5
SCORER = Filter(threshold=THRESHOLD)


def result(name: str, scores: Iterable[float], texts: Iterable[str], url: str | None = None) -> Result:
    """A document whose paragraphs have these scores; they are flagged from the threshold on, as a whole."""
    text = "\n".join(texts)
    page = Page.from_text(text)
    verdicts = [
        Verdict(
            i, p.start, p.end, ((p.start, p.end),) if score >= THRESHOLD else (), "text", False,
            "keyword_block" if score >= THRESHOLD else "content", score, score,
            (Reason("list_form", 3.0, "a list"),), p.text,
        )
        for i, (p, score) in enumerate(zip(page.paragraphs, scores, strict=True))
    ]  # fmt: skip
    source = Source(name, Path(name), Path(name))
    return Result(Document(name, source, text.encode(), None, url=url), page, verdicts)


def sentence(i: int) -> str:
    """Words without an n-gram in common, so that none is a near-copy of another."""
    rng = random.Random(i)
    return " ".join("".join(rng.choices(string.ascii_lowercase, k=7)) for _ in range(6)) + "."


def chosen(results: Iterable[Result], limit: int = 200) -> list[Candidate]:
    queue = Queue(limit, SCORER)
    for one in results:
        queue.add(one)
    return queue.chosen()


def asked(candidates: Iterable[Candidate]) -> list[str]:
    return [candidate.row["id"] for candidate in candidates]


def test_the_least_sure_come_first() -> None:
    scores = [0.001, 0.3, 0.49, 0.01, 0.45]
    one = result("a", scores, map(sentence, range(5)))
    assert asked(chosen([one])) == ["a#2", "a#4", "a#1", "a#3", "a#0"]
    assert asked(chosen([one], limit=2)) == ["a#2", "a#4"]


def test_no_site_fills_the_queue() -> None:
    big = [result(f"big{i}", [0.49], [sentence(i)], url=f"http://www{i}.big.example/{i}") for i in range(50)]
    small = [result(f"small{i}", [0.2], [sentence(100 + i)], url=f"http://small{i}.example/") for i in range(5)]
    first = chosen([*big, *small], limit=6)
    assert Counter(candidate.row["group"] for candidate in first) == Counter(
        ["big.example", *(f"small{i}.example" for i in range(5))]
    )
    assert len(chosen(big, limit=6)) == 6  # alone it may


def test_near_copies_are_asked_about_once() -> None:
    text = "Our shop sells watches, bags and shoes of all brands at number {} of the long street behind the church."
    copies = [result(f"copy{i}", [0.45], [text.format(i)], url=f"http://copy{i}.example/") for i in range(30)]
    other = result("other", [0.1], [sentence(1)])
    assert len(chosen([*copies, other])) == 2


def test_reasons_take_turns() -> None:
    unsure = [result(f"unsure{i}", [0.45], [sentence(i)]) for i in range(10)]
    sure = [result(f"sure{i}", [0.999999], [sentence(50 + i)]) for i in range(10)]
    found = [candidate.shown["why"] for candidate in chosen([*unsure, *sure], limit=6)]
    assert found == [UNSURE, SURE, UNSURE, SURE, UNSURE, SURE]


def judged(score: float, raw: float, reasons: tuple[Reason, ...] = (), kind: Any = "text") -> Subject:
    return Subject(0, 1, Verdict(0, 0, 1, (), kind, False, "", score, raw, reasons, "x"))


def test_what_the_page_changed_is_surprising() -> None:
    whys = [one.why for one in interests([judged(0.1, 0.99), judged(0.99, 0.1), judged(0.45, 0.55)], THRESHOLD)]
    assert whys == [TAKEN_BACK, BY_PAGE, UNSURE]


def test_a_crowd_is_asked_about_once_by_its_least_sure() -> None:
    crowd = [judged(0.9 + i / 100, 0.9 + i / 100) for i in range(6)]
    whys = [one.why for one in interests(crowd, THRESHOLD)]
    assert whys == [CROWDED, *[UNSURE] * 5]
    assert [one.why for one in interests(crowd[:4], THRESHOLD)] == [UNSURE] * 4


def test_what_was_seen_once_is_rare_until_it_is_seen_again() -> None:
    once = [result("once", [0.9], [sentence(1)])]
    assert [candidate.shown["why"] for candidate in chosen(once)] == [RARE]
    often = [result(f"often{i}", [0.9], [sentence(i)]) for i in range(5)]
    assert {candidate.shown["why"] for candidate in chosen(often)} == {UNSURE}
    assert {candidate.row["why"] for candidate in chosen(often)} == {UNSURE}


def test_a_long_stream_gives_what_sorting_all_of_it_would() -> None:
    scores = [((i * 7919) % 10_007) / 10_007 * 0.49 for i in range(3000)]
    stream = [result(f"page{i}", [score], [sentence(i)]) for i, score in enumerate(scores)]
    best = sorted(range(3000), key=lambda i: -scores[i])[:10]
    assert asked(chosen(stream, limit=10)) == [f"page{i}#0" for i in best]


def test_few_candidates_are_held(monkeypatch: pytest.MonkeyPatch) -> None:
    queue = Queue(5, SCORER)
    for i in range(400):
        queue.add(result(f"page{i}", [0.4], [sentence(i)]))
    assert len(queue._held) <= 2 * 4 * 5 + 1


def scored(folder: Path, *found: dict[str, str]) -> list[Result]:
    """Results as the verb has them: with parts and reasons also of what is not flagged."""
    inputs = sources.find([str(write(folder / "pages.jsonl", list(found)))], [])
    return list(sources.score(Filter(threshold=0.01), sources.read(inputs, Reading())))


def test_a_run_of_lines_is_one_question(tmp_path: Path) -> None:
    lines = ["cheap night flights 31", "payday loan online 72", "best slot bonus 55", "replica watches sale 90"]
    text = "The pool is closed on Monday because the heating is being replaced.\n" + "\n".join(lines)
    by_lines = {candidate.row["id"]: candidate for candidate in chosen(scored(tmp_path, {"id": "0", "text": text}))}
    run = by_lines["0#1"]
    assert [one["text"] for one in run.row["paragraphs"]] == lines
    assert run.row["before"] == [text.split("\n")[0]] and run.row["after"] == []
    assert len(by_lines) == 2


def test_an_injected_part_is_what_is_asked_about(tmp_path: Path) -> None:
    sentences = "镇上的图书馆昨天重新开放，馆里添了两百多本新书，孩子们一放学就跑来看连环画，老师们也很高兴。" * 3
    places = "永年县| 壤塘县| 乐陵市| 彰武县| 龙岩市| 宣恩县| 柳林县| 海兴县| 黑河市| 雅江县| 和田县| 芦溪县| 固始县|"
    (one,) = chosen(scored(tmp_path, {"id": "0", "text": sentences + places}))
    assert one.shown["part"] and one.row["text"] == places
    assert one.shown["lines"][0]["text"] == [sentences, [places]]


def test_rows_have_what_the_model_said(tmp_path: Path) -> None:
    page = pages(1)[0]
    found = chosen(scored(tmp_path, page))
    row = next(candidate.row for candidate in found if "|" in candidate.row.get("text", ""))
    assert row["id"] == "site 0#3" and row["group"] == "site0.example" and row["kind"] == "text"
    assert row["model"]["label"] == "keyword_block" and row["model"]["name"] == SCORER.model.name
    assert row["model"]["score"] > 0.9 and row["model"]["threshold"] == THRESHOLD
    assert row["before"] == page["text"].split("\n")[:3]
