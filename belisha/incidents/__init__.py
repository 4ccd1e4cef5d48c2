"""What went wrong, and what came of it. For whom a case is about, it does not exist."""
