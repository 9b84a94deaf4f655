"""The hand-written query in SQL, as DuckDB and Spark both read it."""

GIVEN = "region, indicator, period, value"
DUE = "low, way, final, overdue, aim_floor, aim_ceil"

FIGURES = """
    expected,
    value BETWEEN floor AND ceil AS met,
    CASE WHEN way > 0 THEN value / low
         WHEN way < 0 THEN low / nullif(value, 0e0)
         WHEN value < low THEN value / low
         WHEN value > high THEN high / value
         WHEN value IS NOT NULL AND low IS NOT NULL THEN 1e0 END AS ratio,
    CASE WHEN way <> 0 THEN (value - base) / span
         WHEN value < low THEN 1e0 - (low - value) / span
         WHEN value > high THEN 1e0 - (value - high) / span
         WHEN value IS NOT NULL AND span IS NOT NULL THEN 1e0 END AS progress
"""

WORDS = """
    CASE WHEN ratio > 1 THEN 100e0 WHEN ratio < 0 THEN 0e0 ELSE 100e0 * ratio END AS score,
    CASE WHEN met IS NULL THEN NULL
         WHEN final AND met AND (value - low) * way > 0 THEN 'exceeded'
         WHEN final AND met THEN 'met'
         WHEN overdue THEN 'overdue'
         WHEN final AND ratio >= 0.9e0 THEN 'nearly_met'
         WHEN final THEN 'not_met'
         WHEN ratio IS NULL THEN NULL
         WHEN met AND value BETWEEN aim_floor AND aim_ceil THEN 'achieved_early'
         WHEN ratio >= 1.05e0 THEN 'ahead'
         WHEN ratio >= 0.95e0 THEN 'on_track'
         ELSE 'behind' END AS status,
    CASE WHEN ratio IS NOT NULL THEN 'scored'
         WHEN low IS NULL THEN 'not_due'
         WHEN value IS NULL THEN 'missing'
         ELSE 'not_computable' END AS state,
    CASE WHEN ratio IS NOT NULL THEN NULL
         WHEN low IS NULL THEN 'before_first_milestone'
         WHEN value IS NULL THEN 'not_reported'
         ELSE 'actual_is_zero' END AS reason
"""

GROUPS = """
    avg(score) AS score,
    count(score) / nullif(count(CASE WHEN state <> 'not_due' THEN 1 END), 0) AS coverage,
    count(CASE WHEN state <> 'not_due' THEN 1 END) AS due,
    count(score) AS scored
"""
