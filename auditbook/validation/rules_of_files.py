"""The rules that files as a whole must keep, settings and the codebook among them."""

from auditbook.validation.problems import Rule

FILES = (
    Rule(
        "F01",
        "A file or folder that does not belong",
        (
            "no such file belongs here.",
            "no such folder belongs here.",
            "tables are read as CSV, not as a workbook; save its sheet as “CSV UTF-8”.",
        ),
        "A file under a wrong name would be passed over in silence, and its rows would be missing from every figure.",
        "Rename it to the name given as nearest, or take it out of the folder. What systems and editors leave behind "
        "(`.DS_Store`, `Thumbs.db`, `desktop.ini`, `~$…`, `.~lock.…#`) is passed over.",
        "data/audits/2021-22-Q1/finding.csv: no such file belongs here. Nearest: findings.csv. [F01]",
    ),
    Rule(
        "F02",
        "A column nobody knows",
        (
            '"…" is not a column of this file; expected ….',
            '"…" is neither a column of this file nor a variable of the codebook.',
        ),
        "What stands under a misspelt heading would be counted nowhere.",
        "Correct the heading; capitals, and blanks for hyphens or `_`, do not matter, and a variable's label is "
        "understood. A new question is a variable: add it to `data/codebook/variables.csv` first.",
        'data/audits/2021-22-Q1/findings.csv:1: thems: "thems" is not a column of this file; expected finding, case, '
        "agency, channel, polarity, themes, box, text. Nearest: themes. [F02]",
    ),
    Rule(
        "F03",
        "A column that is missing",
        ('the column "…" is missing.',),
        "Without it the rows cannot be understood.",
        "Add the column, and fill it in for every row.",
        'data/audits/2021-22-Q1/involvement.csv:1: state: the column "state" is missing. [F03]',
    ),
    Rule(
        "F04",
        "Not UTF-8 text",
        (
            "this is not UTF-8 text; save it as “CSV UTF-8”, or as UTF-8 text.",
            "this is not UTF-8 text (it holds a zero byte); save it as “CSV UTF-8”, or as UTF-8 text.",
            "this is not text: a control character (…) stands here; take it out.",
            "this file cannot be read (…).",
        ),
        "In another encoding names and quotation marks turn into other characters, or the file cannot be read at all.",
        "In Excel: Save as, and choose “CSV UTF-8 (comma delimited)”. An invisible control character, often pasted "
        "from a word processor, goes when the words are typed again.",
        "data/audits/2021-22-Q1/findings.csv:1: this is not UTF-8 text; save it as “CSV UTF-8”, or as UTF-8 text. "
        "[F04]",
    ),
    Rule(
        "F05",
        "Quotation marks that do not match",
        ("the quotation marks from this line on do not match; a mark inside a cell is doubled, and the cell quoted.",),
        "From there on nobody can tell where a cell ends.",
        'Write the cell in quotation marks and double those inside it: `"She said ""no""."`. A spreadsheet does so by '
        "itself.",
        "data/audits/2021-22-Q1/findings.csv:2: the quotation marks from this line on do not match; a mark inside a "
        "cell is doubled, and the cell quoted. [F05]",
    ),
    Rule(
        "F06",
        "A first row that does not name the columns",
        (
            'the column "…" stands there twice.',
            "column … has no name, and holds something on line …; name it, or empty it.",
            "the first row must name the columns; it is empty.",
        ),
        "Cells are found by the name of their column.",
        "Give every column one name of its own, in the first row. Columns without name and text are passed over, and "
        "so are empty rows.",
        'data/audits/2021-22-Q1/grades.csv:1: the column "reason" stands there twice. [F06]',
    ),
    Rule(
        "F07",
        "A row with too many or too few cells",
        ("this row has … cells, the header has ….",),
        "A comma too many moves every later cell into the wrong column.",
        "Write text with a comma in quotation marks. A spreadsheet does so by itself. Excel may leave out the last "
        "cells of a row where they are empty: move a column that is always filled in to the end, and save again; the "
        "order of columns is free.",
        "data/audits/2021-22-Q1/findings.csv:3: this row has 9 cells, the header has 8. [F07]",
    ),
    Rule(
        "F08",
        "A file that has to be there",
        (
            "this file is missing; every audit has its briefing.",
            "this file is missing; every audit has one.",
            "this file is missing; every project has one.",
        ),
        "Without it the audit cannot be understood, or has no page.",
        "Put the file there; `auditbook new` writes one to begin with.",
        "data/audits/2021-22-Q1/briefing.md: this file is missing; every audit has its briefing. [F08]",
    ),
    Rule(
        "F09",
        "A name that is no audit's",
        (
            '"…" is not an audit id such as 2020-21-Q4 or 2020-21-Q4-neglect.',
            "an audit is a folder; this is a file.",
            "this does not belong here; expected audits and codebook.",
        ),
        "A folder with another name would be left out of the book and of every trend.",
        "Name the folder for the financial year and the quarter in which the fieldwork ended, if need be with a word "
        "behind it.",
        'data/audits/2021-22-Q5: "2021-22-Q5" is not an audit id such as 2020-21-Q4 or 2020-21-Q4-neglect. [F09]',
    ),
    Rule(
        "F10",
        "A cell or a file that is too large",
        (
            "this cell is longer than … characters; is a quotation mark missing?",
            "this file is larger than … MB.",
        ),
        "A giant cell is nearly always a quotation mark that was never closed; a giant file is another file under "
        "this name.",
        "Look for the missing quotation mark in this row, or shorten the text.",
        "data/audits/2021-22-Q1/findings.csv:11: text: this cell is longer than 32,767 characters; is a quotation "
        "mark missing? [F10]",
    ),
    Rule(
        "F11",
        "A link in place of a file",
        ("this is a link or a device, not a file or folder of its own; put the file itself here.",),
        "A link can lead out of the project, and changes without anybody noticing.",
        "Copy the file itself into the folder.",
        "data/audits/2021-22-Q1/grades.csv: this is a link or a device, not a file or folder of its own; put the file "
        "itself here. [F11]",
    ),
)

