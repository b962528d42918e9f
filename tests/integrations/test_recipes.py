"""The recipes of the integrations' README, run as they stand, print what is shown."""

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.integrations import need

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests" / "data"
README = (ROOT / "classifier" / "unstuff" / "integrations" / "README.md").read_text("utf-8")
SECTIONS = {section.partition("\n")[0]: section for section in README.split("\n## ")[1:]}
NEEDS = {
    "Scrapy": ["scrapy"],
    "trafilatura": ["trafilatura"],
    "datatrove": ["datatrove", "warcio", "magic", "cchardet"],
    "dolma": [],
    "PySpark": ["pyspark", "pyarrow"],
    "Ray Data": ["ray", "pyarrow"],
    "scikit-learn": ["pandas"],
    "NeMo Curator": [],
    "data-juicer": [],
}

# The shapes that two hosts document, for recipes whose hosts are not installed with the others.
_DOCUMENT_FILTER = """
class DocumentFilter:
    def __init__(self):
        self._name = type(self).__name__
"""
_MAPPER = """
class Mapper:
    def __init__(self, *args, **kwargs):
        self.text_key = kwargs.get("text_key", "text")
class OPERATORS:
    register_module = staticmethod(lambda name: lambda operator: operator)
"""


def blocks(section: str, language: str) -> list[str]:
    found: list[str] = re.findall(rf"^```{language}\n(.*?)^```", SECTIONS[section], re.M | re.S)
    return found


@pytest.fixture
def folder(tmp_path: Path, town_news: str) -> Path:
    """What the README says is in the folder, and the shapes."""
    clean = "Harbour log, week 14\nTwo boats came in on Tuesday and left on Wednesday.\n"
    rows = [{"id": "news", "url": "http://news.example/library", "text": town_news}]
    rows.append({"id": "harbour", "url": "http://harbour.example/log", "text": clean})
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (tmp_path / "pages.jsonl").write_text(lines, "utf-8")
    (tmp_path / "corpus" / "documents").mkdir(parents=True)
    (tmp_path / "corpus" / "documents" / "0.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    for name in ("town_news.html", "town_news.txt"):
        shutil.copy(DATA / name, tmp_path / name.removeprefix("town_"))
    for name, code in (
        ("nemo_curator/stages/text/filters/doc_filter.py", _DOCUMENT_FILTER),
        ("data_juicer/ops/base_op.py", _MAPPER),
    ):
        (tmp_path / "shapes" / name).parent.mkdir(parents=True)
        (tmp_path / "shapes" / name).write_text(code)
    return tmp_path


@pytest.mark.parametrize("host", NEEDS)
def test_a_recipe_prints_what_is_shown(host: str, folder: Path) -> None:
    need(*NEEDS[host], java=host == "PySpark")
    if host == "datatrove":
        from tests.integrations.test_datatrove import write_warc

        write_warc(folder / "crawl" / "0.warc.gz", {"http://news.example/": (folder / "news.html").read_bytes()})
    environment = os.environ | {
        "PYTHONPATH": str(folder / "shapes"),
        "PYSPARK_PYTHON": sys.executable,
        "SPARK_LOCAL_IP": "127.0.0.1",
        "PYTHONUTF8": "1",
    }
    command = [sys.executable, "-c", blocks(host, "python")[0]]
    run = subprocess.run(command, cwd=folder, env=environment, capture_output=True)
    assert run.returncode == 0, run.stderr.decode()
    assert run.stdout.decode() == blocks(host, "text")[-1]


def test_every_host_has_a_recipe() -> None:
    assert list(SECTIONS) == list(NEEDS)
    modules = {path.stem for path in (ROOT / "classifier" / "unstuff" / "integrations").glob("*.py")}
    named = set(re.findall(r"^\|.*`integrations\.(\w+)`", README, re.M))
    assert named == modules - {"__init__", "arrow", "extras", "scoring", "worker"}
