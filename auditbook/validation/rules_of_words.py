"""The rules that what is written must keep: a briefing, and everything against personal data."""

from auditbook.validation.problems import Rule

BRIEFING = (
    Rule(
        "B01",
        "A briefing without its seven boxes",
        (
            "box … is missing; a briefing has boxes 1 to 7 (## … …).",
            "box … stands there twice.",
            "box … stands there but boxes end at 7.",
            "this stands before the first box (## 1 …).",
            '"…" must begin with the number of its box: ## 1 …',
        ),
        "The seven-minute briefing has seven boxes, on paper too.",
        "Give the box its heading: `## 3 What works`.",
        "data/audits/2021-22-Q1/briefing.md: box 7 is missing; a briefing has boxes 1 to 7 (## 7 …). [B01]",
    ),
    Rule(
        "B02",
        "An empty box",
        ("box … is empty.",),
        "An empty box on paper looks like a mistake.",
        "Say in a sentence that there is nothing to report, and why.",
        "data/audits/2021-22-Q1/briefing.md:25: box 7 is empty. [B02]",
    ),
    Rule(
        "B03",
        "A role nobody knows",
        ("{…} is not a role of a briefing.",),
        "A role puts a figure into words; an unknown one would be printed as it stands.",
        "Take count, number, words, base, percent, median, mean, list, rec or fact.",
        "data/audits/2021-22-Q1/briefing.md:11: {cuont} is not a role of a briefing. Nearest: count. [B03]",
    ),
    Rule(
        "B04",
        "A figure that the audit does not state",
        (
            'this audit states no measure "…".',
            'this audit makes no recommendation "…".',
            '"…" is not a variable of the codebook.',
            "this audit states nothing of ….",
        ),
        "No figure in prose is typed or made up.",
        "Take a measure that `auditbook measures` lists, or enter what it is counted from.",
        'data/audits/2021-22-Q1/briefing.md:11: this audit states no measure "case.total". Nearest: cases.total. [B04]',
    ),
    Rule(
        "B05",
        "A figure that is withheld, or no number",
        (
            "… is withheld; only {count} may name it.",
            "… is a phrase, not a number; only {count} may name it.",
            "… has nothing above zero to list.",
        ),
        "A withheld number must not get out through a sentence.",
        "Use `{count}`, which says that the number is withheld, or leave the sentence out. `strict` withholds small "
        "counts until a decision is recorded in `audit.yml`, under `release`.",
        "data/audits/2021-22-Q1/briefing.md:11: sex.F is withheld; only {count} may name it. [B05]",
    ),
    Rule(
        "B06",
        "A fact without its source",
        ("{fact}`…` must give words and their source: {fact}`words|source`.",),
        "A number that we did not count has somebody who did.",
        "Write the words, a bar, and where they come from.",
        "data/audits/2021-22-Q1/briefing.md:11: {fact}`three boards` must give words and their source: "
        "{fact}`words|source`. [B06]",
    ),
    Rule(
        "B07",
        "A number typed by hand",
        (
            '"…" is typed by hand; use a role, or {fact}`…|its source`.',
            '"…" is typed by hand; write {count}`…` (“…”), or {fact}`…|its source`.',
        ),
        "A typed number stays when the data change. It is found in digits and in words, with percentages and parts "
        "(`half`, `a third`) and with what says a number without one (`all`, `both`, `none`, `twice`, `a couple of`, "
        "`the majority of`). Let through are set phrases: laws and guidance with their sections, dates, times, years, "
        "ages of a service, school years, time limits, idioms, and `all agencies should …`, which counts nobody.",
        "Use a role: ``{count}`sex.F` ``. A number from elsewhere is a fact with its source. A name with a number in "
        "it goes into `data/codebook/phrases.csv`, as it is written: `Pathway 3 meeting`.",
        'data/audits/2021-22-Q1/briefing.md:11: "Two" is typed by hand; write {count}`factors.3A` (“2 of the 7 '
        "cases”), or {fact}`Two|its source`. [B07]",
    ),
    Rule(
        "B08",
        "Something that a briefing cannot hold",
        (
            "a box holds paragraphs, lists, sub-headings (###), tables and quotations (>); this is ….",
            "… stands in a box by itself, not in a ….",
            "a briefing holds words, figures and links to https pages; this is ….",
            '"…" would be printed as it stands; Markdown makes nothing of it here.',
            "this row has …, its table …; a bar inside a cell is written \\|.",
            "a table in a box has at most 4 columns; this one has ….",
            "a table in a box has at most 12 rows; this one has ….",
            "a table has a heading over every column, and a row below.",
        ),
        "A briefing is also a PDF and a Word document of two pages, slides and plain text, and all of them say the "
        "same; what one of them cannot show stands in none.",
        "Take it out, or say it in words. A table has a line of `|---|---|` under its headings and an empty line "
        "before and after it.",
        "data/audits/2021-22-Q1/briefing.md:11: a box holds paragraphs, lists, sub-headings (###), tables and "
        "quotations (>); this is a rule. [B08]",
    ),
)

