"""Rewrite the public suffix list that the package ships: ``python -m training.public_suffixes``."""

from __future__ import annotations

import argparse
from importlib.metadata import version
from pathlib import Path

TARGET = Path(__file__).parents[1] / "classifier" / "unstuff" / "data" / "public_suffixes.txt"


def main(arguments: list[str] | None = None) -> None:
    """One rule a line, in punycode and sorted, from the list that PyPI publicsuffixlist carries."""
    parser = argparse.ArgumentParser(
        prog="python -m training.public_suffixes", description="Rewrite the package's public_suffixes.txt."
    )
    parser.add_argument("--output", type=Path, default=TARGET)
    output: Path = parser.parse_args(arguments).output
    import publicsuffixlist

    source = Path(publicsuffixlist.__file__).with_name("public_suffix_list.dat").read_text("utf-8")
    lines = source.splitlines()
    stamp = next(line for line in lines if line.startswith("// VERSION: ")).removeprefix("// VERSION: ")
    rules = sorted({_ascii(line.split()[0]) for line in lines if line.strip() and not line.startswith("//")})
    head = [
        "# Public Suffix List (https://publicsuffix.org), ICANN and private sections; comments removed, rules in "
        "punycode.",
        f"# List of {stamp}, from PyPI publicsuffixlist {version('publicsuffixlist')}.",
        "# Licence: Mozilla Public License 2.0, https://mozilla.org/MPL/2.0/",
    ]
    output.write_text("\n".join([*head, *rules]) + "\n", "ascii")


def _ascii(rule: str) -> str:
    """A rule in punycode: 公司.cn -> xn--55qx5d.cn."""
    return ".".join(
        label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii") for label in rule.split(".")
    )


if __name__ == "__main__":
    main()
