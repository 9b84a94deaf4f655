"""Benchmarks of frames: `python -m tests.benchmarks.frames`; hand-written queries and ours, beside.

Files are not named `test_*`: nothing here runs with the tests.
"""
