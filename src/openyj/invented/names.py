"""Invented names. Family names are put together from syllables that make no known family's name; given names
are ordinary and shared by many, so that they point at nobody. Streets and schools are made of the same stuff.
"""

from __future__ import annotations

import numpy as np

FAMILY_STARTS = (
    "Bral", "Cren", "Dosk", "Elv", "Fenn", "Grud", "Hask", "Irv", "Jolt", "Krem", "Lusk", "Morv", "Nask", "Orv",
    "Plim", "Quor", "Rusk", "Skel", "Tarv", "Umb", "Vesk", "Wrel", "Yelv", "Zant", "Brusk", "Dwim", "Flisk", "Glorm",
)  # fmt: skip
FAMILY_MIDDLES = ("a", "e", "i", "o", "u", "ani", "eri", "ola", "umi", "ovo")
FAMILY_ENDS = (
    "blen", "dash", "frin", "gorn", "kesh", "lund", "mire", "nast", "plow", "quill", "rask", "sith", "tumble", "vane",
    "wex", "yarn", "zeld", "drop", "fennow", "gimble",
)  # fmt: skip
BOYS = (
    "Adam", "Amir", "Ben", "Callum", "Daniel", "David", "Ethan", "Finn", "George", "Hamza", "Harry", "Ibrahim",
    "Jack", "Jamal", "James", "Joseph", "Kai", "Leo", "Liam", "Lucas", "Malik", "Max", "Noah", "Omar", "Owen", "Reece",
    "Ryan", "Sam", "Tariq", "Toby", "Tyler", "Zac",
)  # fmt: skip
GIRLS = (
    "Aisha", "Amelia", "Chloe", "Ella", "Emily", "Fatima", "Freya", "Grace", "Hannah", "Isla", "Jade", "Jasmine",
    "Keira", "Layla", "Lily", "Maya", "Mia", "Nadia", "Olivia", "Poppy", "Ruby", "Sara", "Sophie", "Zara",
)  # fmt: skip
SHORT = {"Daniel": "Dan", "Joseph": "Joe", "James": "Jay", "Ibrahim": "Ibby", "Emily": "Em", "Jasmine": "Jas",
         "Olivia": "Liv", "Callum": "Cal", "Lucas": "Luke", "Amelia": "Millie"}  # fmt: skip
ADULTS = (
    "Alex", "Bea", "Chris", "Dev", "Esther", "Farah", "Gwen", "Helen", "Idris", "Joan", "Karen", "Lena", "Mark",
    "Nia", "Oliver", "Priya", "Rhys", "Simon", "Tess", "Usman", "Vera", "Will", "Yusuf", "Zoe",
)  # fmt: skip
STREETS = ("Quillfeather", "Saltpan", "Candlewright", "Thistlecomb", "Marlpit", "Oxenbell", "Fernstile", "Lampblack",
           "Ropemaker's", "Wicketgate", "Dunwater", "Tallowdip")  # fmt: skip
STREET_ENDS = ("Street", "Road", "Lane", "Close", "Rise", "Way", "Court", "Gardens")
SCHOOLS = ("Saltgate Academy", "Quillmoor High School", "Pellowheath School", "North Quill College",
           "The Tannery School", "Wharfside Pupil Referral Unit", "Dunvexley School", "Ostermarl Academy")  # fmt: skip


def picked(rng: np.random.Generator, words: tuple[str, ...], n: int) -> np.ndarray:
    return np.array(words, dtype=object)[rng.integers(0, len(words), n)]


def family_names(rng: np.random.Generator, n: int) -> np.ndarray:
    """5,600 different names; two people may share one."""
    return picked(rng, FAMILY_STARTS, n) + picked(rng, FAMILY_MIDDLES, n) + picked(rng, FAMILY_ENDS, n)


def given_names(rng: np.random.Generator, sex: np.ndarray) -> np.ndarray:
    """Names by the code of ``tables.codes.SEX``; either where the sex is not recorded."""
    n = len(sex)
    either = rng.random(n) < 0.5
    boy = (sex == "1") | ((sex != "2") & either)
    return np.where(boy, picked(rng, BOYS, n), picked(rng, GIRLS, n))


def phones(rng: np.random.Generator, n: int) -> np.ndarray:
    """07700 900000 to 900999: mobile numbers Ofcom keeps for drama, which ring nowhere."""
    return np.array([f"07700 900{number:03d}" for number in rng.integers(0, 1000, n)], dtype=object)


def postcodes(rng: np.random.Generator, letters: np.ndarray) -> np.ndarray:
    """No United Kingdom postcode has a V in its second half."""
    outward, sector = rng.integers(1, 20, len(letters)), rng.integers(1, 10, len(letters))
    ends = picked(rng, ("VA", "VB", "VD", "VE", "VF", "VG", "VH", "VJ"), len(letters))
    return np.array([f"{a}{b} {c}{d}" for a, b, c, d in zip(letters, outward, sector, ends, strict=True)], dtype=object)


def address_lines(rng: np.random.Generator, town: np.ndarray) -> np.ndarray:
    n = len(town)
    number = rng.integers(1, 140, n).astype(str).astype(object)
    return number + " " + picked(rng, STREETS, n) + " " + picked(rng, STREET_ENDS, n) + ", " + town
