"""Plan: a government plan as one object, and what is asked of it."""

from ipplan.plan.plan import Plan

__all__ = ["Plan"]
