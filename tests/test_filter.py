"""What users of the library rely on: contract of verdicts, batching, cleaning, pickling."""

import gc
import multiprocessing
import pickle
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.bench import prose
from unstuff import Filter, InputError, ModelError, Page, Verdict
from unstuff.caps import Caps
from unstuff.reasons import Explainer

DATA = Path(__file__).parent / "data"
POINTS = ("precise", "balanced", "sensitive")


@pytest.fixture(scope="module")
def found_by() -> Filter:
    return Filter()


@pytest.fixture(scope="module")
def town_news() -> str:
    return (DATA / "town_news.txt").read_text("utf-8")


def score_in_worker(scorer: Filter, pages: list[Page]) -> list[list[Verdict]]:
    """For worker processes."""
    return list(scorer.score_pages(pages))


@pytest.mark.parametrize("point", POINTS)
def test_the_injected_list_is_found_at_every_point(point: str, town_news: str) -> None:
    verdicts = Filter(point=point).score_text(town_news)
    assert [verdict.found for verdict in verdicts] == [False] * (len(verdicts) - 1) + [True]


def test_a_found_block_names_the_place_list_and_its_provinces(found_by: Filter, town_news: str) -> None:
    reasons = {reason.name: reason for reason in found_by.score_text(town_news)[-1].reasons}
    assert reasons["place_names"].weight > 0
    assert "items are place names of" in reasons["place_names"].detail


def test_spans_and_offsets_slice_the_text_given(found_by: Filter, town_news: str) -> None:
    for verdict in found_by.score_text(town_news):
        assert town_news[verdict.start : verdict.end] == verdict.text
        assert verdict.spans == (((verdict.start, verdict.end),) if verdict.found else ())


def test_reasons_and_base_sum_to_the_log_odds(found_by: Filter, town_news: str) -> None:
    one_a_line = town_news.strip().replace("| ", "\n")
    page = Page.from_text(one_a_line)
    scored = found_by.model.score([page.paragraphs])
    explainer = Explainer(found_by.model, scored)
    rows = np.arange(len(page.paragraphs))
    terms = explainer.terms(rows)
    assert terms.sum(axis=1) == pytest.approx(scored.logits)
    for own, base, logit in zip(explainer.reasons(rows), terms[:, 0], scored.logits, strict=True):
        assert sum(reason.weight for reason in own) + base == pytest.approx(float(logit), abs=0.001)


def test_clean_text_takes_the_block_and_leaves_the_rest_as_it_was(found_by: Filter, town_news: str) -> None:
    block = found_by.score_text(town_news)[-1]
    expected = town_news[: block.start] + town_news[block.end :].removeprefix("\n")
    assert found_by.clean_text(town_news) == expected


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", "\x85", "\u2028", "\u2029"])
def test_clean_text_takes_one_break_with_a_line(found_by: Filter, town_news: str, line_break: str) -> None:
    lines = town_news.rstrip("\n").split("\n")
    text = line_break.join([*lines, "完", ""])
    assert found_by.clean_text(text) == line_break.join([*lines[:-1], "完", ""])


def test_clean_html_takes_the_block_and_leaves_the_other_paragraphs(found_by: Filter) -> None:
    html = (DATA / "town_news.html").read_bytes()
    kept = [verdict.text for verdict in found_by.score_html(html) if not verdict.found]
    cleaned = found_by.clean_html(html)
    assert isinstance(cleaned, bytes)
    assert [paragraph.text for paragraph in Page.from_html(cleaned).paragraphs] == kept
    assert len(kept) < len(Page.from_html(html).paragraphs)


def test_a_page_without_blocks_comes_back_as_it_was(found_by: Filter) -> None:
    html = (DATA / "clean_page.html").read_text("utf-8")
    assert not any(verdict.found for verdict in found_by.score_html(html))
    assert found_by.clean_html(html) is html


texts = st.lists(
    st.text(
        st.characters(codec=None) | st.sampled_from("县市区|、,_- \n\r\t精品在线县永年。jì()0９ＡI丨"), max_size=80
    ),
    max_size=6,
)


