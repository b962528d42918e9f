"""Fuzz a target for a while: ``python -m tests.fuzz TARGET --seconds N [--corpus DIR]``; "all" takes one on each core.

Begins with the seeds in ``tests/fuzz/corpus/TARGET``; what ``--corpus`` holds is added, and new inputs are kept there.
Prints executions and findings, and exits with 1 when there are findings, whose inputs are saved in ``--findings``.
Needs ``pip install -e '.[fuzz]'``.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

TARGETS = ("text", "html", "jsonl", "model")
SEEDS = Path(__file__).parent / "corpus"
_HANG_S = 30  # an input that takes longer hangs
_MEMORY_MB = 4096
_ROUND_S = 120  # what Atheris keeps of every comparison is 4 GB after four minutes
_EXECUTED = re.compile(r"stat::number_of_executed_units:\s+(\d+)")
_PROGRESS = re.compile(r"^#\d+\t.*\n", re.M)  # of inputs that reached something new


def fuzz(target: str, seconds: int, seed: int, corpus: Path, findings: Path) -> tuple[int, list[Path]]:
    """Executions, and the inputs that broke a promise."""
    findings.mkdir(parents=True, exist_ok=True)
    before = set(findings.iterdir())
    rounds = [min(_ROUND_S, seconds - at) for at in range(0, seconds, _ROUND_S)]
    n_executed = sum(_round(target, each, seed and seed + i, corpus, findings) for i, each in enumerate(rounds))
    found = sorted(set(findings.iterdir()) - before)
    if not n_executed and not found:
        raise SystemExit(f"{target}: no input was tried")
    for path in found:  # where the machine is thrown away, what is printed is all that is left of it
        print(f"{path}: {path.read_bytes()!r}", file=sys.stderr)
    return n_executed, found


def _round(target: str, seconds: int, seed: int, corpus: Path, findings: Path) -> int:
    """One process, and its executions."""
    limits = (
        f"-max_total_time={seconds}",
        f"-seed={seed}",
        f"-timeout={_HANG_S}",
        f"-report_slow_units={_HANG_S}",
        f"-rss_limit_mb={_MEMORY_MB}",
        "-max_len=4096",
    )
    flags = (*limits, "-print_final_stats=1", f"-artifact_prefix={findings}/", str(corpus), str(SEEDS / target))
    command = [sys.executable, "-m", "tests.fuzz.run", target, str(findings), *flags]
    before = set(findings.iterdir())
    env = os.environ | {"PYTHONHASHSEED": str(seed) if seed else "random"}
    done = subprocess.run(command, env=env, stderr=subprocess.PIPE, text=True, errors="backslashreplace", check=False)
    executed = _EXECUTED.search(done.stderr)
    if "FINDING" in done.stderr or done.returncode or not executed:
        print(_PROGRESS.sub("", done.stderr)[-20_000:], file=sys.stderr)
    if (done.returncode or not executed) and set(findings.iterdir()) == before:
        raise SystemExit(f"{target}: ended with {done.returncode} and no finding")
    return int(executed[1]) if executed else 0


def main(arguments: list[str]) -> int:
    """Fuzz, print, and say by the exit code whether something was found."""
    parser = argparse.ArgumentParser("python -m tests.fuzz", description=__doc__)
    parser.add_argument("target", choices=[*TARGETS, "all"])
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--seed", type=int, default=0, help="for nearly the same inputs each time; 0 takes another one")
    parser.add_argument("--corpus", type=Path, help="folder that inputs are read from and added to")
    parser.add_argument("--findings", type=Path, default=Path("fuzz-findings"))
    options = parser.parse_args(arguments)
    targets = TARGETS if options.target == "all" else (options.target,)
    n_found = 0
    with tempfile.TemporaryDirectory() as own, ThreadPoolExecutor(os.cpu_count()) as pool:

        def run(target: str) -> tuple[int, list[Path]]:
            corpus = (options.corpus or Path(own)) / target
            corpus.mkdir(parents=True, exist_ok=True)
            return fuzz(target, options.seconds, options.seed, corpus, options.findings / target)

        for target, (n_executed, found) in zip(targets, pool.map(run, targets), strict=True):
            print(f"{target}: {n_executed:,} executions, {len(found)} findings", *found, sep="\n  ", flush=True)
            n_found += len(found)
    return int(n_found > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
