"""What each family answered, when, and what counts today."""
