"""Segmented words: jieba's cut over arrays, features on paragraphs written by hand, and a stage that only adds."""

import logging
import marshal
import os
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from unstuff import Filter, Page, Paragraph
from unstuff.features import segmenter, words
from unstuff.features.batch import Batch
from unstuff.model import Model, WordStage
from unstuff.reasons import Explainer

MODEL = Filter().model
EXTRACTOR = MODEL.extractor
DRAWN = "乐陵市和田县龙岩市彰武县雅江县博罗县黑河市凌云县刚察县信丰县"
PROSE = "今天我们在公园里看到了很多的花，大家都觉得春天已经到了，心里非常高兴。"
TEXTS = (DRAWN, PROSE, PROSE + DRAWN, "plain words of an alphabet", "", "|||", "一\ud800二\0三" * 5, "花" * 40)
# Adds three to the log-odds of anything undelimited.
STAGE = WordStage(-50.0, 50.0, 1.0, np.zeros(len(words.NAMES)), np.zeros(words.N_WORD_BUCKETS), 3.0)


def batch_of(*texts: str) -> Batch:
    return EXTRACTOR.batch([Paragraph(text, 0, len(text)) for text in texts])


def features(text: str) -> dict[str, float]:
    """Word features of one paragraph by name."""
    found = EXTRACTOR.words(batch_of(text), np.array([0]))
    return dict(zip(words.NAMES, found.dense[0].tolist(), strict=True))


def with_stage(stage: WordStage | None) -> Model:
    return replace(MODEL, paragraph=MODEL.paragraph._replace(words=stage))


def run(code: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "error::ResourceWarning", "-c", code],
        capture_output=True, text=True, check=True, env={**os.environ, **environment},
    )  # fmt: skip
    assert done.stderr == ""
    return done.stdout.strip()


@pytest.mark.parametrize("text", TEXTS)
def test_words_joined_are_the_text(text: str) -> None:
    assert "".join(segmenter.cut(text)) == text


@pytest.fixture(scope="module")
def tokenizer() -> Any:
    import jieba

    jieba.setLogLevel(logging.ERROR)
    found = jieba.Tokenizer()
    with Path(jieba.__file__).with_name("dict.txt").open("rb") as dictionary:
        found.FREQ, found.total = found.gen_pfdict(dictionary)
    found.initialized = True
    return found


def drawn_text(words: list[str], rng: np.random.Generator) -> str:
    """Words of the dictionary, halves of them and other characters, with nothing between."""
    others = [*"的在一a9Z.%-+_，。 |γ\ud800😀", "abc", "2026", "T恤", "c++"]
    chosen = [words[k] for k in rng.integers(len(words), size=20)]
    cut = [word[: int(rng.integers(1, len(word) + 1))] for word in chosen]
    return "".join(str(rng.choice(np.array([word, half, other], object))) for word, half, other in zip(
        chosen, cut, rng.choice(np.array(others, object), 20), strict=True
    ))  # fmt: skip


def test_words_are_those_of_jieba(tokenizer: Any) -> None:
    rng = np.random.default_rng(5)
    words = list(tokenizer.FREQ)
    texts = [*TEXTS, *(drawn_text(words, rng) for _ in range(500))]
    assert [segmenter.cut(text) for text in texts] == [list(tokenizer.cut(text, HMM=False)) for text in texts]


def test_texts_cut_together_are_cut_as_each_alone(tokenizer: Any) -> None:
    texts = [text.replace("\0", "") for text in TEXTS]
    codes = np.frombuffer("".join(text + "\0" for text in texts).encode("utf-32-le", "surrogatepass"), np.uint32)
    found = segmenter.cut_all(codes)
    known = [known for text in texts for known in (*map(bool, map(tokenizer.FREQ.get, segmenter.cut(text))), False)]
    lengths = [length for text in texts for length in (*map(len, segmenter.cut(text)), 1)]
    assert (found.ends - found.starts).tolist() == lengths
    assert found.known.tolist() == known


def test_a_stretch_without_end_is_cut() -> None:
    """ "一一" is a word, so that one reaches across every place."""
    assert set(map(len, segmenter.cut("一" * 10_000))) <= {1, 2, 3, 4}


def test_loading_is_silent_and_leaves_no_file_behind(tmp_path: object) -> None:
    code = (
        "import os; from unstuff.features import segmenter; print(segmenter.cut('我们在公园'));"
        "import jieba, tempfile; print(jieba.dt.initialized, os.listdir(tempfile.gettempdir()))"
    )
    assert run(code, TMPDIR=str(tmp_path)) == "['我们', '在', '公园']\nFalse []"


def test_a_cache_that_another_user_planted_is_not_loaded(tmp_path: Path) -> None:
    """jieba's own tokenizer reads it: that shows that it is planted where it would be found."""
    planted = marshal.dumps(({"我们在": 10**9, "我": 1, "我们": 1}, 10**9))
    (tmp_path / "jieba.cache").write_bytes(planted)
    code = (
        "import logging; from unstuff.features import segmenter; print(segmenter.cut('我们在公园'));"
        "import jieba; jieba.setLogLevel(logging.ERROR); print(jieba.lcut('我们在公园', HMM=False)[0])"
    )
    assert run(code, TMPDIR=str(tmp_path)) == "['我们', '在', '公园']\n我们在"


