"""The demonstration: the Taipei–Kyiv visit of March 2023, replayed around today.

Facts of the source document and of named public sources stay facts and are marked so; every
invented person carries a telling name (示範, примірник: "demonstration", "specimen"), and real people carry
public facts only: no guest records, hotels, diets or words. `load.py` writes it all through the
services; `replay.py` moves it so that the visit's Tuesday is the day wanted.
"""