@settings(max_examples=150, deadline=None)
@given(texts)
@example(["0", "-0"])
def test_scoring_together_is_scoring_apart_bit_for_bit(documents: list[str]) -> None:
    scorer = Filter()
    together = list(scorer.score_texts(documents, reasons=True))
    assert together == [scorer.score_text(text, reasons=True) for text in documents]
    for text, verdicts in zip(documents, together, strict=True):
        for verdict in verdicts:
            assert text[verdict.start : verdict.end] == verdict.text


@settings(max_examples=30, deadline=None)
@given(texts)
def test_scoring_pages_together_is_scoring_them_apart(documents: list[str]) -> None:
    scorer = Filter()
    pages = [f"<title>{i}</title><p>{text}</p><ul><li>{text}</ul>" for i, text in enumerate(documents)]
    assert list(scorer.score_htmls(pages)) == [scorer.score_html(page) for page in pages]


def test_large_documents_cross_batches_unchanged(found_by: Filter, town_news: str) -> None:
    documents = [town_news * n for n in (1, 300, 2, 1)]
    assert list(found_by.score_texts(documents)) == [found_by.score_text(text) for text in documents]


def test_what_follows_in_the_batch_is_no_vocabulary_of_a_page() -> None:
    prose = (
        "Two fishing boats came in on Tuesday with engine trouble, and the crane on the quay stands still until May."
    )
    lines = ["cheap casino bonus", "free slots online", "best poker sites", "online betting odds", "casino jackpots"]
    page, scorer = "\n".join([prose, *lines, prose]), Filter()
    for begins in lines:
        assert next(scorer.score_texts([page, f"{begins} on Sundays"])) == scorer.score_text(page)


@pytest.mark.parametrize(
    "text", ["", "\n\n", " \u3000\t", "\0", "\ud800", "\u0301\u0301", "|", "||||", "()", "一(" * 10]
)
def test_odd_texts_are_scored(found_by: Filter, text: str) -> None:
    assert not any(verdict.found for verdict in found_by.score_text(text))
    assert found_by.clean_text(text) == text


GLUED = [prose.place_list(Random(i), 9, "") for i in range(40)]
"""Names with nothing between them: cut into words."""


def test_a_filter_survives_pickle_threads_fork_and_spawn(town_news: str) -> None:
    own = Filter(point="precise")
    pages = [
        *(Page.from_text(text) for text in (town_news, "\n".join(GLUED), *GLUED[:20])),
        *(Page.from_html(f"<p>{text}</p><ul hidden>{'<li>县</li>' * 30}</ul>") for text in (town_news, *GLUED[:9])),
    ]
    expected = [own.score_page(page) for page in pages]
    assert any(reason.name == "words" for verdicts in expected for verdict in verdicts for reason in verdict.reasons)
    again = pickle.loads(pickle.dumps(own))
    assert [again.score_page(page) for page in pages] == expected
    with ThreadPoolExecutor(32) as pool:
        assert list(pool.map(own.score_page, pages * 4)) == expected * 4
    for method in ("fork", "spawn"):
        with multiprocessing.get_context(method).Pool(1) as workers:
            assert workers.apply(score_in_worker, (own, pages)) == expected


UNCHANGED = """
import pkgutil, sys, importlib, types
import unstuff
for info in pkgutil.walk_packages(unstuff.__path__, "unstuff."):
    if ".integrations" not in info.name and "__main__" not in info.name:
        importlib.import_module(info.name)

def state():
    modules = [module for name, module in sys.modules.items() if name.split(".")[0] == "unstuff"]
    return {
        (module.__name__, name): (id(value), repr(value) if isinstance(value, (dict, list, set)) else "")
        for module in modules for name, value in vars(module).items() if not name.startswith("__")
    }

before = state()
scorer = unstuff.Filter()
text = sys.stdin.read()
list(scorer.score_texts([text] * 3))
scorer.clean_text(text)
html = "<p hidden>" + text.replace("\\n", "<p>")
scorer.clean_html(html + "<a href=//a.example.com>x</a><style>p{display:none}</style>")
after = state()
print(*sorted(".".join(name) for name in after if before.get(name) != after[name]))
"""


