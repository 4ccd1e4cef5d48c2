"""All rows and files as one bundle of JSON Lines, and an empty installation filled from it."""
