"""How many children a worker, a team or a locality has, for the administrator who is about to end or close it.

A count of the service's own children and no more: an administrator may not look at one, so `visible_to` gives none.
"""

from __future__ import annotations

from openyj.accounts.models import Locality, Team, User
from openyj.accounts.slots import Holding, holdings
from openyj.people.models import Child


@holdings.contribute("children")
def children(thing: User | Team | Locality) -> Holding:
    by = {User: "worker", Team: "team", Locality: "locality"}[type(thing)]
    count = Child.objects.standing().filter(**{by: thing}).count()
    return Holding(count, "child" if count == 1 else "children")
