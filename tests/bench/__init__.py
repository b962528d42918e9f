"""Speed against peers and floors: ``python -m tests.bench.speed``. Nothing here decides whether a test passes."""
