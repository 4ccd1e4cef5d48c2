"""What the school has agreed: purposes of pictures, and the clauses that decide."""
