"""The import direction of the package, read from its source."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "classifier" / "unstuff"

# A module may import what stands on the same level or on one before it.
LEVELS = (
    ("errors", "entities", "misread", "hashing", "durable", "arrays", "json_line", "collecting"),
    ("caps", "binary", "extras"),
    ("unpacking",),
    ("normalise", "page", "html", "mirror"),
    ("features",),
    ("stages", "parts", "model", "importance", "tables", "artifact", "gazetteer", "reasons"),
    ("verdict",),
    ("windows",),
    ("filter",),
    ("labels", "fit", "evaluation", "measure", "card"),
    ("sources", "excerpt"),
    ("explain", "integrations"),
    ("crawl", "report", "review"),
    ("cli", "__main__"),
)
LEVEL = {name: level for level, names in enumerate(LEVELS) for name in names}
FAMILIES = ("ngrams", "shape", "places", "links")
# They read on from what families found.
ABOVE = ("context", "words")


def imported(path: Path, package: str = "unstuff") -> list[str]:
    """Modules of a package that a file imports, anywhere in it."""
    found: list[str] = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            within = [f"{node.module}.{alias.name}" for alias in node.names]
            found += within if node.module == package else [node.module, *within]
    # The package itself imports what it offers, Filter at most.
    own = (name for name in found if name.split(".")[0] == package)
    return ["filter" if name == "unstuff" else name.removeprefix(f"{package}.") for name in own]


MODULES = {
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts): path
    for path in sorted(PACKAGE.rglob("*.py"))
    if path != PACKAGE / "__init__.py"
}


@pytest.mark.parametrize("module", MODULES)
def test_modules_import_only_what_stands_before_them(module: str) -> None:
    own = LEVEL[module.split(".")[0]]
    for name in imported(MODULES[module]):
        top = name.split(".")[0]
        assert top in LEVEL, f"{module} imports {name} from the package; import it from its module"
        assert LEVEL[top] <= own, f"{module} imports {name}"


def test_contributing_names_the_same_levels() -> None:
    text = " ".join((PACKAGE.parents[1] / "CONTRIBUTING.md").read_text("utf-8").split())
    said = text.split("Imports go one way only: ")[1].split(". ")[0]
    assert said + ", __main__" == " < ".join(map(", ".join, LEVELS))


@pytest.mark.parametrize("family", FAMILIES)
def test_feature_families_never_import_each_other(family: str) -> None:
    others = {f"features.{name}" for name in (*FAMILIES, *ABOVE) if name != family}
    assert not others & set(imported(PACKAGE / "features" / f"{family}.py"))


def test_what_measures_knows_no_protocol() -> None:
    for path in (ROOT / "training" / "evaluate").glob("*.py"):
        names = imported(path, "training")
        assert not [name for name in names if name.split(".")[0] == "protocols"], path.name


def test_importing_and_scoring_loads_no_heavy_library() -> None:
    code = (
        "import sys, unstuff; unstuff.Filter().score_text('x');"
        "heavy = {'sklearn', 'scipy', 'jieba', 'pyarrow', 'pandas', 'rich', 'click', 'joblib', 'fastwarc'};"
        "heavy &= set(sys.modules);"
        "print(sorted(heavy))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
