"""Programs that measure; run them by name, as in ``python -m tests.benchmarks.speed``."""
