"""Reading the collected data: on a collection made up here, and on the real one where UNSTUFF_DATA points to it."""

import gzip
import json
import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from training import corpus, origins
from training.near_duplicates import near_duplicates
from unstuff.errors import InputError
from unstuff.labels import Labelled, read_labelled, text_page

SENTENCE = (
    "The council met on Monday and agreed that the old bridge over the river will be repaired by winter, said {}."
)
LONG = "The library opens again next week with longer hours, more tables for reading and a room for the children."
HIDDEN = "<div style='display:none'>casino <b>slots</b></div>"
SPAM = "casino| slots| poker| roulette| bets|"


def write(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    content = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)


def positive(name: str, campaign: str, **fields: Any) -> dict[str, Any]:
    return {
        "id": name, "family": "gambling", "lang": "en", "text": SPAM, "mode": "injected_block", "source": "pages:x",
        "campaign": campaign, "is_block": True, **fields,
    }  # fmt: skip


def part(text: str, label: str = "content") -> dict[str, str]:
    return {"text": text, "label": label}


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    write(
        tmp_path / "positives.jsonl",
        [
            positive("plain", "m.hacked.example.com"),
            positive("prose", "other.example", is_block=False),
            positive("marked", "network of links", html=HIDDEN, text="casino slots"),
            positive("unsure", "unsure.example", doubtful="reason", mode="native_spam"),
        ],
    )
    page = {"id": "page", "source": "pages:http://www.hacked.example.com/1", "campaign": "example.com"}
    seed = {"id": "seed_prototype", "source": "seed", "campaign": "seed"}
    write(
        tmp_path / "pages_labelled.jsonl",
        [
            page | {"paragraphs": [part(SPAM, "keyword_block"), part(SENTENCE.format("one"))]},
            seed | {"paragraphs": [part("An article."), part("a| b| c|", "keyword_block")]},
        ],
    )
    write(
        tmp_path / "hard_negatives.jsonl.gz",
        [
            {"text": "Bread Milk", "kind": "price_list", "lang": "en", "source": "postlight:www.shop.co.uk--list.html"},
            {
                "text": "News Sport",
                "kind": "site_nav",
                "lang": "en",
                "source": "trafilatura:eval__a.daily.org.may.html",
            },
        ],
    )
    write(
        tmp_path / "paragraphs.jsonl.gz",
        [
            {"text": "A shop opened.", "lang": "en", "source": "postlight:www.shop.co.uk.html"},
            {"text": LONG, "lang": "en", "source": "fundus:one.html"},
            {"text": f"Today. {LONG}", "lang": "en", "source": "fundus:two.html"},
            {"text": "Clean words beside a casino bonus now.", "lang": "en", "source": "gne:tests__bad__1.html"},
            {"text": "第一条。", "lang": "zh", "source": "Laws:河道法(2010-01-01).md"},
            {"text": "第二条。", "lang": "zh", "source": "Laws:DLC/河道法(2020-01-01).md"},
        ],
    )
    write(
        tmp_path / "comments_id.jsonl.gz",
        [
            {"text": "bagus", "lang": "id", "promotes_gambling": False, "source": "c"},
            {"text": "main di sini", "lang": "id", "promotes_gambling": True, "source": "c"},
        ],
    )
    write(tmp_path / "flagged_spam.jsonl", [{"text": "a casino  bonus now", "source": "pages:y"}])
    html = "<title>Town</title><p>The bridge is open.</p>"
    url = "https://www.one.example/a"
    write(tmp_path / "html" / "fundus.jsonl.gz", [{"id": "fundus:one.html", "lang": "en", "url": url, "html": html}])
    return tmp_path


def by_id(documents: Iterable[Labelled]) -> dict[str, Labelled]:
    return {document.id: document for document in documents}


