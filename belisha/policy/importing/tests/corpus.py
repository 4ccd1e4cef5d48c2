"""Documents of our own, each numbered and laid out as some school does it."""

# ruff: noqa: E501 -- documents stand here as they are printed

from belisha.policy.importing.tests.making import Bullet, Clause, Heading, Made, Para

FRONT = (
    ("Author", "Wren Example"),
    ("Approved by", "Full governing body"),
    ("Date approved", "4 March 2025"),
    ("Next review date", "March 2027"),
    ("Version", "3.1"),
)
FOUND = {
    "author": "Wren Example",
    "approved_by": "Full governing body",
    "approved": "4 March 2025",
    "review": "March 2027",
    "version": "3.1",
}

ROMAN = Made(
    "Pictures and Posts Policy",
    (
        Heading("Pupils and the web", "A."),
        Para(
            "Children learn about the web with a grown-up beside them, and this part says how that is done."
        ),
        Bullet("No child has an account on a network that is meant for adults."),
        Bullet("A phone that rings in class waits in the office until home time."),
        Heading("What staff do in their own time", "B."),
        Para(
            "Adults have lives of their own, and the following keeps both sides of that life safe:"
        ),
        Clause("i.", "Nobody on the staff accepts a pupil as a contact."),
        Clause(
            "ii.",
            "A picture of an event is posted only after the head has said yes to it in writing.",
        ),
        Clause("iii.", "Nobody opens a feed while a lesson is going on"),
        Clause(
            "iv.", "Settings of privacy are looked at once a term and mended where that is needed."
        ),
        Clause("v.", "Unkind words about colleagues are never posted."),
        Clause("vi.", "Guidance is read anew each September."),
        Para(
            "Whoever breaks this talks to the head first, and the head writes down what came of it."
        ),
        Heading("Accounts of the school", "C."),
        Para("The head agrees to each account before anybody opens it."),
        Clause("i.", "Two adults hold the password."),
        Clause("ii.", "It is renewed every year."),
    ),
    FRONT,
    counting=(("A", "%1."), ("i", "%2.")),
)
DECIMAL = Made(
    "Mobile Devices Policy",
    (
        Heading("Introduction", "1"),
        Clause("1.1", "This policy covers every device that can take a picture or reach the web."),
        Clause(
            "1.2", "It applies to everybody on the site, at any time of the day and in any room."
        ),
        Heading("Phones of pupils", "2"),
        Clause(
            "2.1", "Pupils hand in their phones at the gate and collect them at the end of the day."
        ),
        Clause("2.2", "The office keeps them in a locked drawer."),
        Clause("2.2.1", "The drawer has two keys, and the office knows where both of them are.", 2),
        Clause("2.2.2", "A lost key is reported at once.", 2),
        Clause("2.3", "A phone found in class is treated as handed in."),
        Heading("Cameras", "3"),
        Clause("3.1", "Only cameras of the school are used."),
        Clause(
            "3.2",
            "Cards are wiped every Friday by the class teacher, who signs the list in the office.",
        ),
    ),
    FRONT,
    counting=(("1", "%1"), ("1", "%1.%2"), ("1", "%1.%2.%3")),
)
LETTERS = Made(
    "Acceptable Use Agreement",
    (
        Heading("What we promise"),
        Para(
            "Everybody who signs in on a computer of the school has read this page and agrees to it."
        ),
        Clause("(a)", "I keep my password to myself."),
        Clause("(b)", "I open only what my work asks for:"),
        Clause("(i)", "pages that the class was given;", 2),
        Clause("(ii)", "programs that the office put there; and", 2),
        Clause("(iii)", "mail to and from the school.", 2),
        Clause("(c)", "I log out when I leave the room."),
        Clause("(d)", "I never move a file that belongs to somebody else."),
        Heading("When something goes wrong"),
        Para(
            "Mistakes happen, and telling somebody about them early is always the right thing to do."
        ),
        Clause("(a)", "I tell a grown-up at once."),
        Clause("(b)", "I do not try to hide it."),
    ),
    FRONT,
    counting=(("1", "%1."), ("a", "(%2)"), ("i", "(%3)")),
)
PARENTHESIS = Made(
    "Photography Guidance",
    (
        Heading("Before an event"),
        Clause("1)", "The office prints the list of children who may be in pictures."),
        Clause("2)", "The class teacher reads that list before the doors are opened to families."),
        Clause("3)", "Visitors are told at the gate."),
        Heading("During an event"),
        Clause("1)", "Families photograph their own child only."),
        Clause(
            "2)", "Staff use the tablets of the school, which never leave the building overnight:"
        ),
        Clause("a)", "one for each class;", 2),
        Clause("b)", "one for the hall.", 2),
        Clause("3)", "Nobody films in the changing rooms."),
        Heading("After an event"),
        Para(
            "Pictures are sorted within a week, and those of children without consent are deleted."
        ),
    ),
    FRONT,
    counting=(("1", "%1."), ("1", "%2)"), ("a", "%3)")),
)
SECTIONS = Made(
    "Staff Conduct Online Policy",
    (
        Heading("Purpose", "SECTION 1 –"),
        Para(
            "This section tells why the policy was written and whom it was written to protect from harm."
        ),
        Heading("Duties of staff", "SECTION 2 –"),
        Clause("1.", "Contact with pupils goes through accounts of the school."),
        Clause(
            "2.", "A message from a pupil to a private account is shown to the head within a day."
        ),
        Clause("3.", "Group chats of families are left alone."),
        Heading("Breaches", "SECTION 3 –"),
        Clause(
            "1.", "The head looks into each breach that is reported, however small it seems to be."
        ),
        Clause("2.", "The chair looks into a breach by the head."),
    ),
    FRONT,
)
CODED = Made(
    "Online Safety Policy",
    (
        Heading("Leadership", "A"),
        Clause(
            "A1",
            "The governors receive a report on online safety in every term of the school year.",
        ),
        Clause("A2", "One governor is named for it."),
        Heading("Teaching", "B"),
        Clause("B1", "Every class has six lessons a year about life on the web."),
        Clause(
            "B2",
            "Parents are invited to one of them, in the evening, so that working families can come.",
        ),
        Clause("B3", "Pupils help to plan what is taught."),
    ),
    FRONT,
)
SIGNS = Made(
    "Data and Pictures Policy",
    (
        Heading("General rules"),
        Clause(
            "§ 1",
            "A picture of a child is personal data and is treated with the care that this asks for.",
        ),
        Clause("§ 2", "It is kept as long as it is needed."),
        Clause("§ 3", "It is never sold."),
        Heading("Special rules"),
        Clause(
            "§ 4", "Pictures of trips are kept for one year and then looked through by two people."
        ),
        Clause("§ 5", "Pictures for displays come down in July."),
    ),
    FRONT,
)
CLAUSES = Made(
    "Governors’ Social Media Protocol",
    (
        Heading("RULES FOR GOVERNORS"),
        Clause(
            "Clause 1:", "A governor does not speak for the school unless the chair asked for that."
        ),
        Clause("Clause 2:", "What was said in a meeting stays there."),
        Clause(
            "Clause 3:",
            "Questions of journalists are passed to the head without a word of comment.",
        ),
        Heading("RULES FOR THE CLERK"),
        Clause(
            "Clause 4:", "The clerk keeps a list of all accounts that governors run in this role."
        ),
    ),
    FRONT,
)
RUNNING = Made(
    "Behaviour Online Policy",
    (
        Heading("Our aims"),
        Para("We want children to be as kind to each other online as they are in the playground."),
        Heading("Our rules"),
        Clause("1.", "Be kind in every message that you write."),
        Clause("2.", "Think before you post."),
        Heading("Our help"),
        Clause("3.", "Tell a teacher when something hurts."),
        Clause("4.", "Keep a copy of what was said, so that somebody can look into it with you."),
    ),
    FRONT,
)
MIXED = Made(
    "Remote Learning and Video Policy",
    (
        Heading("Scope", "1."),
        Para(
            "Lessons by video are part of school, and the rules of the school hold in each of them."
        ),
        Heading("Rules for lessons", "2."),
        Clause("2.1", "Two adults are in each call."),
        Clause("(a)", "One of them teaches;", 2),
        Clause("(b)", "the other watches the chat.", 2),
        Clause(
            "2.2", "Nothing is recorded without the yes of the head and of each family in the call."
        ),
        Bullet("Families are told the day before."),
        Bullet("A record is deleted after four weeks."),
        Heading("Review", "3."),
        Para(
            "The governors look at this every second year, together with the policy on online safety."
        ),
    ),
    FRONT,
)
BIG_ROMAN = Made(
    "Press and Publicity Policy",
    (
        Heading("Introduction", "I."),
        Para("Papers and stations are welcome at the school when they have asked a week before."),
        Heading("Names", "II."),
        Clause("a.", "A caption has no surname."),
        Clause(
            "b.", "A name and a face are never published together, whatever the paper asks for."
        ),
        Clause("c.", "The office keeps a copy of what was published."),
        Heading("Consent", "III."),
        Clause("a.", "Families are asked each time."),
        Clause("b.", "No answer is a no."),
        Heading("Complaints", "IV."),
        Para("Complaints about the press go to the head, who answers them within five days."),
        Heading("Review", "V."),
        Para(
            "This policy is looked at again when the law changes, and in any case every other year."
        ),
    ),
    FRONT,
    counting=(("I", "%1."), ("a", "%2.")),
)
CORPUS = {
    "roman": ROMAN,
    "decimal": DECIMAL,
    "letters": LETTERS,
    "parenthesis": PARENTHESIS,
    "sections": SECTIONS,
    "coded": CODED,
    "signs": SIGNS,
    "clauses": CLAUSES,
    "running": RUNNING,
    "mixed": MIXED,
    "big roman": BIG_ROMAN,
}
