"""Two numbers in a list that are one person here. Knows no database."""

from collections.abc import Mapping
from dataclasses import replace

from belisha.people.roster.records import Roster, RosterParent, RosterRelation


def folded(roster: Roster, same: Mapping[str, str]) -> Roster:
    """Return the roster with each parent's number read as the one that `same` gives for it.

    Told twice about one child, an order of either line stands, and responsibility of either, as
    when two contacts are merged.
    """
    if same.keys().isdisjoint(parent.key for parent in roster.parents):
        return roster
    parents: dict[str, RosterParent] = {}
    # Whoever bears the number that stays speaks first.
    for parent in sorted(roster.parents, key=lambda parent: parent.key in same):
        key = same.get(parent.key, parent.key)
        parents.setdefault(key, replace(parent, key=key))
    relations: dict[tuple[str, str], RosterRelation] = {}
    for relation in sorted(roster.relations, key=lambda relation: relation.parent_key in same):
        one = replace(relation, parent_key=same.get(relation.parent_key, relation.parent_key))
        first = relations.setdefault((one.pupil_key, one.parent_key), one)
        relations[one.pupil_key, one.parent_key] = replace(
            first,
            parental_responsibility=first.parental_responsibility or one.parental_responsibility,
            no_contact=first.no_contact or one.no_contact,
        )
    return replace(
        roster,
        parents=tuple(parents[key] for key in sorted(parents)),
        relations=tuple(relations[pair] for pair in sorted(relations)),
    )
