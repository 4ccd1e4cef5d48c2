"""Can I…? One question in, yes, no or ask out, with each reason's clause. Pure: it asks no table.

The strictest reason decides. What is not known stays open, and then the answer is the strictest
that could apply, or it is "ask" and says what it hangs on (fail closed).
"""

from belisha.policy.asking.answering import answer, hangs_on
from belisha.policy.asking.question import (
    Asker,
    Deed,
    Of,
    On,
    Question,
    When,
    Where,
    With,
)
from belisha.policy.asking.reasons import Because, Remedy

__all__ = [
    "Asker",
    "Because",
    "Deed",
    "Of",
    "On",
    "Question",
    "Remedy",
    "When",
    "Where",
    "With",
    "answer",
    "hangs_on",
]
