"""Word lists of the generator of sample data. Places of business are real towns; firms, people and streets are made up.

A firm about which anything adverse is said is always called after a place in INVENTED_PLACES, none of which exists, so
that no real firm can be meant.
"""


def listed(text: str) -> tuple[str, ...]:
    """The words of a list that is written with commas."""
    return tuple(text.split(", "))


# (given names, family names) of one language; a person's two names come from the same one.
NAMES: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (  # English, Scottish, Welsh, Irish
        listed(
            "Alan, Bethan, Callum, Deborah, Eleri, Fiona, Gareth, Hannah, Iain, Joanne, Kieran, Lowri, "
            "Martin, Niamh, Owain, Paula, Rhys, Sian, Thomas, Wendy, Aoife, Brendan, Carys, Dylan, Eilidh, "
            "Frances, Gwenllian, Hamish, Imogen, Jonathan, Kirsty, Leah, Morag, Nigel, Orla, Philippa, "
            "Ruaridh, Stephen, Tegwen, Vincent"
        ),
        listed(
            "Ashdown, Bevan, Carrick, Dunmore, Ellwood, Farrar, Gillespie, Hartnell, Iddon, Jarvis, "
            "Kerridge, Llywelyn, Maddox, Netherton, O'Rourke, Pritchard, Quigley, Rowbotham, Selwyn, "
            "Treharne, Underhill, Vickery, Wragg, Yarwood, Abernethy, Bickerstaff, Cadwallader, Dalgleish, "
            "Eckersley, Fothergill, Gwyther, Hebblethwaite, Inchbald, Kilbride, Lanyon, MacAskill, "
            "Nankivell, Ormerod, Penhaligon, Rafferty, Sowerby, Tregenza, Urquhart, Venables, Winstanley, "
            "Aldous, Bythesea, Colquhoun, Drinkwater, Entwistle, Frobisher, Garlick, Hathersage, Jessop, "
            "Kellaway, Lomas, Mulvaney, Nuttall, Peverell, Rigby"
        ),
    ),
    (  # Polish
        listed(
            "Agnieszka, Bartłomiej, Celina, Dawid, Elżbieta, Grzegorz, Halina, Jakub, Katarzyna, Łukasz, "
            "Małgorzata, Paweł, Stanisław, Wiesława, Zbigniew, Aleksandra, Bożena, Czesław, Dorota, "
            "Eugeniusz, Franciszek, Grażyna, Henryk, Izabela, Jarosław, Krystyna, Leszek, Mirosława, "
            "Norbert, Oliwia, Przemysław, Renata, Sławomir, Urszula, Wojciech, Zuzanna"
        ),
        listed(
            "Błaszczyk, Cieślak, Dąbrowska, Gałązka, Jaworski, Kołodziej, Łuczak, Mrozek, Pawłowicz, "
            "Skrzypek, Szczęsny, Wąsik, Wójtowicz, Zieliński, Żukowska, Adamczyk, Banaś, Chmielewski, "
            "Drozd, Frączek, Głowacki, Hołub, Iwańska, Jędrzejczak, Krzemiński, Leśniak, Maćkowiak, "
            "Nowicki, Olszański, Pietrzyk, Rogalska, Sobczak, Śliwa, Tomczyk, Urbański, Witkowska, "
            "Zagórski, Żebrowski, Bielecka, Cybulski, Dziedzic, Gruszka, Kaczorowski, Majcher, Piekarska, "
            "Rutkowski, Stachowiak, Walczyk"
        ),
    ),
    (  # Romanian
        listed(
            "Adrian, Bogdan, Cătălina, Daniela, Florin, Gheorghe, Ileana, Marius, Mihaela, Ovidiu, Răzvan, "
            "Ștefan, Simona, Vasile, Alina, Beniamin, Corneliu, Dragoș, Elisabeta, Fănica, Gabriela, "
            "Horațiu, Ionuț, Laurențiu, Magdalena, Nicoleta, Octavian, Petru, Roxana, Sorin, Tudor, Viorica"
        ),
        listed(
            "Apostol, Bălan, Căpraru, Dănilă, Filimon, Ghiță, Lăcătuș, Manolache, Neagu, Păun, Rădulescu, "
            "Șerban, Țăranu, Vlădescu, Albu, Bârsan, Cojocaru, Diaconu, Enache, Frățilă, Grigorescu, "
            "Hurmuzache, Iliescu, Jitaru, Lungu, Mureșan, Negoiță, Olteanu, Pătrașcu, Rotaru, Săvulescu, "
            "Toma, Ursache, Văcaru, Zamfirescu, Bogza, Ciobanu, Drăghici, Florea, Moldoveanu, Nistor, "
            "Stănescu"
        ),
    ),
    (  # Bulgarian
        listed(
            "Aleksandar, Blagovesta, Dimitar, Elitsa, Georgi, Hristina, Ivaylo, Kalina, Lyudmila, Plamen, "
            "Radka, Stoyan, Tsvetan, Zornitsa, Asen, Boyka, Desislava, Emil, Filka, Gergana, Hristo, Iskra, "
            "Krasimir, Lachezar, Mariyana, Nikolay, Petya, Rumen, Svetla, Todor, Vesela, Yordan"
        ),
        listed(
            "Angelov, Boteva, Chavdarov, Dragomirov, Gospodinova, Hadzhiev, Kaloyanov, Marinova, Nedelchev, "
            "Petkova, Rusinov, Shopov, Tsankova, Zhelyazkov, Atanasov, Bogdanova, Dimov, Enchev, Filipova, "
            "Ganchev, Hristov, Ivanova, Kostadinov, Lazarov, Mladenova, Nachev, Ognyanov, Penev, "
            "Radoslavova, Simeonov, Todorova, Uzunov, Valchev, Yankova, Zlatarev, Borisov, Damyanova, "
            "Evtimov, Grozdev, Karadzhov"
        ),
    ),
    (  # Lithuanian
        listed(
            "Agnė, Dovydas, Eglė, Gintaras, Ieva, Jūratė, Kęstutis, Laima, Mindaugas, Rūta, Saulius, "
            "Živilė, Algirdas, Birutė, Darius, Edita, Giedrė, Henrikas, Inga, Jonas, Kristina, Linas, "
            "Milda, Nerijus, Ona, Petras, Ramunė, Sigitas, Tomas, Vaida"
        ),
        listed(
            "Bagdonas, Čepaitis, Daukantas, Gečas, Juškaitė, Kairys, Mažeika, Norkutė, Petrauskas, "
            "Ramanauskienė, Šimkus, Žemaitis, Adomaitis, Balčiūnas, Česnauskas, Dambrauskas, Endriukaitis, "
            "Grigaitė, Ivanauskas, Jankauskas, Kazlauskienė, Lukoševičius, Matulaitis, Navickas, Oželis, "
            "Paulauskas, Rimkutė, Stankevičius, Tamošaitis, Urbonas, Vaitkus, Zabiela, Žukauskas, Budrys, "
            "Gudaitis, Kubilius, Mikalauskas, Pocius, Šeškus, Vasiliauskas"
        ),
    ),
    (  # South Asian
        listed(
            "Amarjit, Bhavna, Deepak, Farhana, Gurpreet, Harjinder, Imran, Jaspal, Kiran, Manoj, Nasreen, "
            "Parminder, Rajesh, Sunita, Anjali, Balwinder, Chandra, Dilip, Faisal, Geeta, Hemant, Iqbal, "
            "Jyoti, Kulwant, Lakshmi, Mahesh, Navneet, Omar, Prakash, Rukhsana, Satnam, Tariq, Usha, Vinod, "
            "Yasmin, Zahid"
        ),
        listed(
            "Bhatt, Chaudhry, Dhaliwal, Gurung, Joshi, Kandola, Mistry, Nathwani, Poudel, Rana, Sandhu, "
            "Thapa, Virk, Wazir, Acharya, Bhandari, Chohan, Deshmukh, Engineer, Farooqi, Grewal, Hussaini, "
            "Iyengar, Jadeja, Khatri, Lamichhane, Mahmood, Nagra, Oza, Pandya, Qureshi, Rathod, Sidhu, "
            "Tamang, Upadhyay, Vaidya, Yadav, Zaman, Bajwa, Cheema, Dosanjh, Gill, Karki, Malhotra, "
            "Purewal, Shrestha"
        ),
    ),
)

