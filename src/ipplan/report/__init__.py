"""Reports: plans and results as tables, for people and for programs."""
