import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry import names

NAMES = st.text(max_size=100)
PLAIN = st.text(alphabet="abcdefgh .&+'-LTDltdCOco0129", max_size=40)


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Green Valley Labour Ltd", "green valley labour"),
        ("GREEN VALLEY LABOUR LIMITED", "green valley labour"),
        ("Green Valley Labour P.L.C.", "green valley labour"),
        ("Green Valley Labour Public Limited Company", "green valley labour"),
        ("Green Valley Labour LLP", "green valley labour"),
        ("Llafur Dyffryn Cyf", "llafur dyffryn"),
        ("Llafur Dyffryn Cwmni Cyfyngedig Cyhoeddus", "llafur dyffryn"),
        ("Smith & Co. Ltd", "smith"),
        ("Smith & Sons", "smith and sons"),
        ("Smith + Sons", "smith and sons"),
        ("A.B.C. Labour", "abc labour"),
        ("St. Ives Shellfish", "st ives shellfish"),
        ("O’Brien's Farms", "obriens farms"),
        ("J. Smith-Jones", "j smith jones"),
        ("3663 First (UK)", "3663 first uk"),
        ("  double   spaces\t", "double spaces"),
        ("Limited", "limited"),
        ("Co Ltd", "co ltd"),
        ("& Co Ltd", "and co ltd"),
        ("", ""),
        ("—", ""),
        # Latin letters of the neighbours
        ("Łódź Foods", "lodz foods"),
        ("Søren Øst", "soren ost"),
        ("Straße Æther", "strasse aether"),
        ("Ștefan Țurcanu", "stefan turcanu"),
        ("Žydrūnas Šimkus", "zydrunas simkus"),
        ("Dağıstan İşçi", "dagistan isci"),
        ("Đorđe Þór", "dorde thor"),
        ("Llŷr a’r Tŷ", "llyr ar ty"),
        ("ＦＵＬＬ Ｗｉｄｔｈ ＆ Co", "full width"),
        # other scripts
        ("Иван Щукин", "ivan shchukin"),
        ("Първанов", "parvanov"),
        ("Первомайський", "pervomayskiy"),
        ("Пётр Чайковский", "petr chaykovskiy"),
        ("Ђорђевић", "djordjevic"),
        ("Ўзбекистон", "uzbekiston"),
        ("Oʻzbek", "ozbek"),
        ("Тоҷик Қосим", "tojik qosim"),
        ("Παπαδόπουλος", "papadopoulos"),
        ("Ευάγγελος Χρήστου", "euangelos christou"),
        ("العَمَل", "alaml"),
        ("علي بابا", "ali baba"),
        ("كارگر ۲۴", "kargr 24"),
        ("श्रम सेवा", "shram seva"),
        ("राम कुमार शर्मा", "ram kumar sharma"),
        ("सरकार", "sarkar"),
        ("ज़िन्दगी", "zindagi"),
        ("नेपाल कामदार सेवा", "nepal kamdar seva"),
    ],
)
def test_folding_writes_a_name_in_plain_letters_without_its_legal_form(name: str, folded: str) -> None:
    assert names.fold(name) == folded


@given(NAMES | PLAIN)
def test_folding_twice_changes_nothing(name: str) -> None:
    once = names.fold(name)

    assert names.fold(once) == once


@given(PLAIN)
def test_folding_does_not_depend_on_another_script_standing_beside(name: str) -> None:
    words = names.fold_person(name).split()

    assert names.fold_person(f"ł - {name}").split() == ["l", *words]


@given(PLAIN)
def test_folding_does_not_depend_on_case(name: str) -> None:
    assert names.fold(name.upper()) == names.fold(name.lower())


@pytest.mark.parametrize("hidden", ["\u200b\u200d", "\u200e", "\u00ad"])
def test_invisible_characters_do_not_make_another_name(hidden: str) -> None:
    assert names.fold(f"Green{hidden}field") == "greenfield"


def test_vowel_signs_of_indian_scripts_keep_two_names_apart() -> None:
    assert names.squash("राम") != names.squash("रमा")


def test_squashing_makes_spacing_and_punctuation_alike() -> None:
    assert names.squash("Green-Field Labour Ltd") == names.squash("Greenfield Labour") == "greenfieldlabour"


def test_squashing_keeps_different_firms_apart() -> None:
    assert names.squash("Greenfield Labour Ltd") != names.squash("Greenfield Labours Ltd")


