"""Tests of integrations run the real hosts; those whose host is not installed are skipped."""

import importlib
import os
import shutil

import pytest


def need(*packages: str, java: bool = False) -> None:
    """Skip a test, or a module of them, whose host is not installed; with UNSTUFF_REQUIRE_HOSTS set, fail instead."""
    missing = [name for name in packages if not _is_there(name)]
    if java and shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        missing.append("Java")
    if not missing:
        return
    reason = f"{' and '.join(missing)} not installed: pip install -e '.[hosts]'"
    if os.environ.get("UNSTUFF_REQUIRE_HOSTS"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason, allow_module_level=True)


def _is_there(package: str) -> bool:
    try:
        importlib.import_module(package)  # being found is not enough: some need a library of the system
    except ImportError:
        return False
    return True
