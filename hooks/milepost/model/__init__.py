"""The frozen graph of a portal, and all that follows from it alone: figures, status, events, addresses.

It may import `data` and `text`. A newcomer changes here what a word of status means, how figures roll up, and where a
page is published.
"""