def test_tokens_are_the_words_in_order_with_repeats() -> None:
    assert names.tokens("The Field of the Field Ltd") == ("the", "field", "of", "the", "field")


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Szymanski", "Shymanski"),
        ("Wiśniewski", "Vishnievski"),
        ("Kowalczyk", "Kovalchik"),
        ("Xavier", "Ksavier"),
        ("Stephan", "Stefan"),
        ("Mihai", "Mikhai"),
        ("Jan", "Yan"),
        ("Щерев", "Szczerew"),
        ("Щерев", "Sherev"),
        ("Zhukov", "Żukow"),
        ("Jackson", "Jakson"),
        ("Phillips", "Filips"),
        ("Thomas", "Tomas"),
        ("Quick", "Kwik"),
    ],
)
def test_spellings_of_one_sound_share_a_skeleton(a: str, b: str) -> None:
    assert names.skeleton(names.fold(a)) == names.skeleton(names.fold(b))


@pytest.mark.parametrize(("a", "b"), [("Baker", "Barker"), ("Smith", "Schmidt"), ("3663", "363"), ("Reed", "Read It")])
def test_different_sounds_keep_different_skeletons(a: str, b: str) -> None:
    assert names.skeleton(names.fold(a)) != names.skeleton(names.fold(b))


@given(NAMES)
def test_a_name_scores_a_hundred_against_itself(name: str) -> None:
    folded = names.fold(name)

    assert names.score(folded, folded) == (100 if folded else 0)


@given(NAMES, NAMES)
def test_a_score_lies_between_nothing_and_a_hundred(a: str, b: str) -> None:
    folded = names.fold(a), names.fold(b)

    assert 0 <= names.score(*folded) <= 100
    assert (names.score(*folded) == 100) <= (folded[0].replace(" ", "") == folded[1].replace(" ", ""))


@pytest.mark.parametrize(
    ("query", "better", "worse"),
    [
        ("gren feild labour", "green field labour", "brown field labour"),
        ("greenfield labour", "green field labour", "greenfield lager"),
        ("labour green field", "green field labour", "labour of green fields"),
        ("green fie", "green field labour", "great fire services"),
        ("green fie", "green field labour", "green pie"),
        ("field services", "field and orchard services", "field servants"),
        ("kovalchik", "kowalczyk", "kowalski"),
        ("green field labour", "green field labour", "labour green field"),
    ],
)
def test_the_score_puts_the_name_that_was_meant_first(query: str, better: str, worse: str) -> None:
    assert names.score(query, better) > names.score(query, worse)


def test_words_in_another_order_are_never_the_same_name_even_if_they_sound_alike() -> None:
    assert names.score("a e", "e a") < 100


def test_the_score_of_nothing_is_nothing() -> None:
    assert names.score("", "green") == names.score("green", "") == 0


def test_a_person_keeps_words_that_look_like_a_legal_form() -> None:
    assert names.fold_person("Mr Thanh Co") == "thanh co"


def test_a_person_called_only_by_a_title_keeps_it() -> None:
    assert names.fold_person("Dame") == "dame"


def test_the_key_of_a_person_does_not_depend_on_the_order_of_words() -> None:
    assert names.person_key("Kowalski, Jan") == names.person_key("Mr Jan Kowalski") == "jan kowalski"


def test_the_same_people_score_a_hundred_in_any_order() -> None:
    assert names.person_score("Dr Jan Kowalski", "KOWALSKI, Jan") == 100


@pytest.mark.parametrize(
    ("a", "b", "least"),
    [
        ("J Kowalski", "Jan Kowalski", 85),
        ("J K", "J K", 100),
        ("Jan Adam Kowalski", "Jan Kowalski", 95),
        ("Jan Kowalczyk", "Jan Kovalchik", 90),
        ("Иван Петров", "Ivan Petrov", 100),
    ],
)
def test_one_person_written_differently_scores_high(a: str, b: str, least: float) -> None:
    assert names.person_score(a, b) >= least
    assert names.person_score(b, a) == pytest.approx(names.person_score(a, b))


@pytest.mark.parametrize(
    ("a", "b", "most"),
    [("Jane Smith", "John Smith", 85), ("Smith", "John Smith", 50), ("Ann Lee", "Peter Wong", 60), ("", "Ann", 0)],
)
def test_different_people_score_low(a: str, b: str, most: float) -> None:
    assert names.person_score(a, b) <= most


def test_a_full_name_finds_its_partner_before_an_initial_does() -> None:
    assert names.person_score("J Jan", "Jan Joseph") == 90
