"""The case-level tables: a small fixed set of flat tables in the words of the national child-level return.

tables = with_shipped(read_folder("cases"))   # Parquet or CSV, one file a table
for fault in validate(tables): ...            # what is wrong, row by row
tables = linked(tables)                       # one person per child, however often recorded
"""

from openyj.tables.case_tables import CaseTables
from openyj.tables.contents import ALL, BY_NAME
from openyj.tables.declare import Table
from openyj.tables.faults import Fault, TableNotSupplied, Unfit
from openyj.tables.folder import read_folder, write_folder
from openyj.tables.linking import linked
from openyj.tables.mappings import shipped, with_shipped
from openyj.tables.validity import validate

__all__ = [
    "ALL",
    "BY_NAME",
    "CaseTables",
    "Fault",
    "Table",
    "TableNotSupplied",
    "Unfit",
    "linked",
    "read_folder",
    "shipped",
    "validate",
    "with_shipped",
    "write_folder",
]