def test_scoring_changes_no_state_of_a_module_but_the_dictionary_it_loads(town_news: str) -> None:
    text = "\n".join([town_news, *GLUED]).encode()
    done = subprocess.run([sys.executable, "-c", UNCHANGED], input=text, capture_output=True, check=True)
    assert done.stdout.decode().split() == ["unstuff.features.segmenter._dictionary"]


def test_a_filter_with_another_model_travels_with_it(town_news: str) -> None:
    own = Filter(model=Filter().model, threshold=0.25)
    again = pickle.loads(pickle.dumps(own))
    assert again.threshold == 0.25
    assert again.score_text(town_news) == own.score_text(town_news)


# The Romance of the Three Kingdoms, 14th century, chapter 1, without its marks.
NOVEL = (
    "话说天下大势分久必合合久必分周末七国分争并入于秦及秦灭之后楚汉分争又并入于汉汉朝自高祖斩白蛇而起义一统天下后来光武中兴传至"
    "献帝遂分为三国推其致乱之由殆始于桓灵二帝桓帝禁锢善类崇信宦官及桓帝崩灵帝即位大将军窦武太傅陈蕃共相辅佐时有宦官曹节等弄权"
    "窦武陈蕃谋诛之机事不密反为所害中涓自此愈横",
    "建宁二年四月望日帝御温德殿方升座殿角狂风骤起只见一条大青蛇从梁上飞将下来蟠于椅上帝惊倒左右急救入宫百官俱奔避须臾蛇不见了"
    "忽然大雷大雨加以冰雹落到半夜方止坏却房屋无数建宁四年二月洛阳地震又海水泛溢沿海居民尽被大浪卷入海中光和元年雌鸡化雄六月朔"
    "黑气十余丈飞入温德殿中秋七月有虹现于玉堂五原山岸尽皆崩裂种种不祥非止一端",
    "帝下诏问群臣以灾异之由议郎蔡邕上疏以为蜺堕鸡化乃妇寺干政之所致言颇切直帝览奏叹息因起更衣曹节在后窃视悉宣告左右遂以他事陷"
    "邕于罪放归田里后张让赵忠封谞段珪曹节侯览蹇硕程旷夏恽郭胜十人朋比为奸号为十常侍帝尊信张让呼为阿父朝政日非以致天下人心思乱"
    "盗贼蜂起",
)


@pytest.mark.parametrize("joint", ["\n", ""])
def test_chinese_without_marks_is_content_however_long(joint: str) -> None:
    for verdicts in Filter().score_texts([*NOVEL, joint.join(NOVEL), joint.join(NOVEL * 4)]):
        assert not any(verdict.found for verdict in verdicts)


class Renamed(Filter):
    """A user's own."""

    title = ""


def test_a_filter_of_a_class_of_ones_own_stays_one(town_news: str) -> None:
    own = Renamed(threshold=0.25)
    own.title = "own"
    again = pickle.loads(pickle.dumps(own))
    assert isinstance(again, Renamed) and (again.title, again.threshold) == ("own", 0.25)
    assert again.score_text(town_news) == own.score_text(town_news)


