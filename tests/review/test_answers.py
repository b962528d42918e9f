"""The answers' file: labelled data after every answer, one row a subject, nothing lost."""

from __future__ import annotations

import gzip
import json
import threading
from pathlib import Path

import pytest

from unstuff import InputError, durable
from unstuff.labels import read_labelled
from unstuff.review import Answers, Candidate

ALONE = Candidate("a", {}, {"text": "One.", "id": "x#0", "group": "site"})
OTHER = Candidate("b", {}, {"text": "Two.", "id": "x#1", "group": "site"})
RUN = Candidate("c", {}, {"paragraphs": [{"text": "1"}, {"text": "2"}], "id": "x#2", "group": "site"})
CANDIDATES = [Candidate(one.key, one.shown, {**one.row, "key": one.key, "kind": "text"}) for one in (ALONE, OTHER, RUN)]


def begun(path: Path) -> Answers:
    answers = Answers(path)
    answers.ask(CANDIDATES)
    return answers


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "corrections.jsonl"


def labels(path: Path) -> dict[str, tuple[bool, ...]]:
    documents = list(read_labelled([path]))
    assert len(documents) == len({document.id for document in documents})
    return {document.id: document.labels for document in documents}


def test_every_answer_is_labelled_data_at_once(path: Path) -> None:
    answers = begun(path)
    answers.give("a", "content")
    assert labels(path) == {"x#0": (False,)}
    answers.give("c", "keyword_block")
    assert labels(path) == {"x#0": (False,), "x#2": (True, True)}
    assert {document.group for document in read_labelled([path])} == {"site"}
    assert answers.counts() == {"content": 1, "keyword_block": 1}


def test_another_answer_and_undo_leave_one_row_or_none(path: Path) -> None:
    answers = begun(path)
    for label in ("content", "keyword_block", "content", "keyword_block"):
        answers.give("a", label)
    answers.give("b", "content")
    answers.give("b", None)
    assert labels(path) == {"x#0": (True,)}
    answers.give("a", "skip")
    assert labels(path) == {}


def test_a_second_start_goes_on(path: Path) -> None:
    answers = begun(path)
    answers.give("b", "skip")
    answers.give("c", "keyword_block")
    answers.give("a", "content")
    again = begun(path)
    assert again.given() == {"b": "skip", "c": "keyword_block", "a": "content"}
    assert list(again.given()) == ["b", "c", "a"]
    again.give("b", "content")
    assert not again.skipped_path.exists()
    assert begun(path).given() == {"c": "keyword_block", "a": "content", "b": "content"}


def test_after_a_second_start_the_last_answer_is_the_last(path: Path) -> None:
    answers = begun(path)
    given = {"b": "content", "a": "skip", "c": "skip"}
    for key, label in given.items():
        answers.give(key, label)
    for _ in range(2):
        answers = begun(path)
        assert list(answers.given().items()) == list(given.items())
    answers.give("b", "keyword_block")
    assert list(begun(path).given()) == ["a", "c", "b"]
    answers.give("b", None)
    assert list(begun(path).given()) == ["a", "c"]


def test_skipped_keys_without_their_place_come_first(path: Path) -> None:
    begun(path).give("b", "content")
    path.with_name(f"{path.name}.skipped").write_text("c\na\n", "utf-8")
    assert begun(path).given() == {"c": "skip", "a": "skip", "b": "content"}
    assert list(begun(path).given()) == ["c", "a", "b"]


def test_skipped_keys_that_are_no_text_are_refused(path: Path) -> None:
    skipped = path.with_name(f"{path.name}.skipped")
    skipped.write_bytes(b"\xff\xfe")
    with pytest.raises(InputError, match=r"corrections.jsonl.skipped' is not UTF-8"):
        begun(path)
    assert skipped.read_bytes() == b"\xff\xfe"


