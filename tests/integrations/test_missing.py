"""Hosts that are not installed, and hosts that nobody asked for."""

import subprocess
import sys
from pathlib import Path

import pytest

import unstuff.integrations
from unstuff import MissingExtra
from unstuff.integrations.extras import extra

PACKAGE = Path(unstuff.integrations.__file__).parent
HOSTS = {"datatrove": "datatrove", "ray": "ray", "scrapy": "scrapy", "spark": "pyspark", "trafilatura": "trafilatura"}

# Runs where hosts are installed and where they are not: the one is hidden, what else the module imports is made up.
_WITHOUT = """
import importlib.abc, importlib.machinery, sys
from unittest.mock import MagicMock

class Without(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path=None, target=None):
        top = name.partition(".")[0]
        if top == sys.argv[2]:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        if top in ("pyarrow", "itemadapter", "twisted"):
            return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def exec_module(self, module):
        module.__getattr__ = lambda name: MagicMock()

sys.meta_path.insert(0, Without())
from unstuff import MissingExtra
try:
    importlib.import_module("unstuff.integrations." + sys.argv[1])
except MissingExtra as error:
    print(error)
"""


@pytest.mark.parametrize(("host", "package"), [*HOSTS.items(), ("spark", "pyarrow"), ("ray", "pyarrow")])
def test_a_missing_host_is_answered_with_the_pip_command(host: str, package: str) -> None:
    run = subprocess.run([sys.executable, "-c", _WITHOUT, host, package], capture_output=True, text=True, check=True)
    expected = f"integrations.{host} needs {package}, which is not installed; run: pip install 'unstuff[{host}]'"
    assert run.stdout.strip() == expected


def test_every_extra_that_is_named_is_one() -> None:
    pyproject = (Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8")
    for host in HOSTS:
        assert f"\n{host} = [" in pyproject
        assert (PACKAGE / f"{host}.py").exists()


def test_what_a_host_itself_misses_is_reported_as_it_is() -> None:
    with pytest.raises(ModuleNotFoundError) as caught, extra("spark", "pyspark"):
        raise ModuleNotFoundError("No module named 'py4j'", name="py4j.java_gateway")
    assert not isinstance(caught.value, MissingExtra)


def test_importing_unstuff_imports_no_host() -> None:
    hosts = sorted({*HOSTS.values(), "pyarrow", "pandas", "twisted", "itemadapter"})
    code = f"import sys, unstuff, unstuff.cli; print([name for name in {hosts!r} if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
