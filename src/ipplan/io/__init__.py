"""Files: plans and actuals in, plans and results out."""
