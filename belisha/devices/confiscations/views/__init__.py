"""The pages of confiscations."""
