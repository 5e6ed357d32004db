"""Snapshots: the site frozen as a bag (BagIt, RFC 8493), kept, proved against its row of the ledger, and given back."""