INVENTED_PLACES = listed(
    "Aldermoss, Brankholt, Caldreth, Dunsmarsh, Elverfen, Farnsholme, Gosbeck Drove, "
    "Harnworth Dyke, Inglesop, Jessamere, Kettlefen, Lorrimoss, Marrowby, Nethersop, Ormsdrove, "
    "Pellowdyke, Quarrenholt, Rushlode, Saltersop, Thornlode, Ulverfen, Vennmarsh, Wexholm, "
    "Yarrowdyke, Ashlodge Fen, Birchlode, Cressing Drove, Dovermoss, Eastlode, Fallowholme, "
    "Grebemarsh, Heronlode, Islefen, Jackdaw Drove, Kestrelholt, Larkmoss, Mallardyke, Nightfen, "
    "Osierholme, Plovermarsh, Quillfen, Ravenlode, Sedgedyke, Tealmarsh, Umberholt, Vixendrove, "
    "Whimbrelmoss, Yewlode, Amberdyke, Brackenlode, Curlewfen, Dunlinmarsh, Eiderholt, Fescuedrove, "
    "Gorsedyke, Harrierlode"
)

# scheme → what its firms call their trade; a scheme that is not named here has those of STAFFING alone.
STAFFING = listed(
    "Labour, Labour Solutions, Staffing, Recruitment, Workforce, Personnel, People, "
    "Employment Services, Contract Labour, Temps, Resourcing, Crew"
)
TRADES = {
    "gla-food": listed(
        "Labour, Labour Solutions, Harvest Services, Field Teams, Crop Gangs, Staffing, Agri Staff, "
        "Packhouse People, Produce Teams, Recruitment, Seasonal Work, Growers' Labour, Farm Services, "
        "Workforce, Picking Teams, Orchard Labour, Fresh Produce Staff, Glasshouse Teams, "
        "Root Crop Services, Fenland Gangs, Salad Staff, Fruit Pickers, Vegetable Services, "
        "Packing Solutions, Food Recruitment, Poultry Catching, Bulb Teams, Land Work, "
        "Cockle Gatherers, Processing Staff, Farm Labour, Flower Pickers"
    ),
    "construction": listed(
        "Scaffolding Labour, Site Services, Building Labour, Groundworks, Bricklaying Gangs, Site Crew, "
        "Roofing Teams, Dry Lining, Concrete Gangs, Fit-out Labour, Demolition Crew, Civils Labour, "
        "Steel Fixing, Joinery Teams, Plastering Gangs, Trades Recruitment, Formwork, Paving Gangs, "
        "Site Personnel, Build Staff"
    ),
}

