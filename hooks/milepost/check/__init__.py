"""The check: the rules, what runs them, and the readers of a built site that they judge.

It may import `history`, `model`, `data` and `text`, and no charts or templates. A newcomer adds a rule in `rules`.
"""
