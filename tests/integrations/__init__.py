"""Tests of integrations run the real hosts; those whose host is not installed are skipped."""

import importlib.util
import os
import shutil

import pytest


def need(*packages: str, java: bool = False) -> None:
    """Skip a test, or a module of them, whose host is not installed; with UNSTUFF_REQUIRE_HOSTS set, fail instead."""
    missing = [name for name in packages if importlib.util.find_spec(name) is None]
    if java and shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        missing.append("Java")
    if not missing:
        return
    reason = f"{' and '.join(missing)} not installed: pip install -e '.[hosts]'"
    if os.environ.get("UNSTUFF_REQUIRE_HOSTS"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason, allow_module_level=True)
