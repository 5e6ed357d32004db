"""An address outside the portal that a reader would not reach. It is asked only where the check is told to: `--external`.

Why: evidence that is gone proves nothing any more. Other hosts fail for a while or refuse machines, so this is a warning
and never part of a usual check. An address is asked once, by HEAD and where that fails by GET, and up to five redirects
are followed. Whoever asks for a login or for patience (401, 403, 407, 429) is there. Only http and https are asked, and
private, loopback and link-local addresses only with `--private-addresses`: the data may come from a stranger.

Example, in `data/programmes/demo/programme.yml`, whose second address answers with status 404:

    id: demo
    title: Demo
    owner: editor
    recorded: 2026-01-01
    summary: The plan stands at https://plan.example/now, the old one at https://plan.example/gone.

Output:

    data/programmes/demo/programme.yml:5:70: warning[external-link] https://plan.example/gone answers with status 404
      5 | summary: The plan stands at https://plan.example/now, the old one at https://plan.example/gone.
        |                                                                      ^
      Correct the address, or say where the document is kept now.
"""

from __future__ import annotations

from collections.abc import Iterator

from milepost.check.links.asked import AskedLinks
from milepost.check.rules.descriptor import ExternalRule
from milepost.diagnostics import Diagnostic, Severity


def check(asked: AskedLinks) -> Iterator[Diagnostic]:
    """Each place at which an address stands that failed."""
    for link in asked.links:
        fault = asked.faults.get(link.asked)
        if fault is not None:
            message, hint = f"{link.address} {fault}", "Correct the address, or say where the document is kept now."
            yield Diagnostic.at(link.location, "external-link", message, hint, Severity.WARNING)


RULE = ExternalRule("external-link", check, Severity.WARNING)
