"""The rules that a partnership's brand and its Word template must keep."""

from auditbook.validation.problems import Rule

PAPERS = (
    Rule(
        "D01",
        "Not a colour",
        (
            '"…" is not a colour such as "#12436d" in quotation marks.',
            'this is empty; a colour stands in quotation marks: "#12436d".',
        ),
        "Every form takes the same colours. In YAML what follows a bare # is a comment, so that nothing would be left.",
        'Write `#` and six digits or letters a to f, in quotation marks: `colour: "#12436d"`.',
        'book/brand.yml:1: colour: "navy" is not a colour such as "#12436d" in quotation marks. [D01]',
    ),
    Rule(
        "D02",
        "A colour too pale to read",
        ("… has a contrast of … to 1 against white; 4.5 to 1 is needed. Take a darker one.",),
        "Headings stand in it, and white text on it: WCAG 2.2, success criterion 1.4.3.",
        "Take a darker shade of the same colour; the house style often has one for text.",
        "book/brand.yml:1: colour: #28a197 has a contrast of 3.1 to 1 against white; 4.5 to 1 is needed. "
        "Take a darker one. [D02]",
    ),
    Rule(
        "D03",
        "Not an address of the web",
        ('"…" is not an address that begins with https:// or http://.',),
        "Paper sends its readers there.",
        "Copy the address from the browser, up to where `/book/` begins.",
        'book/brand.yml:1: website: "www.example.org" is not an address that begins with https:// or http://. [D03]',
    ),
    Rule(
        "D04",
        "A logo without words",
        ("a logo needs words for those who do not see it; say them in `logo_alt`.",),
        "A screen reader says the words instead: WCAG 2.2, success criterion 1.1.1.",
        "Say what the logo says: `logo_alt: Exampleshire Safeguarding Children Partnership`.",
        "book/brand.yml:1: logo: a logo needs words for those who do not see it; say them in `logo_alt`. [D04]",
    ),
    Rule(
        "D05",
        "A logo that cannot be used",
        ('"…" is not a file in book/ of at most 1 MB.', '"…" is not a PNG or JPEG picture.'),
        "Word and slides take PNG and JPEG; what lies outside `book/` is not published.",
        "Save the logo as PNG in `book/_static/` and name it so: `logo: _static/logo.png`.",
        'book/brand.yml:1: logo: "_static/logo.png" is not a file in book/ of at most 1 MB. [D05]',
    ),
    Rule(
        "D06",
        "A Word template that leaves something out",
        (
            '"…" is not a placeholder.',
            "a placeholder is not known: ….",
            'the placeholder "…" is missing; every briefing must say it.',
            'the style "…" is missing, or is no list; box … needs it.',
            "box … is not whole in what this template makes; it needs box.text.",
            'what must be said first is not there: "…"',
        ),
        "A misspelt placeholder would leave a gap, and the Word document must say what the book says.",
        "The page “Your own Word template” lists the placeholders and the styles.",
        'book/templates/briefing.docx: "titel" is not a placeholder. Nearest: title. [D06]',
    ),
    Rule(
        "D07",
        "A Word template that cannot be read",
        (
            "this is not a Word document (.docx): ….",
            "this file is larger than 5 MB.",
            "a placeholder cannot be read: ….",
            "this template cannot be filled in: ….",
        ),
        "Without a template there is no Word document.",
        "Save it in Word as .docx; look for a bracket too few. Without the file, the template that ships is used.",
        "book/templates/briefing.docx: this is not a Word document (.docx): BadZipFile. [D07]",
    ),
    Rule(
        "D08",
        "A letter that the PDF has no font for",
        ("the fonts of the PDF do not have …; say it in words of Latin, Greek or Cyrillic letters.",),
        "A tagged PDF may lose nothing of its text, and only fonts that come along give every machine the same pages.",
        "Write the word in Latin letters, as in Punjabi for ਪੰਜਾਬੀ; leave pictures such as 👶 out.",
        "data/audits/2021-22-Q1/briefing.md:11: the fonts of the PDF do not have “👶”; "
        "say it in words of Latin, Greek or Cyrillic letters. [D08]",
    ),
)

POOLED: tuple[Rule, ...] = (
    Rule(
        "S01",
        "Audits released together, of which one is not there",
        ('there is no audit "…".',),
        "What is added up must be there; leaving one out would publish other totals than were meant.",
        "Name the audit as its folder in `data/audits/` is named.",
        'data/pooled.yml:5: year.audits.1: there is no audit "2021-22-Q9". Nearest: 2021-22-Q1. [S01]',
    ),
    Rule(
        "S02",
        "A page of audits released together with a name that is no address",
        ('"…" names a page; it takes small letters, digits and hyphens.',),
        "The name stands in the page's address, `book/pooled/<name>.html`.",
        "Write it like `year-2021-22`.",
        'data/pooled.yml:1: Year: "Year" names a page; it takes small letters, digits and hyphens. [S02]',
    ),
)
