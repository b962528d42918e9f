"""Runs one command and says on stdout, as JSON, how it ended; started by :func:`tests.bench.started.run`.

A process begins with the peak memory of the one that started it (Linux carries it over), so that a small one has to
stand between a large benchmark and what it measures.
"""

import json
import os
import sys
import time


def main() -> None:
    """Run the command given as arguments, its output thrown away."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    began = time.perf_counter()
    pid = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, nowhere, 1)])
    _, status, usage = os.wait4(pid, 0)
    seconds = time.perf_counter() - began
    unit = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss, in bytes
    core_s = usage.ru_utime + usage.ru_stime
    print(json.dumps([seconds, core_s, usage.ru_maxrss * unit / 1e6, os.waitstatus_to_exitcode(status)]))


if __name__ == "__main__":
    main()
