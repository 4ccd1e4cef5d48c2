"""Names that nobody bears. The surnames are things of the street, so that all can see it."""

CLASSES = ("Ducklings", "Wrens", "Robins", "Finches", "Owls", "Kestrels", "Herons")

# Safeguarding lead, office and so on; the crossings of Britain lend the names.
STAFF = (
    ("Mrs Zebrahart", ("head",), None),
    ("Mr Pelican", ("safeguarding-lead", "other-staff"), None),
    ("Mrs Toucan", ("office",), None),
    ("Mr Stopline", ("office",), None),
    ("Ms Refuge", ("other-staff",), None),
    ("Miss Amberglow", ("teacher",), "Ducklings"),
    ("Mr Handsignal", ("teacher",), "Wrens"),
    ("Miss Puffin", ("teacher",), "Robins"),
    ("Mrs Studs", ("teacher",), "Finches"),
    ("Mr Tactile", ("teacher",), "Owls"),
    ("Ms Zigzag", ("teacher",), "Kestrels"),
    ("Mr Beacon", ("teacher",), "Herons"),
    ("Mrs Halfbarrier", ("teacher",), "Robins"),
    ("Mr Greenman", ("other-staff",), None),
    ("Miss Redman", ("other-staff",), None),
    ("Mrs Kerbwise", ("other-staff",), None),
    ("Mr Highvis", ("other-staff",), None),
    ("Ms Whistle", ("other-staff",), None),
    ("Mrs Doubleyellow", ("other-staff",), None),
    ("Mr Cateye", ("other-staff",), None),
    ("Miss Lamppost", ("other-staff",), None),
    ("Dr Pegasus", ("governor", "chair-of-governors"), None),
    ("Mrs Trafficisland", ("governor",), None),
    ("Mr Givewayson", ("governor",), None),
    ("Mrs Crossguard", ("parents-association",), None),
)

FIRST_NAMES = (
    "Ada Alfie Amina Anouk Arlo Asha Astrid Barnaby Bea Bodhi Bronte Caspian Celia Cosmo Daisy "
    "Dara Digby Edie Elif Emre Esme Ezra Farah Fergus Fern Finlay Flora Freddie Freya Gethin "
    "Greta Gus Hana Harvey Hattie Hugo Ibrahim Ines Iris Ivo Jago Jonah Juno Kaito Keir Lena "
    "Leila Lorcan Lottie Luca Mabel Marek Marnie Mina Monty Morag Nadia Nell Niamh Noor Olive "
    "Oskar Otis Pearl Percy Petra Pip Quinn Rafi Rania Remi Rhys Robin Rosa Rowan Rufus Ruby "
    "Sami Seren Sid Sofia Stellan Sunny Tabitha Tariq Teddy Thea Tove Umar Una Vera Wilf Willa "
    "Winnie Xander Yara Yasmin Zain Zelda Ziggy"
).split()

SURNAMES = (
    "Amberlight Backstreet Barrier Beltpost Bikelane Bollardson Bridgeway Buslane Buttonpush "
    "Camber Chevron Cobble Coneworth Crossbar Crosswell Cyclepath Dashline Doublewhite Drainway "
    "Driveway Earlystop Farside Flagstone Flashlight Footway Gantry Givewaying Grassverge "
    "Gullygrate Halfwaypoint Headlamp Highstreet Inlane Junction Kerbline Lanely Layby Leftturn "
    "Lookright Mainroad Markings Milepost Nearside Noentry Offside Oneway Overpass Parkbay "
    "Pathworthy Pavingham Pedestrian Railings Redlight Ringroad Roadsign Roundabout Sidestreet "
    "Signalbox Slowlane Speedhump Stopsign Streetlamp Subway Tarmacadam Threeway Tollgate "
    "Towpath Turnpike Twoway Underpass Vergeman Walkway Waitbutton Whiteline Yellowline "
    "Zebraway"
).split()

PARENT_NAMES = (
    "Alba Anton Bruna Cleo Dmitri Eira Fabian Gwen Hamza Ilse Jarek Kezia Lars Mairi Nils Odile "
    "Pavel Qadir Runa Silas Tamsin Uri Vesna Wanda Xenia Yusra Zoltan"
).split()
