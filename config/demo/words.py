"""Word lists of the generator of sample data. Places of business are real towns; firms, people and streets are made up.

A firm about which anything adverse is said is always called after a place in INVENTED_PLACES, none of which exists, so
that no real firm can be meant.
"""

# (given names, family names) of one language; a person's two names come from the same one.
NAMES: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (  # English, Scottish, Welsh, Irish
        (
            "Alan", "Bethan", "Callum", "Deborah", "Eleri", "Fiona", "Gareth", "Hannah", "Iain", "Joanne", "Kieran",
            "Lowri", "Martin", "Niamh", "Owain", "Paula", "Rhys", "Sian", "Thomas", "Wendy",
        ),
        (
            "Ashdown", "Bevan", "Carrick", "Dunmore", "Ellwood", "Farrar", "Gillespie", "Hartnell", "Iddon", "Jarvis",
            "Kerridge", "Llywelyn", "Maddox", "Netherton", "O'Rourke", "Pritchard", "Quigley", "Rowbotham", "Selwyn",
            "Treharne", "Underhill", "Vickery", "Wragg", "Yarwood",
        ),
    ),
    (  # Polish
        (
            "Agnieszka", "Bartłomiej", "Celina", "Dawid", "Elżbieta", "Grzegorz", "Halina", "Jakub", "Katarzyna",
            "Łukasz", "Małgorzata", "Paweł", "Stanisław", "Wiesława", "Zbigniew",
        ),
        (
            "Błaszczyk", "Cieślak", "Dąbrowska", "Gałązka", "Jaworski", "Kołodziej", "Łuczak", "Mrozek", "Pawłowicz",
            "Skrzypek", "Szczęsny", "Wąsik", "Wójtowicz", "Zieliński", "Żukowska",
        ),
    ),
    (  # Romanian
        (
            "Adrian", "Bogdan", "Cătălina", "Daniela", "Florin", "Gheorghe", "Ileana", "Marius", "Mihaela", "Ovidiu",
            "Răzvan", "Ștefan", "Simona", "Vasile",
        ),
        (
            "Apostol", "Bălan", "Căpraru", "Dănilă", "Filimon", "Ghiță", "Lăcătuș", "Manolache", "Neagu", "Păun",
            "Rădulescu", "Șerban", "Țăranu", "Vlădescu",
        ),
    ),
    (  # Bulgarian
        (
            "Aleksandar", "Blagovesta", "Dimitar", "Elitsa", "Georgi", "Hristina", "Ivaylo", "Kalina", "Lyudmila",
            "Plamen", "Radka", "Stoyan", "Tsvetan", "Zornitsa",
        ),
        (
            "Angelov", "Boteva", "Chavdarov", "Dragomirov", "Gospodinova", "Hadzhiev", "Kaloyanov", "Marinova",
            "Nedelchev", "Petkova", "Rusinov", "Shopov", "Tsankova", "Zhelyazkov",
        ),
    ),
    (  # Lithuanian
        (
            "Agnė", "Dovydas", "Eglė", "Gintaras", "Ieva", "Jūratė", "Kęstutis", "Laima", "Mindaugas", "Rūta",
            "Saulius", "Živilė",
        ),
        (
            "Bagdonas", "Čepaitis", "Daukantas", "Gečas", "Juškaitė", "Kairys", "Mažeika", "Norkutė", "Petrauskas",
            "Ramanauskienė", "Šimkus", "Žemaitis",
        ),
    ),
    (  # South Asian
        (
            "Amarjit", "Bhavna", "Deepak", "Farhana", "Gurpreet", "Harjinder", "Imran", "Jaspal", "Kiran", "Manoj",
            "Nasreen", "Parminder", "Rajesh", "Sunita",
        ),
        (
            "Bhatt", "Chaudhry", "Dhaliwal", "Gurung", "Joshi", "Kandola", "Mistry", "Nathwani", "Poudel", "Rana",
            "Sandhu", "Thapa", "Virk", "Wazir",
        ),
    ),
)  # fmt: skip

INVENTED_PLACES = (
    "Aldermoss", "Brankholt", "Caldreth", "Dunsmarsh", "Elverfen", "Farnsholme", "Gosbeck Drove", "Harnworth Dyke",
    "Inglesop", "Jessamere", "Kettlefen", "Lorrimoss", "Marrowby", "Nethersop", "Ormsdrove", "Pellowdyke",
    "Quarrenholt", "Rushlode", "Saltersop", "Thornlode", "Ulverfen", "Vennmarsh", "Wexholm", "Yarrowdyke",
    "Ashlodge Fen", "Birchlode", "Cressing Drove", "Dovermoss", "Eastlode", "Fallowholme", "Grebemarsh", "Heronlode",
    "Islefen", "Jackdaw Drove", "Kestrelholt", "Larkmoss", "Mallardyke", "Nightfen", "Osierholme", "Plovermarsh",
)  # fmt: skip

TRADES = (
    "Labour", "Labour Solutions", "Harvest Services", "Field Teams", "Crop Gangs", "Staffing", "Agri Staff", "Packhouse People",
    "Produce Teams", "Recruitment", "Seasonal Work", "Growers' Labour", "Farm Services", "Workforce", "Picking Teams",
)  # fmt: skip

STREETS = (
    "Marsh Lane", "Station Yard", "Glebe Road", "Orchard Way", "Mill Drove", "Chapel Bank", "Quay Road", "North Parade",
    "Hop Pole Lane", "Tannery Court", "Old Market Street", "Windmill Hill", "Drovers Close", "Ropewalk", "Fen Road",
)  # fmt: skip

# town, county, postcode district, nation
TOWNS = (
    ("Boston", "Lincolnshire", "PE21", "england"),
    ("Spalding", "Lincolnshire", "PE11", "england"),
    ("Lincoln", "Lincolnshire", "LN6", "england"),
    ("Wisbech", "Cambridgeshire", "PE13", "england"),
    ("Ely", "Cambridgeshire", "CB7", "england"),
    ("King's Lynn", "Norfolk", "PE30", "england"),
    ("Thetford", "Norfolk", "IP24", "england"),
    ("Bury St Edmunds", "Suffolk", "IP33", "england"),
    ("Peterborough", "Cambridgeshire", "PE2", "england"),
    ("Hereford", "Herefordshire", "HR2", "england"),
    ("Evesham", "Worcestershire", "WR11", "england"),
    ("Maidstone", "Kent", "ME15", "england"),
    ("Canterbury", "Kent", "CT1", "england"),
    ("Chichester", "West Sussex", "PO19", "england"),
    ("Penzance", "Cornwall", "TR18", "england"),
    ("Ormskirk", "Lancashire", "L39", "england"),
    ("Selby", "North Yorkshire", "YO8", "england"),
    ("Cardiff", "", "CF11", "wales"),
    ("Carmarthen", "Carmarthenshire", "SA31", "wales"),
    ("Haverfordwest", "Pembrokeshire", "SA61", "wales"),
    ("Wrexham", "", "LL13", "wales"),
    ("Perth", "Perthshire", "PH2", "scotland"),
    ("Dundee", "", "DD2", "scotland"),
    ("Arbroath", "Angus", "DD11", "scotland"),
    ("Dumfries", "", "DG1", "scotland"),
    ("Elgin", "Moray", "IV30", "scotland"),
    ("Portadown", "County Armagh", "BT62", "northern_ireland"),
    ("Newry", "County Down", "BT35", "northern_ireland"),
    ("Ballymena", "County Antrim", "BT43", "northern_ireland"),
    ("Kilkeel", "County Down", "BT34", "northern_ireland"),
)
