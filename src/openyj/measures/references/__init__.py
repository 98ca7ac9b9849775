"""Each measure a second time, in plain Python, one person at a time: ``counted(life, as_of)``.

Written from the definitions (indicators.md sections 0 to 3) and from nothing else in this folder's neighbours,
so that where the two agree neither merely repeats the other's mistake. A life is one person's rows, by table,
as dictionaries. Slow on purpose: one thing after another, as the definition says it.
"""