def test_every_kind_is_read_with_its_labels(collection: Path) -> None:
    found = by_id(corpus.load(collection))
    assert "prose" not in found, "spam prose is not a block"
    assert (found["plain"].kind, found["plain"].family) == ("positive", "gambling")
    assert found["plain"].source == "injected_block", "the mode"
    assert found["marked"].page.is_html
    assert all(found["marked"].labels)
    assert found["unsure"].kind == "doubtful"
    assert corpus.is_native(found["unsure"])
    assert found["page"].labels == (True, False)
    assert found["hard_negatives:0"].kind == "price_list"
    assert {name.split(":")[0] for name, own in found.items() if corpus.is_hard_negative(own)} == {"hard_negatives"}
    assert (found["fundus:one.html"].kind, any(found["fundus:one.html"].labels)) == ("html_page", False)
    assert sum(document.kind == "comment" for document in found.values()) == 1
    assert all(len(document.labels) == len(document.page.paragraphs) for document in found.values())


def test_injected_blocks_are_beyond_doubt_and_of_pages_that_are_not_all_spam() -> None:
    kinds = {"one": ("", "positive"), "native": ("native_spam", "positive"), "unsure": ("", "doubtful")}
    documents = [
        Labelled(name, text_page([SPAM]), (True,), "g", source=source, kind=kind)
        for name, (source, kind) in kinds.items()
    ]
    assert [document.id for document in corpus.injected(documents)] == ["one"]


def test_one_group_key_over_all_files(collection: Path) -> None:
    group = {name: document.group for name, document in by_id(corpus.load(collection)).items()}
    assert group["plain"] == group["page"] == "example.com"
    assert group["hard_negatives:0"] == group["paragraphs:0"] == "shop.co.uk"
    assert group["hard_negatives:1"] == "daily.org"
    assert group["fundus:one.html"] == group["paragraphs:1"] == "one.example"
    assert group["paragraphs:2"] == "one.example", "a near duplicate shares the group"
    assert group["paragraphs:4"] == group["paragraphs:5"], "versions of one law"
    assert group["marked"] == "network of links"


def test_documents_with_flagged_spam_are_left_out_and_counted(collection: Path) -> None:
    lines: list[str] = []
    found = by_id(corpus.load(collection, lines.append))
    assert "paragraphs:3" not in found
    assert any("1 clean documents left out" in line for line in lines)
    assert any("largest" in line for line in lines)


def test_fixes_change_labels_or_drop(collection: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(corpus.FIXES, "page", corpus.Fix("the first line is a heading", {0: False}))
    monkeypatch.setitem(corpus.FIXES, "plain", corpus.Fix("not spam", drop=True))
    found = by_id(corpus.load(collection))
    assert found["page"].labels == (False, False)
    assert "plain" not in found


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("www.example.com", "example.com"),
        ("m.example.com.cn", "example.com.cn"),
        ("A.B.example.co.uk:8080", "example.co.uk"),
        ("one.blogspot.com", "one.blogspot.com"),
        ("example.cn", "example.cn"),
        ("localhost", "localhost"),
    ],
)
def test_registrable_domains(host: str, domain: str) -> None:
    assert origins.registrable(host) == domain


def test_near_duplicates() -> None:
    texts = [LONG, LONG.upper().replace(" ", " - "), "Contact us", "Contact us", SENTENCE]
    assert near_duplicates(texts, range(len(texts))) == [(0, 1)]
    assert near_duplicates([LONG, LONG], ["same", "same"]) == []
    assert near_duplicates([], []) == []


def test_simplified_and_traditional_are_duplicates_and_glosses_do_not_matter() -> None:
    plain = "昨天下午三点，村里的老人和小孩一起到河边看新修好的石桥，大家都说这座桥比原来的那座更宽更结实，"
    plain += "明年春天还要在桥边种上柳树和桃花。"
    mirrored = "昨天下午三點，村里的老人和小孩一起到河邊(biān)看新修好的石橋(qiáo)，大家"
    mirrored += "都說這座橋比原來的那座更寬更結(jié)實，明年春天還要在橋邊種上柳樹和桃花。"
    assert near_duplicates([plain, mirrored], ["a", "b"]) == [(0, 1)]


def test_boilerplate_of_many_groups_joins_nothing() -> None:
    assert near_duplicates([SENTENCE] * 20, range(20)) == []


