"""The log of who did what with which record, why, and how it ended; rows are only ever added.

The database itself refuses to change or delete a row. The clock chains the rows by their hashes and
signs where the chain stands every day, so that whoever gets around the database is found out.
"""

from server.audit.log import log, log_all, row
from server.audit.models import AuditEvent

__all__ = ["AuditEvent", "log", "log_all", "row"]