SETTINGS = (
    Rule(
        "Y01",
        "Settings that cannot be read",
        (
            "this is not valid YAML: ….",
            "this is not valid YAML here: its sections are nested too deeply.",
            "this file must hold `key: value` lines.",
        ),
        "`audit.yml` holds plain `key: value` lines. Whatever YAML can do beyond that, references and tags above all, "
        "is not needed and not safe.",
        "Mend the line. Text with a colon or a `#` in it stands in quotation marks.",
        "data/audits/2021-22-Q1/audit.yml:1: this is not valid YAML: a colon stands where none belongs; put text with "
        "a colon in quotation marks, a blank behind each key's colon, and keys of one section under each other. [Y01]",
    ),
    Rule(
        "Y03",
        "A channel of an unknown kind",
        ('"…" is not a kind of channel; say its `kind`.',),
        "How evidence came decides how it is counted: what a scrutineer says is about the audit, not about practice.",
        "Add `kind:` to the channel: case_file_audit, self_assessment, panel, forum, survey, interview, "
        "family_contact, records or scrutiny.",
        'data/audits/2021-22-Q1/audit.yml:11: channels.2.channel: "reading_group" is not a kind of channel; say its '
        "`kind`. [Y03]",
    ),
)

CODEBOOK = (
    Rule(
        "C01",
        "A successor that does not exist",
        ('"…" is not in this file.',),
        "Readers follow a theme or an agency from its old name to its new one.",
        "Add the successor as a row of its own, or correct its id.",
        'data/codebook/agencies.csv:4: successor: "icbs" is not in this file. Nearest: icb. [C01]',
    ),
    Rule(
        "C02",
        "A code that cannot be one",
        (
            '"…" is not a code: letters, digits, - and _ only.',
            '"…" has a meaning of its own and cannot be a code.',
            '"…" is the name of a code and of a group.',
        ),
        "A code is part of a measure's id, and some words there already mean something else.",
        "Choose another code; its label can be any words.",
        'data/codebook/code_sets/factors.csv:5: code: "5 A" is not a code: letters, digits, - and _ only. [C02]',
    ),
    Rule(
        "C03",
        "A variable named like another measure",
        ('"…" is the beginning of other measures; choose another name.',),
        "Two figures would have one id.",
        "Choose another id for the variable.",
        'data/codebook/variables.csv:11: variable: "cases" is the beginning of other measures; choose another name. '
        "[C03]",
    ),
    Rule(
        "C04",
        "Values that do not fit the type",
        (
            '"…" is not start..end with two variables of type date.',
            "a variable of type … has no values.",
            "a variable of type … needs its values.",
            '"…" is not a code=Label pair.',
            "a flag has the values yes and no; not_known is always allowed.",
        ),
        "The codebook says once what a cell may hold; every check rests on it.",
        "Write `code=Label` pairs with `;` between them, `@name` of a code set or scale, or `start..end` for months "
        "between two dates.",
        'data/codebook/variables.csv:6: values: "plan_start-plan_end" is not start..end with two variables of type '
        "date. [C04]",
    ),
    Rule(
        "C05",
        "A code set or scale that does not exist",
        ('"…" is no code set and no scale.',),
        "Without it no cell of the variable could be checked.",
        "Correct the name after `@`, or add `code_sets/name.csv` or a scale.",
        'data/codebook/variables.csv:11: values: "@ofstead" is no code set and no scale. Nearest: ofsted. [C05]',
    ),
    Rule(
        "C06",
        "A set phrase that cannot be one",
        (
            '"…" holds no number.',
            '"…" is a number without words; it would be let through wherever it stands.',
        ),
        "A set phrase lets its number stand in a briefing; it must say which number, and in which words.",
        "Write the whole phrase as briefings have it: `Pathway 3 meeting`. What comes with the book needs no row.",
        'data/codebook/phrases.csv:2: phrase: "3" is a number without words; it would be let through wherever it '
        "stands. [C06]",
    ),
)
