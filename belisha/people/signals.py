"""What the areas above must hear, so that they can let go of what they keep about a person."""

from django.dispatch import Signal

# In the transaction of the erasure, after the names are gone. `pupil`: the blanked row.
pupil_erased = Signal()
