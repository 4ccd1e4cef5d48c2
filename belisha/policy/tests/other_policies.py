"""Two invented policies in other words and of other numbering, with the right bindings.

Each line: section and number, text, and the controls that a careful person would bind; an empty
list where the clause has no control of Belisha.
"""

from belisha.policy.outline import Item

# Terse, numbered 1.1, and in the order of another house.
FARSIDE = [
    ("1. Introduction", "1.1", "Farside is a happy village school with 92 children on roll.", []),
    ("1. Introduction", "1.2", "Written by: Ms Kerbstone. Ratified by governors: May 2026. "
     "Review: May 2027.", ["G.1"]),
    ("1. Introduction", "1.3", "Read this alongside our e-safety policy, AUP, behaviour policy and "
     "phone policy.", ["G.3"]),
    ("1. Introduction", "1.4", "Safeguarding is everyone’s responsibility at Farside and we are "
     "committed to the welfare of every child.", ["G.2"]),
    ("2. Employees", "2.1", "Do not accept friend requests from children at the school, or follow "
     "them.", ["B.i"]),
    ("2. Employees", "2.2", "Photos of trips, assemblies or shows may go on social media only with "
     "permission from the headteacher.", ["B.ii"]),
    ("2. Employees", "2.3", "Facebook, TikTok and WhatsApp are not to be checked while teaching.",
     ["B.iii"]),
    ("2. Employees", "2.4", "Teachers must uphold the Teachers’ Standards online.", ["B.iv"]),
    ("2. Employees", "2.5", "Check that your profile is set to private and that strangers cannot "
     "see your posts.", ["B.v"]),
    ("2. Employees", "2.6", "Never criticise the school, a child, a family or a co-worker on the "
     "internet.", ["B.vi"]),
    ("2. Employees", "2.7", "All employees sign each September to say they have read KCSIE Part 1.",
     ["B.viii"]),
    ("2. Employees", "2.8", "All employees follow the Safer Recruitment Consortium’s guidance on "
     "safer working practice.", ["B.vii"]),
    ("2. Employees", "2.9", "Allegations about an adult are passed to the headteacher, who will "
     "consult the LADO.", ["B.ix"]),
    ("2. Employees", "2.10", "Misconduct online may be treated as gross misconduct under the "
     "disciplinary policy.", ["B.xi"]),
    ("2. Employees", "2.11", "New employees are given this code at induction and sign that they "
     "have understood it.", ["B.0"]),
    ("3. Children", "3.1", "Children may not go on Snapchat, Instagram or similar apps at school.",
     ["A.2"]),
    ("3. Children", "3.2", "Mobiles and smartwatches must be left at home.", ["A.3"]),
    ("3. Children", "3.3", "A mobile that is brought in will be taken away, kept in the office and "
     "given back to a parent.", ["A.4"]),
    ("3. Children", "3.4", "Children sign the ICT rules with their class at the start of the year.",
     ["A.1"]),
    ("3. Children", "3.5", "Consequences for misuse are listed in the e-safety policy.", ["A.5"]),
    ("4. Official pages", "4.1", "No class blog, Facebook page or Twitter feed may be started "
     "without the headteacher’s agreement. This includes the Friends of Farside.", ["C.1"]),
    ("5. Families", "5.1", "At the school play, film only your own child or keep the film off the "
     "internet.", ["D.i", "P.v"]),
    ("5. Families", "5.2", "If you are unhappy, use our complaints policy rather than a Facebook "
     "rant.", ["D.ii"]),
    ("5. Families", "5.3", "Untrue or spiteful remarks about anybody at school are not acceptable.",
     ["D.iii"]),
    ("5. Families", "5.4", "Do not set up a “Farside Year 4” group or use our logo.", ["D.iv"]),
    ("5. Families", "5.5", "We will ask the admin of a group to take down harmful content, and "
     "will then contact the platform.", ["D.v"]),
    ("5. Families", "5.6", "Libel will be reported to the site and must be deleted immediately.",
     ["D.vii"]),
    ("5. Families", "5.7", "We may take legal advice or involve solicitors where things are "
     "serious.", ["D.viii"]),
    ("5. Families", "5.8", "We remind families of these rules in the weekly bulletin, on the "
     "website and at the new parents’ evening.", ["D.0"]),
    ("6. Bullying", "6.1", "Cyberbullying is treated as seriously as any other bullying.",
     ["D.ix"]),
    ("6. Bullying", "6.2", "Sanctions for cyberbullying are given in the anti-bullying policy.",
     ["E.0"]),
    ("6. Bullying", "6.3", "We can respond to things that happen off the premises if they threaten "
     "a child or a member of the public.", ["E.ii"]),
    ("6. Bullying", "6.4", "It makes no difference if the message was sent at the weekend or from "
     "home.", ["E.iv"]),
    ("7. Photographs", "7.1", "Written parental consent is collected on the admission form before "
     "any photo is taken (UK GDPR).", ["P.i"]),
    ("7. Photographs", "7.2", "iPads stay in the building unless they are needed on a trip; "
     "pictures are deleted once printed.", ["P.ii"]),
    ("7. Photographs", "7.3", "Photos may be put on classroom walls and in learning journeys which "
     "parents and Ofsted can look at.", ["P.iii"]),
    ("7. Photographs", "7.4", "Take care with children in the background whose families have not "
     "agreed.", ["P.iv"]),
    ("7. Photographs", "7.5", "We ask separately before a photo is used in the prospectus or in "
     "advertising.", ["P.vi"]),
    ("7. Photographs", "7.6", "Personal phones must never be used for taking photos of children.",
     ["P.0", "P.vii"]),
    ("7. Photographs", "7.7", "No photos in the toilets, the changing room or when changing "
     "nappies.", ["P.viii"]),
    ("7. Photographs", "7.8", "Cameras are locked in the cupboard in the office at night.",
     ["P.ix"]),
    ("8. Lunch", "8.1", "Packed lunches should contain no nuts.", []),
    ("8. Lunch", "8.2", "Water bottles are filled at the fountain.", []),
]  # fmt: skip

