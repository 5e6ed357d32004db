"""Words without a portal: plain text, days, ids and percentages in sentences, and sentences as safe HTML.

It imports nothing of Milepost. A newcomer changes here how a sentence is read or shown, wherever it comes from.
"""
