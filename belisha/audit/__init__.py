"""What happened, by whom: append-only and hash-chained. It knows no other area."""