# Long-winded, lettered, of a big academy.
BYWAY = [
    ("Purpose", "(a)", "The Trust recognises the opportunities that digital communication affords "
     "to learners.", []),
    ("Purpose", "(b)", "The date of ratification, the name of the policy owner and the date of the "
     "next scheduled review appear on the cover of each edition.", ["G.1"]),
    ("Purpose", "(c)", "It should be considered in conjunction with the Trust’s policies for "
     "behaviour, mobile devices, online safety and the prevention of bullying.", ["G.3"]),
    ("Conduct of employees", "(a)", "Colleagues are expected to protect their professional "
     "standing, and will be asked to confirm annually that they have read these expectations.",
     ["B.0"]),
    ("Conduct of employees", "(b)", "Under no circumstances should colleagues connect with current "
     "learners through their private profiles, or accept invitations from them.", ["B.i"]),
    ("Conduct of employees", "(c)", "Images of concerts, fixtures and celebrations must not be "
     "uploaded until the Principal has granted approval.", ["B.ii"]),
    ("Conduct of employees", "(d)", "Personal social networking is prohibited during timetabled "
     "teaching.", ["B.iii"]),
    ("Conduct of employees", "(e)", "Online behaviour must at all times be compatible with Part "
     "Two of the Teachers’ Standards.", ["B.iv"]),
    ("Conduct of employees", "(f)", "Colleagues should regularly check who can view their profile "
     "and restrict its visibility.", ["B.v"]),
    ("Conduct of employees", "(g)", "Derogatory statements regarding the Academy, its learners, "
     "governors or colleagues are unacceptable.", ["B.vi"]),
    ("Conduct of employees", "(h)", "Colleagues must familiarise themselves with national guidance "
     "on safer working practices.", ["B.vii"]),
    ("Conduct of employees", "(i)", "Every colleague must have regard to the statutory guidance "
     "Keeping Children Safe in Education.", ["B.viii"]),
    ("Conduct of employees", "(j)", "Concerns about a colleague’s conduct online must be raised "
     "with the Principal; where the harm threshold is met, the Designated Officer of the local "
     "authority will be informed within one working day.", ["B.ix"]),
    ("Conduct of employees", "(k)", "The Principal or Vice Principal will investigate all alleged "
     "breaches, and a breach may lead to formal disciplinary proceedings.", ["B.x", "B.xi"]),
    ("Learners", "(a)", "Access to social networks is not permitted on the Academy’s premises.",
     ["A.2"]),
    ("Learners", "(b)", "Learners may not bring or use personal devices capable of connecting to "
     "the internet.", ["A.3"]),
    ("Learners", "(c)", "Staff are entitled to confiscate devices, which are then held at "
     "reception pending collection by a parent or carer.", ["A.4"]),
    ("Learners", "(d)", "Each learner is party to the Acceptable Use Agreement appropriate to "
     "their key stage.", ["A.1"]),
    ("Learners", "(e)", "Penalties for non-compliance are laid down in the Online Safety Policy.",
     ["A.5"]),
    ("Corporate accounts", "(a)", "New accounts created to represent a department, a year group or "
     "the parent teacher association require prior authorisation by the Principal.", ["C.1"]),
    ("Families", "(a)", "Families are informed of their obligations by means of the website, "
     "letters home and announcements at parents’ evenings.", ["D.0"]),
    ("Families", "(b)", "Photographs featuring other people’s children should not be shared "
     "publicly.", ["D.i"]),
    ("Families", "(c)", "Grievances are to be addressed through the formal complaints process and "
     "not aired on the internet.", ["D.ii"]),
    ("Families", "(d)", "Fabricated, abusive or malicious allegations against any member of the "
     "Academy community will not be tolerated.", ["D.iii"]),
    ("Families", "(e)", "Pages or chat groups which purport to represent the Academy are not "
     "allowed.", ["D.iv"]),
    ("Families", "(f)", "The Academy may request that a page’s moderator remove content, and may "
     "notify the hosting company thereafter.", ["D.v"]),
    ("Families", "(g)", "Matters raised will be handled impartially, starting with the form tutor, "
     "progressing to the Principal and ultimately the Chair of the Local Governing Body.",
     ["D.vi"]),
    ("Families", "(h)", "Defamatory material will be flagged using the platform’s own reporting "
     "tool, with immediate deletion requested of its author.", ["D.vii"]),
    ("Families", "(i)", "The Trust reserves the right to seek redress through the courts.",
     ["D.viii"]),
    ("Families", "(j)", "Humiliating somebody on the internet is regarded as a grave instance of "
     "bullying.", ["D.ix"]),
    ("Beyond the gates", "(a)", "Off-site behaviour may be addressed where it disrupts the smooth "
     "running of the Academy.", ["E.i"]),
    ("Beyond the gates", "(b)", "The same applies where it endangers a fellow learner or a member "
     "of the public.", ["E.ii"]),
    ("Beyond the gates", "(c)", "The same applies where it brings the Academy into disrepute.",
     ["E.iii"]),
    ("Beyond the gates", "(d)", "This is so regardless of the time or location of the publication.",
     ["E.iv"]),
    ("Imagery", "(a)", "Personal mobile telephones must not be used by any employee, visitor or "
     "volunteer to capture images of learners.", ["P.0", "P.vii"]),
    ("Imagery", "(b)", "Permission will be sought from parents, as data protection legislation "
     "requires, before recording still or moving images, which are held on the secure server.",
     ["P.i"]),
    ("Imagery", "(c)", "Academy tablets may be removed from site only for excursions, and memory "
     "cards are cleared after images are transferred.", ["P.ii"]),
    ("Imagery", "(d)", "Images may be exhibited in corridors and included in pupils’ portfolios, "
     "to be viewed by families, trustees and inspectors.", ["P.iii"]),
    ("Imagery", "(e)", "Bystanders appearing behind the main subject must be taken into account.",
     ["P.iv"]),
    ("Imagery", "(f)", "Before each performance the audience will be told verbally that recordings "
     "must not be posted on the internet.", ["P.v"]),
    ("Imagery", "(g)", "Marketing materials require additional and specific consent.", ["P.vi"]),
    ("Imagery", "(h)", "Visitors behaving suspiciously with a camera should be approached and "
     "questioned.", ["P.vii"]),
    ("Imagery", "(i)", "Photography in lavatories and changing facilities is strictly forbidden.",
     ["P.viii"]),
    ("Imagery", "(j)", "Photographic equipment must be stored securely and only operated by those "
     "with permission.", ["P.ix"]),
    ("Uniform", "(a)", "Learners wear a navy blazer and black shoes.", []),
    ("Uniform", "(b)", "Lost property is kept for one term and then given to charity.", []),
    ("Travel", "(a)", "Bicycles are left in the racks beside the gate.", []),
]  # fmt: skip


def items_of(lines):
    """The lines as an import makes items of them."""
    return [
        Item(number, heading, text, heading.split(".")[0] if "." in heading else "")
        for heading, number, text, _ in lines
    ]
