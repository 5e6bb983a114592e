"""CoreNLP's UD version 1 relations turned into those of version 2 as UD English uses them today."""

from __future__ import annotations

RENAMED = {
    "dobj": "obj",
    "nsubjpass": "nsubj:pass",
    "csubjpass": "csubj:pass",
    "auxpass": "aux:pass",
    "mwe": "fixed",
    "name": "flat",
    "foreign": "flat",
    "neg": "advmod",
    "nmod:agent": "obl:agent",
    "remnant": "orphan",
}


def to_universal(
    forms: list[str], tags: list[str], heads: list[int], deps: list[str], names: list[tuple[int, int, str]]
) -> tuple[list[int], list[str]]:
    """Heads (the root's is itself) and relations in UD version 2.

    Takes one sentence's words, PTB tags, heads (-1 for the root), relations and names. Example: in
    "Jane Doe", version 1 made "Jane" a compound of "Doe"; version 2 makes "Doe" flat under "Jane".
    """
    heads = [n if head < 0 else head for n, head in enumerate(heads)]
    deps = list(deps)
    for n, dep in enumerate(deps):
        tag = tags[heads[n]]
        nominal = tag[:2] in ("NN", "CD", "PR") or tag in ("$", "DT", "WP")
        if dep in ("nmod", "nmod:agent"):
            by_passive = (
                forms[n - 1 :]
                and any(heads[k] == n and forms[k].lower() == "by" for k in range(max(0, n - 6), n))
                and any(
                    heads[k] == heads[n] and deps[k] in ("auxpass", "aux:pass") for k in range(len(heads))
                )
            )
            deps[n] = "nmod" if nominal else "obl:agent" if by_passive else "obl"
        elif dep in ("nmod:npmod", "nmod:tmod"):
            deps[n] = "nmod:unmarked" if nominal else "obl:unmarked"
        elif dep == "neg" and forms[n].lower() == "no":
            deps[n] = "det"
        else:
            deps[n] = RENAMED.get(dep, dep)
    _attach_to_next_conjunct(heads, deps)
    for first, after, label in names:
        if label == "PERSON":
            _head_first(first, after, heads, deps)
            for n in range(max(0, first - 4), first):
                if heads[n] == first and deps[n] == "compound":
                    deps[n] = "nmod:desc"  # a title or role before the name
    return heads, deps


def _attach_to_next_conjunct(heads: list[int], deps: list[str]) -> None:
    """Version 1 hung "and" and commas on the first conjunct, version 2 hangs them on the one that follows."""
    for n, dep in enumerate(deps):
        if dep in ("cc", "punct"):
            following = [k for k in range(n + 1, len(deps)) if deps[k] == "conj" and heads[k] == heads[n]]
            if (
                following
                and heads[n] < n
                and (dep == "cc" or any(deps[k] == "conj" or k == heads[n] for k in range(heads[n], n)))
            ):
                heads[n] = following[0]


def _head_first(first: int, after: int, heads: list[int], deps: list[str]) -> None:
    last = after - 1
    inside = range(first, after)
    if last == first or any(heads[n] != last or deps[n] != "compound" for n in range(first, last)):
        return
    if heads[last] in inside and heads[last] != last:
        return
    root = heads[last] == last
    heads[first], deps[first] = (first if root else heads[last]), deps[last]
    for n in range(first + 1, after):
        heads[n], deps[n] = first, "flat"
    for n, head in enumerate(heads):
        if head == last and n not in inside:
            heads[n] = first
