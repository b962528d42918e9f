"""Shell completion: verbs, options, operating points, files; and that the examples of the help can be typed."""

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from unstuff.cli import VERBS, main

SHELLS = ("bash", "zsh", "fish")


def completions(shell: str, typed: str) -> list[str]:
    """What a shell is told of words typed, the last of them unfinished."""
    words = typed.split(" ")
    at = words[-1] if shell == "fish" else str(len(words) - 1)
    env = {"_UNSTUFF_COMPLETE": f"{shell}_complete", "COMP_WORDS": typed, "COMP_CWORD": at}
    return CliRunner().invoke(main, [], env=env, prog_name="unstuff").stdout.splitlines()


@pytest.mark.parametrize("shell", SHELLS)
def test_verbs_and_points_are_completed(shell: str) -> None:
    for typed, expected in (("unstuff ", VERBS), ("unstuff score --point ", ("precise", "balanced", "sensitive"))):
        offered = completions(shell, typed)
        # bash has "kind,value", zsh three lines each, fish "kind,value<tab>help".
        values = offered[1::3] if shell == "zsh" else [line.split(",", 1)[1].split("\t")[0] for line in offered]
        assert tuple(values) == expected


@pytest.mark.parametrize("verb", VERBS)
def test_every_option_is_completed(verb: str) -> None:
    command = main.get_command(click.Context(main), verb)
    assert command
    options = {name for one in command.params if isinstance(one, click.Option) for name in one.opts if "--" in name}
    offered = {line.split(",")[1] for line in completions("bash", f"unstuff {verb} --")}
    assert options <= offered


def test_files_and_folders_are_left_to_the_shell() -> None:
    for typed, kind in (
        ("unstuff score ", "file"), ("unstuff report ", "file"), ("unstuff evaluate ", "file"),
        ("unstuff score --output ", "file"), ("unstuff info --model ", "dir"), ("unstuff compare ", "dir"),
    ):  # fmt: skip
        assert [line.split(",")[0] for line in completions("bash", typed)] == [kind], typed


@pytest.mark.parametrize("shell", SHELLS)
def test_each_shell_gets_its_script(shell: str) -> None:
    result = CliRunner().invoke(main, [], env={"_UNSTUFF_COMPLETE": f"{shell}_source"}, prog_name="unstuff")
    assert f"{shell}_complete" in result.stdout


@pytest.mark.skipif(not shutil.which("bash"), reason="no bash")
def test_bash_completes_with_it() -> None:
    typed = "COMP_WORDS=(unstuff score --point s); COMP_CWORD=3; _unstuff_completion unstuff"
    script = f'eval "$(_UNSTUFF_COMPLETE=bash_source unstuff)"; {typed}; echo "${{COMPREPLY[@]}}"'
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    run = subprocess.run(["bash", "-c", script], env={**os.environ, "PATH": path}, capture_output=True, check=True)
    assert run.stdout.decode().strip() == "sensitive"


@pytest.mark.parametrize("verb", VERBS)
def test_examples_of_the_help_are_understood(verb: str) -> None:
    command = main.get_command(click.Context(main), verb)
    assert command and command.help
    examples = [line.split(f"unstuff {verb}")[1] for line in command.help.splitlines() if f"  unstuff {verb}" in line]
    assert examples
    for example in examples:
        arguments = shlex.split(example.split(">")[0].split("|")[0])
        assert command.make_context(verb, arguments).params
