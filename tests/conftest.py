"""Hypothesis profiles: quick by default, `ci` with more examples, both derandomised in CI."""

import os

from hypothesis import HealthCheck, settings

in_ci = bool(os.environ.get("CI"))
quiet = [HealthCheck.too_slow]
settings.register_profile(
    "quick", max_examples=50, deadline=None, derandomize=in_ci, suppress_health_check=quiet
)
settings.register_profile(
    "ci", max_examples=200, deadline=None, derandomize=True, suppress_health_check=quiet
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))
