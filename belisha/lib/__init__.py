"""Pure helpers that know no table and no page."""
