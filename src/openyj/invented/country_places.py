"""The invented services of the invented country. No such places exist; the regions do."""

from __future__ import annotations

import numpy as np

from openyj.invented import country_parameters as c
from openyj.invented.places import Place

FIRST = (
    "Quillan", "Thraxel", "Wexeth", "Ostrel", "Dunvar", "Pellin", "Marovel", "Cindrel", "Fennoch", "Gorsel",
    "Hazzen", "Ivorn", "Jessam", "Kestrin", "Lorrim", "Mistrel", "Norrask", "Orrish", "Perrowen", "Ruskel",
    "Saffrin", "Tarrowel", "Umbrel", "Vessan", "Wyrdel", "Yarrowen", "Zennith", "Emberel", "Brannok",
)  # fmt: skip
SECOND = ("moor", "holt", "mere", "wick", "stead", "combe", "dale", "haven", "march", "ridge", "thorpe", "wold", "fell")
MOST_SERVICES = len(FIRST) * len(SECOND)
PARTS = (("Old {}", 0.34), ("{} Cross", 0.28), ("{} Heath", 0.22), ("{} Quay", 0.16))


def named(number: int) -> str:
    """The name of the place of this number, from 0; 29 and 13 share no divisor, so no name comes twice."""
    return FIRST[number % len(FIRST)] + SECOND[number % len(SECOND)]


def country_places(seed: int, services: int, size: float, years: range) -> list[Place]:
    """So many services of all sizes in all regions, their residents together ``size`` times those of England and
    Wales. ``share`` is each one's part of the country's children."""
    rng = np.random.default_rng([seed, 0])
    regions = c.REGIONS.value
    count = apportioned(services, [each[0] for each in regions.values()])
    latest, residents = c.RESIDENTS.value
    large = np.exp(c.SIZES.value * rng.standard_normal(services))
    rate = np.exp(c.RATES_DIFFER.value * rng.standard_normal(services))
    region = np.repeat(np.arange(len(regions)), count)
    parts = np.array([each[1] for each in regions.values()])
    own = parts[region] * large / np.bincount(region, large, len(regions))[region]
    own = own / own.sum()
    share = own * rate * np.array([each[2] for each in regions.values()])[region]
    share = share / share.sum()
    places = []
    for number in range(services):
        then = residents * size * float(own[number])
        growth = round(then * c.RESIDENTS_GROW.value)
        name = named(number)
        where = list(regions)[region[number]]
        places.append(
            Place(
                service=name.upper(),
                name=f"{name} Youth Justice Service",
                letters=chr(65 + number // 26) + chr(65 + number % 26),
                localities=tuple((part.format(name), weight) for part, weight in PARTS),
                share=float(share[number]),
                population=max(round(then) - growth * (latest - years[0]), 1),
                growth=growth,
                region=where,
                country="Wales" if where == "Wales" else "England",
            )
        )
    return places


def apportioned(total: int, weights: list[int]) -> np.ndarray:
    """A whole number of each, in proportion: the largest remainders get what is left over."""
    exact = total * np.asarray(weights) / sum(weights)
    found = np.floor(exact).astype(np.int64)
    found[np.argsort(found - exact, kind="stable")[: total - found.sum()]] += 1
    return found