def test_options_that_cannot_be_used_say_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="threshold cannot be used with point"):
        Filter(point="precise", threshold=0.5)
    with pytest.raises(InputError, match="'exact' is unknown"):
        Filter(point="exact")
    with pytest.raises(InputError, match=r"1\.5 is no number in \[0, 1\]"):
        Filter(threshold=1.5)
    with pytest.raises(ModelError, match=r"no config\.json"):
        Filter(model=tmp_path)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda f: f.score_text(b"x"), "a text is bytes, expected str; decode it"),
        (lambda f: f.score_text(None), "a text is NoneType, expected str"),
        (lambda f: f.score_html(None), "a page is NoneType, expected bytes or str"),
        (lambda f: f.clean_html(memoryview(b"<p>x")), "a page is memoryview, expected bytes or str"),
        (lambda f: f.score_html("<p>x", url=b"http://a/"), "a page's address is bytes, expected str"),
        (lambda f: f.score_texts("abc"), "a single text was given; give a list"),
        (lambda f: f.score_texts(None), "a NoneType was given; give a list of texts"),
        (lambda f: Filter(gazetteer=5), "gazetteer 5 is int, expected the path of a file of names"),  # type: ignore[arg-type]
        (lambda f: f.score_htmls(b"<p>x"), "a single page was given; give a list"),
        (lambda f: next(f.score_pages(Page.from_text("abc"))), "a Page was given; give a list of pages"),
        (lambda f: f.score_texts({"text": "abc"}), "a dict was given; give the one column of it that holds the texts"),
        (lambda f: f.score_texts(pa.table({"text": ["abc"]})), "a Table was given; give the one column"),
        (
            lambda f: f.score_htmls({"html": b"<p>x"}),
            "a dict was given; give the one column of it that holds the pages",
        ),
        (lambda f: f.score_page("abc"), "a page is str, expected unstuff.Page; make one by Page.from_text"),
        (lambda f: f.score_html(b"<p>x", encoding=5), "an encoding is int, expected its name"),
        (lambda f: Filter(model=["a"]), "model ['a'] is list, expected the path of a model folder"),  # type: ignore[arg-type]
        (lambda f: Filter(point=["a"]), "point ['a'] is list, expected the name of an operating point"),  # type: ignore[arg-type]
        (lambda f: Filter(caps={"a": 1}), "caps {'a': 1} is dict, expected unstuff.caps.Caps"),  # type: ignore[arg-type]
        (lambda f: Filter(point=""), "point '' is unknown"),
        (lambda f: Filter(threshold="0.5"), "threshold '0.5' is no number"),  # type: ignore[arg-type]
        (lambda f: Filter(caps=Caps(document_chars=2e7)), "cap document_chars is 20000000.0, expected a whole number"),  # type: ignore[arg-type]
        (lambda f: Filter(caps=Caps(document_chars=-(10**400))), "expected a whole number above 0"),
        (lambda f: Filter(caps=Caps(parse_s=float("nan"))), "cap parse_s is nan, expected a number above 0"),
        (lambda f: Filter(caps=Caps(markup_tags=None)), "cap markup_tags is None, expected a whole number"),  # type: ignore[arg-type]
    ],
)
def test_what_cannot_be_used_is_named(found_by: Filter, call: Callable[[Any], Any], said: str) -> None:
    with pytest.raises(InputError, match=re.escape(said)):
        call(found_by)


@pytest.mark.parametrize("broken", [None, RuntimeError("the list of pages ended early")])
def test_verdicts_on_what_came_before_an_error_are_given_first(
    found_by: Filter, town_news: str, broken: Exception | None
) -> None:
    def texts() -> Iterator[Any]:
        yield from (town_news, "fine")
        if broken:
            raise broken
        yield None

    scored = found_by.score_texts(texts())
    assert [next(scored), next(scored)] == list(found_by.score_texts([town_news, "fine"]))
    with pytest.raises(RuntimeError if broken else InputError):
        next(scored)


def test_garbage_is_collected_as_before_once_documents_are_scored() -> None:
    before = gc.get_threshold()
    seen = []

    def texts() -> Iterator[str]:
        for number in range(3):
            seen.append(gc.get_threshold())
            yield f"text {number}"
        raise OSError("lost")

    found = Filter().score_texts(texts())
    next(found)
    assert gc.get_threshold() == before
    with pytest.raises(OSError, match="lost"):
        list(found)
    assert gc.get_threshold() == before
    assert min(seen)[0] > before[0]
    gc.set_threshold(0)
    try:
        Filter().score_text("text")
        assert gc.get_threshold()[0] == 0
    finally:
        gc.set_threshold(*before)


def test_of_many_texts_the_one_that_is_none_is_told() -> None:
    with pytest.raises(InputError, match=r"text 1 \(of those given, from 0\): a text is NoneType, expected str"):
        list(Filter().score_texts(["a", None]))  # type: ignore[list-item]


def test_a_series_with_a_row_called_columns_is_no_table() -> None:
    pd = pytest.importorskip("pandas")
    assert len(list(Filter().score_texts(pd.Series({"columns": "fine"})))) == 1


@pytest.mark.parametrize("name", ["model", "gazetteer"])
def test_an_empty_path_is_refused_by_name(name: str) -> None:
    options: dict[str, Any] = {name: ""}
    with pytest.raises(InputError, match=f"{name} '' is empty, expected the path of"):
        Filter(**options)
