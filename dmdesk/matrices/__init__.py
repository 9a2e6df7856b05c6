"""Matrices: two kinds against each other, such as products and the WBS elements that make them, as plain data.

Importing this package declares them all. A new one takes a module that adds a ``Relation``, a line here, and an
entry in the navigation.
"""

# ruff: noqa: I001, F401  (importing the modules declares the matrices, in this order)

from dmdesk.matrices import product_wbs
from dmdesk.matrices import obs
from dmdesk.matrices.relation import (
    INHERITED,
    OWN,
    RELATIONS,
    UNRESOLVED,
    Axis,
    Cell,
    Matrix,
    Relation,
    mark,
    matrix,
    toggled,
)

__all__ = [
    "INHERITED", "OWN", "RELATIONS", "UNRESOLVED", "Axis", "Cell", "Matrix", "Relation", "mark", "matrix", "toggled",
]  # fmt: skip
