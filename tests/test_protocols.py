"""What is left out of a fit, and that nothing else is."""

from __future__ import annotations

import fnmatch
import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("confusable_homoglyphs", reason="training is not installed: pip install 'unstuff[training]'")
pytest.importorskip("opencc", reason="training is not installed: pip install 'unstuff[training]'")
pytest.importorskip("pypinyin", reason="training is not installed: pip install 'unstuff[training]'")

from training import generate, pipeline
from training.evaluate import Figure
from training.evaluate.values import Figures
from training.families import FAMILIES
from training.generate import Vocabulary
from training.honest import menus, noise
from training.pipeline import Prepared
from training.protocols import __main__ as protocols
from training.protocols import families, sources
from training.protocols.families import BESIDE, LEFT_OUT, without_generated, without_real
from training.slots import TOPICS
from training.trades import TRADES, Trade
from training.vocabulary import Places
from unstuff.evaluation import share
from unstuff.features import Extractor
from unstuff.labels import Labelled, text_page
from unstuff.model import Model

PLACES = Places(("甲省",), ("甲",), ("甲省",), {"甲省": ("乙市",)}, {"乙市": ("丙县",)}, ("乙市", "丙县"), ("丙",), {})
VOCABULARY = Vocabulary(("词",), ("词",), ("word",), ("name",), {"a": ("α",)}, PLACES)


def document(
    name: str, kind: str, family: str = "", group: str = "", source: str = "", label: bool = False
) -> Labelled:
    return Labelled(name, text_page([f"text of {name}"]), (label,), group or name, family, source, kind)


def prepared(dev: list[Labelled], test: list[Labelled]) -> Prepared:
    fold = np.arange(len(dev)) % 2
    return Prepared(dev, test, fold, VOCABULARY, {}, Extractor.__new__(Extractor))


def test_every_name_in_the_table_exists() -> None:
    for out in (*LEFT_OUT.values(), *BESIDE.values()):
        assert set(out.generated) <= set(FAMILIES)
        assert set(out.topics) <= set(TOPICS)
        assert set(out.topics) <= set(out.generated), "a topic that is left out has no family of its own left"
    assert all(out.real for out in LEFT_OUT.values())
    assert set(families._GENERATED) <= set(BESIDE)
    for out in (*LEFT_OUT.values(), *BESIDE.values()):
        for pattern in out.trades:
            assert fnmatch.filter([" ".join(trade) for trade in TRADES], pattern), pattern


def test_a_family_goes_with_all_spam_of_its_campaigns_and_nothing_else() -> None:
    dev = [
        document("block", "positive", "adult_cn", "host", label=True),
        document("tail", "positive", "cn_tail_thanks", "host", label=True),
        document("page", "page", "adult_cn", "other", label=True),
        document("clean", "paragraph", group="host"),
        document("kept", "positive", "slot_hidden", "slots", label=True),
        document("of a test campaign", "positive", "slot_hidden", "tested", label=True),
    ]
    kept = without_real(prepared(dev, [document("t", "positive", "adult_cn", "tested", label=True)]), ("adult_cn",))
    assert [d.id for d in kept.dev] == ["clean", "kept"]
    assert kept.fold.tolist() == [1, 0]


def test_generated_families_and_topics_come_back() -> None:
    before = dict(FAMILIES), dict(TOPICS), dict(TRADES)
    out = LEFT_OUT["slot_id"]
    with pytest.raises(RuntimeError), without_generated(out):
        assert not set(out.generated) & set(FAMILIES)
        assert TOPICS["slot_id"] is TOPICS["service_city"]
        for block in generate.generate(
            np.random.default_rng(1), 60, VOCABULARY, ["contacts", "mixed_queries", "glued"]
        ):
            assert "slot gacor" not in " ".join(block.lines).lower()
        raise RuntimeError
    assert (dict(FAMILIES), dict(TOPICS), dict(TRADES)) == before


def test_lists_of_trades_stay_without_those_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    for trade in [trade for trade in TRADES if trade.language not in ("id", "de")]:
        monkeypatch.delitem(TRADES, trade)
    heads = TRADES[Trade("id", "lottery")].slots["head"]

    def some_drawn() -> bool:
        drawn = generate.generate(np.random.default_rng(1), 120, VOCABULARY, ["trade_list", "anchor_names"])
        return any(head in " ".join(block.lines).lower() for block in drawn for head in heads if len(head) > 9)

    assert some_drawn()
    with without_generated(LEFT_OUT["slot_id"]):
        assert ("id", "lottery") not in TRADES
        assert {("id", "loans"), ("de", "lottery")} <= set(TRADES)
        assert not some_drawn()


