"""The rules that an agency's workbook must keep before a word of it is imported."""

from auditbook.validation.problems import Rule

SAVE_AGAIN = "open it in Excel or LibreOffice and save it as “Excel Workbook (.xlsx)”"

RETURNS = (
    Rule(
        "W01",
        "Not a workbook, or a damaged one",
        (
            f"this is not an Excel workbook, or it was damaged on its way; {SAVE_AGAIN}.",
            f"this file is an archive, but not an Excel workbook; {SAVE_AGAIN}.",
            f"this file was not packed by a spreadsheet program; {SAVE_AGAIN}.",
            f"this workbook was damaged on its way (…); {SAVE_AGAIN}.",
            f"this workbook was damaged, and cannot be read; {SAVE_AGAIN}.",
            f"the words of this cell are not in the file, which was damaged on its way; {SAVE_AGAIN}.",
            f"this is an old Office file, but not an Excel workbook; {SAVE_AGAIN}.",
        ),
        "What can be read of half a workbook is not what the agency wrote.",
        "Open the file in a spreadsheet program and save it again as .xlsx; if it does not open there, ask the agency "
        "for it again.",
        f"returns/police.xlsx: this is not an Excel workbook, or it was damaged on its way; {SAVE_AGAIN}. [W01]",
    ),
    Rule(
        "W02",
        "A workbook with a password, or in a format before 1997",
        (
            "this workbook is encrypted with a password; take the password off and save it.",
            "this file is encrypted with a password; take the password off and save it.",
            f"this is a workbook in a format before Excel 97; {SAVE_AGAIN}.",
        ),
        "It cannot be read, nor searched for personal data.",
        "In Excel: File, Info, Protect Workbook, Encrypt with Password, and empty the box. Save as .xlsx.",
        "returns/police.xlsx: this workbook is encrypted with a password; take the password off and save it. [W02]",
    ),
    Rule(
        "W03",
        "A workbook with macros",
        (
            f"this workbook holds macros, which are never accepted; {SAVE_AGAIN}.",
            "a workbook of this kind may hold macros, which are never accepted; save it as .xlsx.",
        ),
        "A macro is a program, and an audit tool needs none.",
        "Save the workbook as “Excel Workbook (.xlsx)”, which leaves the macros behind.",
        f"returns/police.xlsx: this workbook holds macros, which are never accepted; {SAVE_AGAIN}. [W03]",
    ),
    Rule(
        "W04",
        "A workbook that is far larger inside than outside",
        (
            "this file unpacks to … MB, and a return to less than … MB; copy the answers into a new workbook from "
            "auditbook tool.",
            "this file holds … parts, and a return about twenty; copy the answers into a new workbook from auditbook "
            "tool.",
            "it holds more than … cells and other parts, or … letters; copy the answers into a new "
            "workbook from auditbook tool.",
            f"it takes more memory or time to read than a return does; {SAVE_AGAIN}.",
        ),
        "A small file can be made to fill a computer's memory when it is unpacked.",
        "Copy the answers into a new workbook.",
        "returns/police.xlsx: this file unpacks to 100 MB, and a return to less than 24 MB; copy the answers into a "
        "new workbook from auditbook tool. [W04]",
    ),
    Rule(
        "W05",
        "XML entities in a workbook",
        (f"it declares XML entities (…), which no spreadsheet program writes; {SAVE_AGAIN}.",),
        "Entities can read other files of this computer, or grow without end.",
        "Ask where the workbook was made. Saved by a spreadsheet program it has none.",
        "returns/police.xlsx: it declares XML entities (docProps/core.xml), which no spreadsheet program writes; "
        f"{SAVE_AGAIN}. [W05]",
    ),
    Rule(
        "W06",
        "A picture, a drawing or a link in a workbook",
        (
            "it holds a picture, a drawing, a chart, an object or a link to another file (…), which cannot be searched "
            "for personal data; delete it, say in words what it shows, and save.",
        ),
        "A picture of a record can show a name, and nothing here could see it.",
        "Delete the picture or object. A link to another workbook goes with Data, Edit Links, Break Link.",
        "returns/police.xlsx: it holds a picture, a drawing, a chart, an object or a link to another file "
        "(xl/media/image1.png), which cannot be searched for personal data; delete it, say in words what it shows, and "
        "save. [W06]",
    ),
    Rule(
        "W07",
        "A formula where an answer belongs",
        ("a formula stands here; type the answer itself, or copy it and choose Paste Special › Values.",),
        "A formula's result depends on other cells, and on the program that last opened them.",
        "Type the answer.",
        "returns/police.xlsx › Findings!E2: a formula stands here; type the answer itself, or copy it and choose Paste "
        "Special › Values. [W07]",
    ),
    Rule(
        "W08",
        "Merged cells",
        ("these cells are merged; unmerge them, and fill in each cell that should hold something.",),
        "A merged cell belongs to one row only, and the others look filled in and are empty.",
        "Unmerge the cells, and write the answer into every row it is for.",
        "returns/police.xlsx › Cases!B2:B3: these cells are merged; unmerge them, and fill in each cell that should "
        "hold something. [W08]",
    ),
    Rule(
        "W09",
        "A sheet that is missing, renamed or not known",
        (
            "this sheet was called …, and can only be read under that name; rename it.",
            "the sheet … is missing; copy the answers into a new workbook from auditbook tool.",
            "this sheet is not part of the tool, and would not be read; move what it says, and delete it.",
        ),
        "A sheet is known by its name, and what is not read would be lost in silence.",
        "Give the sheet its name again; move what another sheet says to Findings, or to a note, and delete it.",
        "returns/police.xlsx › Our findings: this sheet was called Findings, and can only be read under that name; "
        "rename it. [W09]",
    ),
    Rule(
        "W10",
        "A column or row that is moved, renamed or not known",
        (
            "the columns stand in the order …; move them back to ….",
            '"…" stands where the heading “…” belongs; put the heading back.',
            "the heading “…” is missing; put the column back.",
            '"…" is not a column of this sheet, and would not be read; expected ….',
            "this column has no heading, and would not be read; move what it says, and empty it.",
            "this row is not a question of the tool, and would not be read; expected ….",
            "the question “…” is missing; put its row back.",
            "this row stands above the headings, and would not be read; move what it says, and delete the row.",
        ),
        "Answers are read by the headings above them; a heading that moved may have left its answers behind.",
        "Put the headings back as they were sent. What has no column of its own goes into a note.",
        "returns/police.xlsx › Findings: the columns stand in the order No., Case, Strength or development, What was "
        "seen, Second theme, Theme; move them back to No., Case, Theme, Strength or development, What was seen, Second "
        "theme. [W10]",
    ),
    Rule(
        "W11",
        "A workbook made with another version of the codebook",
        ("it was made with another version of the codebook: …; run auditbook tool …, and copy the answers ….",),
        "A codebook may grow while workbooks are out: a word that is gone is refused where an answer uses it. But "
        "where a standard or an agency is gone, its answers have no place.",
        "Write a new workbook, and copy the answers over that still have a place.",
        "returns/police.xlsx: it was made with another version of the codebook: timeliness is no longer graded; run "
        "auditbook tool 2021-22-Q1 --agency police --replace, and copy the answers over. [W11]",
    ),
    Rule(
        "W12",
        "A workbook of another audit",
        ("this is a workbook of the audit …, not of …; move it to its returns.",),
        "Findings of one quarter would be counted in another.",
        "Move the file to the folder `returns` of the audit it belongs to.",
        "returns/police.xlsx: this is a workbook of the audit 2020-21-Q4, not of 2021-22-Q1; move it to its returns. "
        "[W12]",
    ),
    Rule(
        "W13",
        "A workbook that auditbook did not make",
        (
            "auditbook tool did not make this workbook, or its hidden sheet was changed; run auditbook tool …, and "
            "copy the answers into the new workbook.",
            "none of the cases it asks about is a case of this audit; make a new one with auditbook tool.",
        ),
        "The hidden sheet says whose workbook it is and what it asked; nothing else does.",
        "Write a new workbook for the agency, and copy the answers over.",
        "returns/police.xlsx: auditbook tool did not make this workbook, or its hidden sheet was changed; run "
        "auditbook tool 2021-22-Q1, and copy the answers into the new workbook. [W13]",
    ),
    Rule(
        "W14",
        "A sheet that goes on for ever",
        (
            "… rows are formatted, and nothing is written below row …; mark the rows from … down, delete them, and "
            "save.",
            "something stands below row … or far to the right, and would not be read; move it.",
        ),
        "Tens of thousands of blank rows slow everything down, and an answer below them is seen by nobody.",
        "Mark the rows below the last answer, delete them, and save.",
        "returns/police.xlsx › Findings: 50,101 rows are formatted, and nothing is written below row 101; mark the "
        "rows from 102 down, delete them, and save. [W14]",
    ),
    Rule(
        "W15",
        "Text that a spreadsheet would run",
        ("the text begins with “…”, and a spreadsheet would run it; begin with a word.",),
        "Text that begins with =, +, - or @ becomes a formula when somebody opens the CSV file in a spreadsheet.",
        "Begin with a word; a list in a cell needs no dashes.",
        "returns/police.xlsx › Findings!E2: the text begins with “-”, and a spreadsheet would run it; begin with a "
        "word. [W15]",
    ),
    Rule(
        "W16",
        "A date, an error or TRUE where words belong",
        (
            "… is a date, and words belong here; give the cell the format Text, and type it again.",
            "an error value stands here; type the answer itself.",
            "… is a value of its own to a spreadsheet, and words belong here; type words.",
        ),
        "A spreadsheet turns some words into values by itself: 3-1 into a day in March or January.",
        "Give the cell the format Text, and type the words again.",
        "returns/police.xlsx › Findings!E2: 2021-06-10 is a date, and words belong here; give the cell the format "
        "Text, and type it again. [W16]",
    ),
    Rule(
        "W17",
        "Two workbooks of one agency, of which neither is the later",
        (
            "… is of the same agency and has the same date, and they differ; write the later day in the one that is "
            "the correction, or take the other away.",
        ),
        "A second return replaces the first. Which of the two is the second is not guessed.",
        "Ask the agency. Correct the date on the sheet Return of the later one, or take the other file away.",
        "returns/police corrected.xlsx: returns/police.xlsx is of the same agency and has the same date, and they "
        "differ; write the later day in the one that is the correction, or take the other away. [W17]",
    ),
    Rule(
        "W18",
        "Answers that contradict each other",
        (
            "… has grades, and on the sheet Cases it is not “Audited for this return”; correct one of the two.",
            "… has a finding, and on the sheet Cases it is not “Audited for this return”; correct one of the two.",
            "… was not to be graded here; write “not asked” again.",
        ),
        "A case that was not audited cannot have been graded.",
        "Ask the agency which of the two is right, and correct the other.",
        "returns/police.xlsx › Grades!B4: A3 has grades, and on the sheet Cases it is not “Audited for this return”; "
        "correct one of the two. [W18]",
    ),
    Rule(
        "W19",
        "A row of a case that is missing, or was never asked for",
        (
            "the row of … is missing; put it back, and say what your agency did.",
            "the row of … is missing; put it back.",
            '"…" is not a case this workbook asks about; expected ….',
            '"…" is not a row of this sheet; expected ….',
        ),
        "No answer about a case is not the same as no involvement.",
        "Put the row back, or correct the case's id. A new case needs a new workbook.",
        "returns/police.xlsx › Cases: the row of A3 is missing; put it back, and say what your agency did. [W19]",
    ),
    Rule(
        "W20",
        "One sheet of a workbook, saved as CSV",
        (
            "this is one sheet of a workbook at most, and does not say whose; save the workbook as .xlsx and send "
            "that, or else every sheet under these names: ….",
        ),
        "A CSV file holds one sheet. Whose answers they are stands on another, which is hidden.",
        "Save the workbook as “Excel Workbook (.xlsx)”. LibreOffice can save all sheets as CSV at once, under the "
        "names that the message lists; a set of them is read.",
        "returns/police.csv: this is one sheet of a workbook at most, and does not say whose; save the workbook as "
        ".xlsx and send that, or else every sheet under these names: police-auditbook.csv, police-Return.csv, "
        "police-Cases.csv, police-Findings.csv, police-Grades.csv. [W20]",
    ),
    Rule(
        "W21",
        "A new grade under a moderation",
        (
            "the panel moderated … from … to …, and now the agency says …; empty the cell …, or have the earlier grade "
            "put back.",
        ),
        "The panel changed another grade than the one that stands there now.",
        "Ask the panel again: empty the moderated grade in `grades.csv` and import, or keep the earlier grade in the "
        "workbook.",
        "returns/police.xlsx › Grades!B2: the panel moderated overall from good to outstanding, and now the agency "
        "says inadequate; empty the cell data/audits/2021-22-Q1/grades.csv:2: moderated, or have the earlier grade put "
        "back. [W21]",
    ),
)
