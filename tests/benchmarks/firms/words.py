"""What the made-up firms and people of the look-alike benchmark are called: as common and as rare as such names are.

Names of Cyrillic languages stand in their own letters, because people write them in Latin ones in more ways than one.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Community:
    """Where names come from: how large a part of all people, their given names and family names, the commonest first."""

    part: int
    given: Sequence[str]
    family: Sequence[str]
    # Beside the listed family names, rarer ones are put together from these; the part of people who bear one.
    stems: Sequence[str] = ()
    endings: Sequence[str] = ()
    rarer: float = 0.0
    # Some registers of birth know no day: then it is the first of January.
    first_of_january: float = 0.0


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


BRITISH = Community(
    46,
    _words(
        "David John Paul Susan Mark Andrew Sarah James Peter Michael Karen Stephen Robert Julie Richard Christopher Helen "
        "Ian Alison Nicola Simon Kevin Jane Gary Claire Philip Anthony Lisa Matthew Martin Emma Jonathan Deborah Neil "
        "Amanda Thomas Daniel Michelle Alan Jacqueline William Rachel Colin Angela Steven Tracey Graham Laura Keith Joanne "
        "Adam Catherine Benjamin Rebecca Stuart Samantha Nigel Wendy Barry Louise Luke Gemma Craig Sharon Darren Victoria "
        "Lee Jennifer Wayne Hannah Ryan Charlotte Dean Lucy Carl Kelly Gavin Natalie Jason Hayley Scott Donna Shaun Paula"
    ),
    _words(
        "Smith Jones Williams Taylor Brown Davies Evans Wilson Thomas Johnson Roberts Robinson Thompson Wright Walker White "
        "Edwards Hughes Green Hall Lewis Harris Clarke Patel Jackson Wood Turner Martin Cooper Hill Ward Morris Moore Clark "
        "Lee King Baker Harrison Morgan Allen James Scott Phillips Watson Davis Parker Price Bennett Young Griffiths "
        "Mitchell Kelly Cook Carter Richardson Bailey Collins Bell Shaw Murphy Miller Cox Richards Khan Marshall Anderson "
        "Simpson Ellis Adams Singh Begum Wilkinson Foster Chapman Powell Webb Rogers Gray Mason Ali Hunt Hussain Campbell "
        "Matthews Owen Palmer Holmes Mills Barnes Knight Lloyd Butler Russell Barker Fisher Stevens Jenkins Murray Dixon "
        "Harvey Graham Pearson Ahmed Fletcher Walsh Kaur Gibson Howard Andrews Stewart Elliott Reynolds Saunders Payne Fox "
        "Ford Pearce Day Brooks West Lawrence Cole Atkinson Bradley Spencer Gill Dawson Watts Rose Burton Francis Wells"
    ),
    _words(
        "Ash Brad Clay Dal Els Farn Grim Hather Ing Kel Lang Marsh Nether Oak Pem Quar Rad Sed Thorn Under Wad Yar Brock "
        "Cran Draw Evers Fal Gars Hol Ketter Lath Mal Nor Oll Pick Raven Stan Tan Whit Wink Bens Cars Dun Frod Hamps"
    ),
    _words("ford ham ley ton worth well field by combe bury wick stead more thwaite gate brook den land ridge croft"),
    0.38,
)
POLISH = Community(
    15,
    _words(
        "Piotr Krzysztof Anna Andrzej Katarzyna Małgorzata Tomasz Paweł Agnieszka Jan Michał Marcin Barbara Ewa Marek "
        "Grzegorz Łukasz Monika Józef Krystyna Adam Elżbieta Zbigniew Magdalena Jerzy Dorota Wojciech Joanna Mariusz Beata "
        "Dariusz Zofia Mateusz Jadwiga Rafał Danuta Robert Irena Kamil Jolanta Jacek Halina Sławomir Iwona Jarosław Renata"
    ),
    _words(
        "Nowak Kowalski Wiśniewski Wójcik Kowalczyk Kamiński Lewandowski Zieliński Szymański Woźniak Dąbrowski Kozłowski "
        "Jankowski Mazur Wojciechowski Kwiatkowski Krawczyk Kaczmarek Piotrowski Grabowski Zając Pawłowski Michalski Król "
        "Wieczorek Jabłoński Wróbel Nowakowski Majewski Olszewski Stępień Malinowski Jaworski Adamczyk Dudek Nowicki Pawlak "
        "Górski Witkowski Walczak Sikora Baran Rutkowski Michalak Szewczyk Ostrowski Tomaszewski Pietrzak Zalewski Wróblewski"
    ),
    _words(
        "Gór Wal Brzoz Sos Kal Bor Ols Ław Zar Cich Drze Gru Jas Kraś Lip Mod Ost Rad Siew Trze Żół Biel Czar Dob Rud"
    ),
    _words("ański iński owski ecki icki ewicz owicz czak owiak ończyk"),
    0.4,
)
ROMANIAN = Community(
    12,
    _words(
        "Maria Ion Elena Andrei Ioana Alexandru Ana Mihai Cristina Gheorghe Mihaela Constantin Andreea Ștefan Daniela Vasile "
        "Alexandra Nicolae Gabriela Florin Alina Adrian Nicoleta Cătălin Mariana Marian Florentina Bogdan Simona Dumitru "
        "Roxana Ionuț Carmen Sorin Georgiana Viorel Camelia Răzvan Loredana Costel Țigan Lăcrămioara"
    ),
    _words(
        "Popa Popescu Pop Radu Dumitru Stan Stoica Gheorghe Matei Ciobanu Ionescu Rusu Constantin Marin Ungureanu Munteanu "
        "Dinu Șerban Moldovan Muntean Toma Nistor Tudor Lungu Florea Dobre Barbu Cojocaru Mocanu Voicu Bălan Lazăr Sandu "
        "Diaconu Neagu Grigore Stănciulescu Țurcanu Iordache Pătrașcu Ursu Enache Crețu Olteanu Mihăilă Preda"
    ),
    _words("Băl Câm Drăg Făg Găl Hâr Ial Măr Năst Oprea Păt Răz Săl Șer Țăr Vlăd Bot Cern Dum Frăț"),
    _words("escu eanu aru oiu ăianu ică ulescu"),
    0.35,
)
CYRILLIC = Community(
    13,
    _words(
        "Георги Иван Мария Димитър Николай Христо Петър Елена Йордан Стоян Васил Тодор Александър Стефан Ивайло Цветан "
        "Пламен Красимир Десислава Юлия Светла Румен Емил Дмитро Олександр Сергій Андрій Наталія Володимир Ольга Юрій Тетяна "
        "Михайло Оксана Ігор Людмила Віктор Євген Дмитрий Сергей Алексей Екатерина Татьяна Владимир Юрий Ксения Жанна Щерю"
    ),
    _words(
        "Иванов Димитров Петров Георгиев Николов Тодоров Христов Стоянов Ангелов Илиев Йорданов Василев Маринов Попов Атанасов "
        "Цветков Желязков Жеков Чавдаров Шишков Щерев Юруков Янков Шевченко Мельник Коваленко Бондаренко Ткаченко Кравченко "
        "Олійник Шевчук Поліщук Хоменко Щербак Гнатюк Яценко Жук Ковальчук Смирнов Кузнецов Соколов Лебедев Козлов Новиков "
        "Морозов Волков Соловьёв Зайцев Воробьёв Цыганков Хабаров Юдин Щукин"
    ),
    _words("Бел Вълч Гран Драг Жив Зълт Кал Лил Мир Нед Обр Пан Рад Сим Трен Хаджи Цан Чол Шар Яв"),
    _words("ев ков инов аров анов енко чук евски"),
    0.35,
)
BALTIC = Community(
    6,
    _words(
        "Jonas Vytautas Darius Tomas Mindaugas Andrius Rasa Daiva Rūta Jolanta Kristina Inga Gintaras Saulius Eglė Jūratė "
        "Žydrūnas Šarūnas Jānis Andris Juris Edgars Māris Aivars Inese Kristīne Līga Agnese Ilze Ģirts"
    ),
    _words(
        "Kazlauskas Jankauskas Petrauskas Stankevičius Vasiliauskas Žukauskas Butkus Paulauskas Urbonas Kavaliauskas Navickas "
        "Balčiūnas Šimkus Bērziņš Kalniņš Ozoliņš Jansons Liepiņš Krūmiņš Zariņš Pētersons Balodis Eglītis Čepaitis"
    ),
    _words("Gai Daug Mik Rim Sta Tam Vai Žeb Šil Bal Čes Gri Jur Kub Luk"),
    _words("auskas aitis utis ūnas evičius ėnas iņš sons"),
    0.35,
)
SOUTH_ASIAN = Community(
    8,
    _words(
        "Mohammed Muhammad Gurpreet Harpreet Mandeep Amit Rajesh Sanjay Jaswinder Kulwinder Balwinder Ali Hassan Ayesha Fatima "
        "Imran Tariq Nasreen Farhana Kiran Deepak Sunita Anil Ramesh Prakash Bishnu Dilip Krishna Sita Gita Abdul Shahid"
    ),
    _words(
        "Singh Kaur Khan Patel Hussain Ahmed Ali Begum Shah Akhtar Mahmood Malik Rahman Islam Chowdhury Iqbal Sharma Kumar "
        "Gurung Rai Thapa Tamang Shrestha Magar Limbu Gill Sandhu Dhillon Sidhu Grewal Bains Johal Miah Uddin Choudhury Mirza"
    ),
    first_of_january=0.09,
)
COMMUNITIES = (BRITISH, POLISH, ROMANIAN, CYRILLIC, BALTIC, SOUTH_ASIAN)

# How people of the same name are called besides.
SHORT = {
    "David": "Dave", "Susan": "Sue", "Andrew": "Andy", "Peter": "Pete", "Michael": "Mike", "Stephen": "Steve", "Robert": "Bob",
    "Richard": "Rick", "Christopher": "Chris", "Nicola": "Nicky", "Kevin": "Kev", "Philip": "Phil", "Anthony": "Tony",
    "Matthew": "Matt", "Jonathan": "Jon", "Deborah": "Debbie", "Amanda": "Mandy", "Thomas": "Tom", "Daniel": "Dan",
    "William": "Bill", "Steven": "Steve", "Catherine": "Kate", "Benjamin": "Ben", "Rebecca": "Becky", "Samantha": "Sam",
    "Victoria": "Vicky", "Jennifer": "Jenny", "Krzysztof": "Krzysiek", "Katarzyna": "Kasia", "Małgorzata": "Gosia",
    "Agnieszka": "Aga", "Tomasz": "Tomek", "Alexandru": "Alex", "Constantin": "Costi", "Mohammed": "Mo",
}  # fmt: skip

STREETS = _words(
    "Station Church Mill Park High Victoria Main Green London Queens Kings New North South School Chapel Manor Albert George "
    "Springfield Grange Alexandra Windsor Highfield Orchard West Stanley Grove York Broadway Meadow Marsh Fen Drove Common"
)
WAYS = _words("Road Street Lane Avenue Close Drive Way Court Gardens Crescent")
AREAS = _words(
    "PE LN NG LE CB NR IP CO CM LU MK NN DE ST WV B HR WR GL ME CT TN BN PO TR PL EX TA SY CF SA LL CH PR FY LA CA DH TS YO HU "
    "DN WF LS BD HX HD OL M WA KY DD AB IV PH FK EH ML KA DG BT N E SE SW W NW"
)
TOWNS = _words(
    "Boston Spalding Lincoln Sleaford Wisbech March Ely Peterborough Dereham Thetford Ipswich Colchester Luton Bedford Corby "
    "Leicester Hereford Ledbury Evesham Maidstone Canterbury Faversham Penzance Camborne Selby Goole Preston Carlisle Perth"
)
PLACES = _words(
    "Valley Fenland Anglia Mercia Wessex Northern Southern Eastern Western Coastal Severn Humber Trent Pennine Border Highland "
    "County Central Premier Prime First Direct Active Select Quality Reliable Pro Global Euro United Allied Unity Star Apex "
    "Summit Phoenix Falcon Eagle Kestrel Swift Oak Willow Cedar Elm Acorn Harvest Orchard Meadow Field Green Golden Silver Blue "
    "Red White Black Bright Sunrise Horizon Pioneer Victory Royal Crown Castle Abbey Bridge River Lake Forest Stone Iron Rapid"
)
TRADES = (
    "Labour", "Labour Services", "Labour Solutions", "Recruitment", "Staffing", "Staff", "Workforce", "Personnel", "People",
    "Employment", "Resourcing", "Agri Services", "Farm Services", "Field Services", "Harvest Teams", "Contractors", "Gangs",
    "Packing Services", "Food Staff", "Temps", "Crew", "Produce", "Growers Labour", "Agency",
)  # fmt: skip
FORMS = ("Ltd", "Ltd", "Ltd", "Ltd", "Limited", "Limited", "LLP", "", "")
MAILBOXES = (
    "gmail.com",
    "gmail.com",
    "gmail.com",
    "hotmail.com",
    "hotmail.co.uk",
    "yahoo.co.uk",
    "outlook.com",
    "icloud.com",
    "wp.pl",
    "yahoo.com",
    "btinternet.com",
)
# Where firms have a page that have none of their own.
PAGES_OF_ALL = ("www.facebook.com", "www.facebook.com", "www.yell.com", "www.indeed.co.uk")