STREETS = listed(
    "Marsh Lane, Station Yard, Glebe Road, Orchard Way, Mill Drove, Chapel Bank, Quay Road, "
    "North Parade, Hop Pole Lane, Tannery Court, Old Market Street, Windmill Hill, Drovers Close, "
    "Ropewalk, Fen Road, Maltings Yard, Sluice Road, Priory Street, Wharf Lane, Granary Court, "
    "Bridge End, Cattle Market Road, Saddlers Row, Weavers Court, Church Walk, Pound Lane, "
    "Forge Close, High Street, Castle View, Lammas Field"
)

# town, county, postcode district, nation; several of each nation, and a county for every town
TOWNS = (
    ("Boston", "Lincolnshire", "PE21", "england"),
    ("Spalding", "Lincolnshire", "PE11", "england"),
    ("Lincoln", "Lincolnshire", "LN6", "england"),
    ("Sleaford", "Lincolnshire", "NG34", "england"),
    ("Skegness", "Lincolnshire", "PE25", "england"),
    ("Grantham", "Lincolnshire", "NG31", "england"),
    ("Wisbech", "Cambridgeshire", "PE13", "england"),
    ("March", "Cambridgeshire", "PE15", "england"),
    ("Ely", "Cambridgeshire", "CB7", "england"),
    ("Peterborough", "Cambridgeshire", "PE2", "england"),
    ("King's Lynn", "Norfolk", "PE30", "england"),
    ("Dereham", "Norfolk", "NR19", "england"),
    ("Great Yarmouth", "Norfolk", "NR30", "england"),
    ("Thetford", "Norfolk", "IP24", "england"),
    ("Bury St Edmunds", "Suffolk", "IP33", "england"),
    ("Ipswich", "Suffolk", "IP2", "england"),
    ("Colchester", "Essex", "CO4", "england"),
    ("Chelmsford", "Essex", "CM2", "england"),
    ("Luton", "Bedfordshire", "LU3", "england"),
    ("Bedford", "Bedfordshire", "MK42", "england"),
    ("Corby", "Northamptonshire", "NN17", "england"),
    ("Leicester", "Leicestershire", "LE4", "england"),
    ("Nottingham", "Nottinghamshire", "NG7", "england"),
    ("Wolverhampton", "West Midlands", "WV2", "england"),
    ("Hereford", "Herefordshire", "HR2", "england"),
    ("Ledbury", "Herefordshire", "HR8", "england"),
    ("Evesham", "Worcestershire", "WR11", "england"),
    ("Pershore", "Worcestershire", "WR10", "england"),
    ("Maidstone", "Kent", "ME15", "england"),
    ("Canterbury", "Kent", "CT1", "england"),
    ("Faversham", "Kent", "ME13", "england"),
    ("Chichester", "West Sussex", "PO19", "england"),
    ("Littlehampton", "West Sussex", "BN17", "england"),
    ("Penzance", "Cornwall", "TR18", "england"),
    ("Camborne", "Cornwall", "TR14", "england"),
    ("Bridgwater", "Somerset", "TA6", "england"),
    ("Preston", "Lancashire", "PR1", "england"),
    ("Ormskirk", "Lancashire", "L39", "england"),
    ("Selby", "North Yorkshire", "YO8", "england"),
    ("Goole", "East Yorkshire", "DN14", "england"),
    ("Doncaster", "South Yorkshire", "DN4", "england"),
    ("Darlington", "County Durham", "DL1", "england"),
    ("Cardiff", "South Glamorgan", "CF11", "wales"),
    ("Newport", "Gwent", "NP20", "wales"),
    ("Swansea", "West Glamorgan", "SA1", "wales"),
    ("Carmarthen", "Carmarthenshire", "SA31", "wales"),
    ("Haverfordwest", "Pembrokeshire", "SA61", "wales"),
    ("Llangefni", "Anglesey", "LL77", "wales"),
    ("Wrexham", "Clwyd", "LL13", "wales"),
    ("Perth", "Perthshire", "PH2", "scotland"),
    ("Blairgowrie", "Perthshire", "PH10", "scotland"),
    ("Dundee", "Angus", "DD2", "scotland"),
    ("Arbroath", "Angus", "DD11", "scotland"),
    ("Dumfries", "Dumfriesshire", "DG1", "scotland"),
    ("Peterhead", "Aberdeenshire", "AB42", "scotland"),
    ("Elgin", "Moray", "IV30", "scotland"),
    ("Portadown", "County Armagh", "BT62", "northern_ireland"),
    ("Dungannon", "County Tyrone", "BT71", "northern_ireland"),
    ("Newry", "County Down", "BT35", "northern_ireland"),
    ("Kilkeel", "County Down", "BT34", "northern_ireland"),
    ("Ballymena", "County Antrim", "BT43", "northern_ireland"),
)