def document(group: str, family: str = "", kind: str = "paragraph", name: str = "") -> Labelled:
    labels = (bool(family),)
    return Labelled(name or group, text_page(["x"]), labels, group, family=family, source="set:file", kind=kind)


def made_up() -> list[Labelled]:
    spam = [document(f"host{i}.example", family, "positive") for i in range(40) for family in [("a", "b")[i % 2]]]
    clean = [document(f"clean{i // 3}") for i in range(600)]
    return [*spam, *clean, document("host1.example", kind="tags"), document("seed", "a", "page", corpus.SEED_PAGE)]


def test_split_never_cuts_a_group_and_takes_a_quarter_of_each_family() -> None:
    parts = corpus.split(made_up())
    groups = {side: {d.group for d in documents} for side, documents in parts.items()}
    assert not groups["dev"] & groups["test"]
    assert sum(map(len, parts.values())) == len(made_up())
    for family in "ab":
        assert 4 <= len({d.group for d in parts["test"] if d.family == family}) <= 7
    assert 0.2 < len([g for g in groups["test"] if g.startswith("clean")]) / 200 < 0.3
    assert corpus.SEED_PAGE in {d.id for d in parts["test"]}


def test_split_does_not_depend_on_the_order_of_documents() -> None:
    forward, backward = corpus.split(made_up()), corpus.split(made_up()[::-1])
    assert {d.group for d in forward["test"]} == {d.group for d in backward["test"]}


def test_folds_keep_groups_whole_and_spread_families() -> None:
    documents = made_up()
    fold = corpus.folds(documents, 5)
    assert fold.tolist() == corpus.folds(documents, 5).tolist()
    assert set(fold.tolist()) == set(range(5))
    of: dict[str, int] = {}
    for one, k in zip(documents, fold.tolist(), strict=True):
        assert of.setdefault(one.group, k) == k
    for family in "ab":
        assert {int(k) for one, k in zip(documents, fold, strict=True) if one.family == family} == set(range(5))
    assert np.bincount(fold).min() > len(documents) / 5 * 0.9
    with pytest.raises(InputError, match="k is 1"):
        corpus.folds(documents, 1)


def test_the_command_writes_what_read_labelled_reads(
    collection: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "out.jsonl"
    corpus.main(["--data", str(collection), "--output", str(output)])
    assert "gambling" in capsys.readouterr().out
    again = list(read_labelled([output]))
    documents = corpus.load(collection)
    assert [(d.id, d.group, d.labels) for d in again] == [(d.id, d.group, d.labels) for d in documents]


def test_the_command_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("UNSTUFF_DATA", raising=False)
    with pytest.raises(SystemExit) as caught:
        corpus.main([])
    assert caught.value.code == 2
    assert "--data DIR" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        corpus.main(["--data", str(tmp_path)])
    assert "positives.jsonl" in capsys.readouterr().err


needs_data = pytest.mark.skipif("UNSTUFF_DATA" not in os.environ, reason="UNSTUFF_DATA is not set")


@cache
def real() -> list[Labelled]:
    return corpus.load(Path(os.environ["UNSTUFF_DATA"]))


@needs_data
def test_the_collection_has_no_giant_group() -> None:
    sizes: dict[str, int] = {}
    for one in real():
        sizes[one.group] = sizes.get(one.group, 0) + 1
    assert max(sizes.values()) < 0.05 * len(real())


@needs_data
def test_the_collection_splits_with_blocks_on_both_sides() -> None:
    parts = corpus.split(real())
    assert not {d.group for d in parts["dev"]} & {d.group for d in parts["test"]}
    assert corpus.SEED_PAGE in {d.id for d in parts["test"]}
    for documents in parts.values():
        assert sum(d.family == "adult_cn" for d in documents) >= 10
    fold = corpus.folds(parts["dev"], 5)
    adult = {int(k) for d, k in zip(parts["dev"], fold, strict=True) if d.family == "adult_cn"}
    assert adult == set(range(5))
