"""Services and accounts that the head has approved for the school (clauses C.1, D.iv, A.2)."""
