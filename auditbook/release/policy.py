"""Every number of the disclosure policy, on one screen: what it is, why it is that, and where it is written.

The rule in words: counts from 1 to 5 of children, families, cases and family contacts are withheld (agencies, findings
and recommendations are not people), nobody and everybody of a sensitive question, minimum and maximum, and then as many
other figures as it takes so that no withheld one can be worked out. Source: DESIGN section 10.
"""

SMALL = 5
"""Counts of people from 1 to this are withheld. The Department for Education's children in need releases do the same:
"counts from 1 to 5 are replaced by c". Zeros stay there, and here."""

PROTECTION_RANGE = 3
"""How far apart the least and the greatest possible value of a withheld figure are, at least: a count of 1 to 5 is then
one of four, and never known to within two. Wider withholds more: 5 costs a tenth more figures, and half of all audits
of rows could not be released at all (measured, SECURITY.md)."""

MEDIAN_NEEDS = SMALL + 1
"""Numbers behind a median, at least: NHS Digital prints no average of 7 people or fewer; here as many as any count."""

ROUND_TO = 5
"""Pooled figures are rounded to this, as OpenSAFELY and NHS Digital round theirs."""

POOL_NEEDS = 4
"""Audits in a pool, at least: a year of quarters. Of fewer, at five cases each, nearly all would be withheld."""

CHANGED_BY_FEW = SMALL
"""A second release of an audit may not differ from the first by so few people."""

TOTAL_COST = 100
"""What withholding the number of all cases, or of all people, counts for beside one printed number: every reader needs
it, and whoever sees a base elsewhere guesses it. So it goes only where nothing else protects a small count."""

# What the search for the figures to withhold may cost. They count steps, never seconds: what is released must not hang
# on how busy a machine is.
TRIES = 40
"""Sets of figures that are tried for one that can be worked out, the cheapest first. Measured: more find nothing
cheaper in 99 of 100 audits of rows."""

SOLVES = 2_500
"""Questions to the solver for one release, about as many as it answers in 2 seconds. Beyond it, whatever hangs together
with what is not yet protected is withheld. An audit of 20 cases and 60 variables asks some 800."""

NODES = 300
"""Branches in which the solver may look for one answer; what it does not find within them counts as impossible."""

COMBINATIONS = 200
"""Combinations of answers that one model of derived variables and crossings may have: half a second for most. Beyond it
there are several, linked through the variables that they share."""

EXCHANGES = 3_000
"""Answers of agencies that are exchanged, one pair after another, in search of others that print the same figures: 0.03
seconds. Only where a question's agreement might be told, and a small number hangs on it."""

REASONS = 12
"""Small figures that are tried, one after another, as the one for whose sake the figures around it are withheld.
Measured on 120 random audits: 12 cost no more time than 3, and as much is withheld."""