@pytest.mark.parametrize("name", [*LEFT_OUT, *BESIDE])
def test_honest_lists_of_trades_are_drawn_whatever_is_left_out(name: str) -> None:
    rng = np.random.default_rng(1)
    with without_generated({**LEFT_OUT, **BESIDE}[name]):
        drafts = [menus.trade_headlines(rng, VOCABULARY) for _ in range(200)]
    assert all(draft.honest and all(draft.items) for draft in drafts)


def test_honest_names_have_no_words_of_trades_that_are_left_out() -> None:
    everything = noise._trade_words()
    with without_generated(BESIDE["wares and loans"]):
        assert set(noise._trade_words()) < set(everything)
    assert noise._trade_words() == everything


def test_a_fit_that_fails_is_named_and_the_others_go_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def measure(name: str, *given: object) -> Figures:
        if name == "replica":
            raise ValueError("no rows")
        return {f"family/{name}": Figure(*share([True], ["g"]))}

    monkeypatch.setattr(families, "measure", measure)
    monkeypatch.setattr(pipeline, "prepare", lambda *given: prepared([], []))
    target = tmp_path / "figures.json"
    chosen = ("--families", "adult_cn", "replica", "slot_id", "--sources", "--jobs", "1")
    with pytest.raises(SystemExit, match="not measured: replica"):
        protocols.main(["--data", str(tmp_path), *chosen, "--json", str(target)])
    assert "replica: ValueError: no rows" in capsys.readouterr().err
    assert {"family/adult_cn", "family/slot_id"} <= set(json.loads(target.read_bytes()))


def test_sources_are_sets_small_ones_and_treebanks_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MIN_ROWS", 2)
    documents = [
        *(document(f"l{i}", "paragraph", source="Laws:x") for i in range(2)),
        document("t", "paragraph", source="UD_Thai-PUD:1"),
        document("k", "menu", source="UD_Korean-Kaist:1"),
        document("s", "menu", source="little:1"),
        document("h", "html_page", source="gne:1"),
        document("p", "positive", source="native_spam"),
    ]
    assert sources.sources(documents) == {
        "Laws": ("Laws",),
        "gne": ("gne",),
        "small sets": ("little",),
        "treebanks": ("UD_Korean-Kaist", "UD_Thai-PUD"),
    }


class Stop(Exception):
    """Ends a measurement at its fit."""


def test_a_source_goes_with_its_hosts_and_spam_stays() -> None:
    dev = [
        document("own", "paragraph", group="host", source="gne:1"),
        document("same host", "menu", group="host", source="fundus:1"),
        document("spam", "positive", "x", "host", "gne:2", label=True),
        document("other", "paragraph", source="fundus:2"),
    ]
    seen: list[list[str]] = []

    def fit(kept: Prepared) -> Model:
        seen.append([d.id for d in kept.dev])
        raise Stop

    with pytest.raises(Stop):
        sources.measure("gne", {"gne": ("gne",)}, prepared(dev, []), fit)
    assert seen == [["spam", "other"]]


def figure(value: float, n: int) -> Figure:
    return Figure(value, max(0.0, value - 0.1), min(1.0, value + 0.1), n, n)


def test_means_over_families_and_sources() -> None:
    found = {
        "family/adult_cn": figure(0.8, 50),
        "family/adult_cn, native": figure(0.0, 0),
        "family/slot_id": figure(0.4, 5),
        "family/slot_id, native": figure(1.0, 1),
        "family/gambling_vi": figure(0.0, 0),
        "family/gambling_vi, native": figure(0.0, 29),
        "family/place tails, generated": figure(0.1, 200),
    }
    mean = families.macro(found)
    assert mean["family macro"].value == pytest.approx(0.6)
    assert mean["family macro, with families of native spam alone"].value == pytest.approx(0.4)
    shares = {"source/a/balanced/hard": figure(0.1, 10), "source/b/balanced/hard": figure(0.4, 30)}
    pooled = sources.pooled(shares)
    assert list(pooled) == ["source all/balanced/hard"]
    assert pooled["source all/balanced/hard"].value == pytest.approx(0.325)
    assert pooled["source all/balanced/hard"].n == 40
