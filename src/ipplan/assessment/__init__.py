"""Assessment: results with everything they rest on, and how they are told."""