def test_rows_of_pages_are_counted_by_what_is_in_them(path: Path) -> None:
    rows: list[dict[str, object]] = [
        {"html": "<p>1</p><p>2</p>", "labels": ["content", "keyword_block"]},
        {"html": "<p>1</p>", "labels": ["content"]},
        {"paragraphs": [{"text": "1", "label": "content"}, {"text": "2", "label": "keyword_block"}]},
        {"html": "", "labels": []},
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    assert Answers(path).counts() == {"keyword_block": 2, "content": 1, "": 1}


def test_rows_of_other_origin_stay(path: Path) -> None:
    row = '{"text": "by hand",  "label": "content"}\n'
    path.write_text(row + "\n", "utf-8")
    answers = begun(path)
    answers.give("a", "content")
    answers.give("a", None)
    assert path.read_text("utf-8") == row
    assert answers.given() == {} and answers.counts() == {"content": 1}


def test_a_packed_file_is_not_continued(tmp_path: Path) -> None:
    packed = tmp_path / "answers.jsonl.gz"
    for content in (gzip.compress(b'{"text": "x", "label": "content"}\n'), b"\x28\xb5\x2f\xfd\x20\x00"):
        packed.write_bytes(content)
        with pytest.raises(InputError, match="is packed; unpack it"):
            Answers(packed)


def test_a_device_is_refused() -> None:
    with pytest.raises(InputError, match="'/dev/zero' is no regular file"):
        Answers(Path("/dev/zero"))


def test_rows_of_one_key_stay_until_it_is_answered(path: Path) -> None:
    rows = [f'{{"text": "{text}", "label": "content", "key": "{key}"}}\n' for text, key in ("1a", "2a", "3z", "4z")]
    path.write_text("".join(rows), "utf-8")
    answers = begun(path)
    answers.check()
    assert answers.repeated == ["a", "z"]
    assert path.read_text("utf-8") == "".join(rows)
    answers.give("b", "content")
    assert path.read_text("utf-8").startswith("".join(rows))
    answers.give("a", "keyword_block")
    assert path.read_text("utf-8").startswith("".join(rows[2:]))
    assert len(list(read_labelled([path]))) == 4


def test_a_file_that_is_no_labelled_data_is_refused_and_kept(path: Path) -> None:
    path.write_text('{"text": "x", "label": "maybe"}\n', "utf-8")
    with pytest.raises(InputError, match="line 1: label 'maybe' is not one of"):
        Answers(path)
    assert path.read_text("utf-8") == '{"text": "x", "label": "maybe"}\n'


def test_a_file_that_another_program_changed_is_not_overwritten(path: Path) -> None:
    answers = begun(path)
    answers.give("a", "content")
    other = begun(path)
    other.give("b", "content")
    with pytest.raises(InputError, match="was changed by another program; start the review again"):
        answers.give("c", "content")
    assert answers.given() == {"a": "content"}
    assert labels(path) == {"x#0": (False,), "x#1": (False,)}


def test_what_cannot_be_written_changes_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = begun(path)
    answers.give("a", "content")
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(durable.os, "fsync", full)  # type: ignore[attr-defined]
        with pytest.raises(OSError, match="No space left"):
            answers.give("b", "keyword_block")
    assert path.read_bytes() == before and answers.given() == {"a": "content"}
    assert list(path.parent.iterdir()) == [path]
    answers.give("b", "keyword_block")
    assert labels(path) == {"x#0": (False,), "x#1": (True,)}


@pytest.mark.parametrize(("key", "label"), [("z", "content"), ("a", "spam"), ("a", "")])
def test_unknown_keys_and_labels_are_refused(path: Path, key: str, label: str) -> None:
    with pytest.raises(InputError, match="is not one of"):
        begun(path).give(key, label)
    assert not path.exists()


def test_answers_from_several_threads_are_all_there(path: Path) -> None:
    answers = Answers(path)
    many = [Candidate(f"k{i}", {}, {"text": f"Text {i}", "id": str(i), "key": f"k{i}"}) for i in range(40)]
    answers.ask(many)
    threads = [threading.Thread(target=answers.give, args=(one.key, "content")) for one in many]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(json.loads(line)["key"] for line in path.read_text("utf-8").splitlines()) == sorted(
        one.key for one in many
    )


def test_lone_surrogates_and_a_mark_of_byte_order_are_read_again(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbf" + b'{"text": "own", "label": "content"}\n')
    odd = Candidate("d", {}, {"text": "1 \ud800", "id": "x#3", "group": "\udfff", "key": "d"})
    answers = Answers(path)
    answers.ask([odd])
    answers.give("d", "keyword_block")
    again = Answers(path)
    again.ask([odd])
    assert again.given() == {"d": "keyword_block"}
    assert [document.group for document in read_labelled([path])] == [f"{path}:1", "\udfff"]
