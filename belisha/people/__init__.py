"""The school, its classes, pupils, families, staff and roles; sign-in; the import of rosters."""
