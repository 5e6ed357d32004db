"""The data's past: git, the ledger of snapshots, what differs between two states, and addresses that were published.

It may import `model` and what `model` may. A newcomer changes here how a change between two revisions is found and
worded.
"""
