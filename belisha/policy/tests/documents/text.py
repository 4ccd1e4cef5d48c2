"""A small policy, and what stands before it."""

from datetime import date

from belisha.policy.outline import Item, Outline

STAFF = "B. Staff in a personal capacity"
POLICY = Outline(
    "Social media",
    (
        Item("", "Introduction", "We keep children safe."),
        Item("i", STAFF, "Staff never add pupils as friends.", "B"),
        Item("ii", STAFF, "The head agrees before pictures of events are posted.", "B"),
        Item("1", "C. Accounts", "The head approves every account.", "C"),
    ),
    {"author": "Mrs Zebrahart"},
)
FRONT = {
    "author": "Mrs Zebrahart",
    "checker": "Mr Lantern",
    "commitment": "We are all committed to keeping children safe.",
    "review_on": date(2027, 11, 20),
}