PERSONAL = (
    Rule(
        "P01",
        "A person's name",
        (
            "personal data may not be entered (value not shown).",
            "a variable of this name would hold personal data, which may not be entered.",
        ),
        "Nobody in a case may be found through the book; what was never entered cannot leak.",
        "Delete the column, also in the file it was copied from. Cases and people have ids such as c-01.",
        "data/audits/2021-22-Q1/cases.csv:2: child_name: personal data may not be entered (value not shown). [P01]",
    ),
    Rule(
        "P02",
        "A date of birth",
        (
            "personal data may not be entered (value not shown).",
            "personal data may not be entered (value not shown): this looks like a date of birth.",
            "a variable of this name would hold personal data, which may not be entered.",
        ),
        "Nobody in a case may be found through the book; what was never entered cannot leak.",
        "Delete it. An age in months or years may be entered, and so may a year of birth.",
        "data/audits/2021-22-Q1/cases.csv:9: date_of_birth: personal data may not be entered (value not shown). [P02]",
    ),
    Rule(
        "P03",
        "An NHS number",
        (
            "personal data may not be entered (value not shown).",
            "personal data may not be entered (value not shown): this looks like an NHS number.",
        ),
        "Nobody in a case may be found through the book; what was never entered cannot leak.",
        "Delete it. One in eleven of all ten-digit numbers has a valid check digit and is refused whatever it is: "
        "leave such a number out.",
        "data/audits/2021-22-Q1/findings.csv:11: text: personal data may not be entered (value not shown): this looks "
        "like an NHS number. [P03]",
    ),
    Rule(
        "P04",
        "A unique pupil number",
        (
            "personal data may not be entered (value not shown).",
            "personal data may not be entered (value not shown): this looks like a unique pupil number.",
        ),
        "Nobody in a case may be found through the book; what was never entered cannot leak.",
        "Delete it. If it is something else, leave it out: its check letter is that of a pupil number.",
        "data/audits/2021-22-Q1/findings.csv:11: text: personal data may not be entered (value not shown): this looks "
        "like a unique pupil number. [P04]",
    ),
    Rule(
        "P05",
        "A postcode",
        (
            "personal data may not be entered (value not shown).",
            "personal data may not be entered (value not shown): this looks like a postcode.",
        ),
        "Nobody in a case may be found through the book; what was never entered cannot leak.",
        "Delete it; the first half alone, a district, may stand.",
        "data/audits/2021-22-Q1/findings.csv:11: text: personal data may not be entered (value not shown): this looks "
        "like a postcode. [P05]",
    ),
    Rule(
        "P06",
        "A phone number",
        (
            "personal data may not be entered (value not shown).",
            "personal data may not be entered (value not shown): this looks like a phone number.",
        ),
        "Nobody in a case may be found through the book; what was never entered cannot leak.",
        "Delete it, a professional's too: it does not belong in a book.",
        "data/audits/2021-22-Q1/audit.yml:4: personal data may not be entered (value not shown): this looks like a "
        "phone number. [P06]",
    ),
    Rule(
        "P07",
        "An e-mail address",
        (
            "personal data may not be entered (value not shown).",
            "personal data may not be entered (value not shown): this looks like an e-mail address.",
        ),
        "Nobody in a case may be found through the book; what was never entered cannot leak.",
        "Delete it, a professional's too.",
        "data/audits/2021-22-Q1/briefing.md:11: personal data may not be entered (value not shown): this looks like "
        "an e-mail address. [P07]",
    ),
    Rule(
        "P08",
        "An address, or another number of a person",
        ("personal data may not be entered (value not shown).",),
        "Nobody in a case may be found through the book; what was never entered cannot leak.",
        "Delete the column.",
        "data/audits/2021-22-Q1/cases.csv:2: home_address: personal data may not be entered (value not shown). [P08]",
    ),
)
