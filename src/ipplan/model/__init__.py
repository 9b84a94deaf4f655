"""The domain model: frozen value objects, in each indicator's own unit."""