def test_user_dictionaries_of_the_process_change_nothing() -> None:
    code = (
        "import jieba, logging; jieba.setLogLevel(logging.ERROR);"
        "jieba.add_word('在公园'); jieba.del_word('我们');"
        "from unstuff.features import segmenter; print(segmenter.cut('我们在公园'), jieba.lcut('我们在公园'))"
    )
    assert run(code).startswith("['我们', '在', '公园'] ['我', '们', '在公园']")


def test_many_threads_load_one_dictionary(monkeypatch: pytest.MonkeyPatch) -> None:
    loads: list[int] = []
    load = segmenter._load

    def counted() -> object:
        loads.append(1)
        return load()

    monkeypatch.setattr(segmenter, "_dictionary", None)
    monkeypatch.setattr(segmenter, "_load", counted)
    with ThreadPoolExecutor(8) as pool:
        assert len({tuple(found) for found in pool.map(segmenter.cut, [PROSE] * 16)}) == 1
    assert len(loads) == 1


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this platform")
def test_a_child_forked_while_another_thread_loads_does_not_wait_for_it() -> None:
    code = (
        "import os; from unstuff.features import segmenter\n"
        "segmenter._lock.acquire()\n"
        "child = os.fork()\n"
        "if not child: os._exit(0 if segmenter.cut('公园') == ['公园'] else 1)\n"
        "print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))"
    )
    assert run(code) == "0"


def test_undelimited_paragraphs_are_long_stretches_of_chinese() -> None:
    batch = batch_of(
        DRAWN, "乐陵市|和田县|龙岩市|彰武县|雅江县|博罗县", PROSE + DRAWN, "an undelimited line of English"
    )
    assert words.is_undelimited(batch).tolist() == [True, False, True, False]


def test_a_list_glued_to_prose_is_the_longest_run() -> None:
    alone, glued, prose = features(DRAWN), features(PROSE + DRAWN), features(PROSE)
    assert alone["run_word_share"] == 1.0
    assert glued["log_run_places"] == alone["log_run_places"] == pytest.approx(np.log1p(10))
    assert glued["log_run_provinces"] > np.log(6)
    assert prose["log_run_places"] == 0.0
    assert prose["log_run_words"] < alone["log_run_words"] / 1.5


def test_function_words_and_marks_end_a_run() -> None:
    batch = batch_of("苹果香蕉的葡萄西瓜草莓，樱桃菠萝")
    cut = words.segment(batch, np.array([0]), EXTRACTOR.function_chars)
    run = words.longest_runs(cut, 1)
    found = slice(int(cut.spans.starts[run.starts[0]]), int(cut.spans.ends[run.ends[0] - 1]))
    assert "".join(map(chr, batch.codes[found])) == "葡萄西瓜草莓"


def test_a_paragraph_without_words_has_zeros() -> None:
    assert not any(features("|||").values())
    assert not any(features("").values())


def test_words_do_not_depend_on_the_batch() -> None:
    together = EXTRACTOR.words(batch_of(*TEXTS), np.arange(len(TEXTS)))
    weights = np.random.default_rng(1).normal(size=words.N_WORD_BUCKETS)
    for i, text in enumerate(TEXTS):
        alone = EXTRACTOR.words(batch_of(text), np.array([0]))
        assert (together.dense[i] == alone.dense[0]).all()
        assert together.weigh(weights)[i] == alone.weigh(weights)[0]


def test_only_undecided_paragraphs_are_sent_on(monkeypatch: pytest.MonkeyPatch) -> None:
    batch = batch_of(DRAWN, PROSE, DRAWN)
    narrow = STAGE._replace(low=-1.0, high=1.0)
    assert narrow.undecided(batch, np.array([0.5, 0.5, 2.0])).tolist() == [0]
    monkeypatch.setattr(segmenter, "cut", None)  # not called
    raw = np.array([-9.0, 0.0, 9.0])
    assert narrow.correct(batch, raw, EXTRACTOR) is raw


def test_the_stage_only_adds() -> None:
    batch, raw = batch_of(*TEXTS), np.zeros(len(TEXTS))
    sent = words.is_undelimited(batch)
    assert (STAGE.correct(batch, raw, EXTRACTOR) == np.where(sent, 3.0, 0.0)).all()
    assert (STAGE._replace(intercept=-3.0).correct(batch, raw, EXTRACTOR) == raw).all()


def test_reasons_name_the_words_and_sum_to_the_score() -> None:
    model = with_stage(STAGE)
    scored = model.score([Page.from_text(f"{PROSE}\n{PROSE + DRAWN}").paragraphs])
    explainer = Explainer(model, scored)
    rows = np.arange(len(scored.logits))
    reasons, bases = explainer.reasons(rows), explainer.terms(rows)[:, 0]
    for i, logit in enumerate(scored.logits.tolist()):
        assert bases[i] + sum(reason.weight for reason in reasons[i]) == pytest.approx(logit, abs=1e-3)
        assert ("words" in {reason.name for reason in reasons[i]}) == (i == 1)
    detail = next(reason.detail for reason in reasons[1] if reason.name == "words")
    assert "words in a row without a function word or a mark, 10 of them place names of" in detail


def test_a_filter_with_the_stage_can_be_pickled() -> None:
    made = Filter(with_stage(STAGE), threshold=0.5)
    again = pickle.loads(pickle.dumps(made))
    assert again.score_text(DRAWN) == made.score_text(DRAWN)
    assert made.score_text(DRAWN)[0].raw_score > Filter(with_stage(None)).score_text(DRAWN)[0].raw_score
