"""The pages of devices: the board, the register, loans, visits, losses and checks."""
