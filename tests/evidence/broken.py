"""A small valid project in plain text, and ways to break it: what a person might have typed, byte for byte."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from auditbook.build.check import check_audits
from auditbook.build.entry_checks import refuse_names
from auditbook.project import Project
from auditbook.validation.problems import InputRefused, Refusal

AUDIT = "audits/2021-22-Q1"
EARLIER = "audits/2020-21-Q4"
BRIEFING = "".join(f"## {box} Box {box}\n\nWords about practice.\n\n" for box in range(1, 8))
FILES = {
    "codebook/variables.csv": """\
variable,label,unit,type,values,subject,sensitive,source
sex,Sex,person,category,F=Girl;M=Boy,child,no,
plan,Plan,case,category,cin=Child in need;cp=Child protection,child,no,
plan_start,Start of the plan,case,date,,child,yes,
plan_end,End of the plan,case,date,,child,yes,
months_on_plan,Months on the plan,case,months,plan_start..plan_end,child,no,
referrals,Earlier referrals,case,count,,child,no,
factors,Factors at assessment,case,multi,@factors,household,yes,
signed_off,Signed off by a manager,returns,flag,,,no,
overall,Overall,case,grade,@ofsted,,no,
""",
    "codebook/code_sets/factors.csv": """\
code,label,group,valid_from,valid_to
3A,Domestic abuse of the child,Domestic abuse,,
4B,Mental health of a parent,,,
18A,Physical abuse,,,2019-03
""",
    "codebook/themes.csv": """\
theme,label,definition,domain,since,successor
voice_of_child,Voice of the child,,,,
pre_birth_assessment,Pre-birth assessment,,,,
fathers,Fathers,,,,
""",
    "codebook/agencies.csv": """\
agency,name,sector,valid_from,valid_to,successor
police,Police,,,,
schools,Schools,,,,
ccg,Clinical commissioning group,,2013-04-01,2022-06-30,icb
icb,Integrated care board,,2022-07-01,,
""",
    "codebook/phrases.csv": "phrase\n",
    "codebook/questions.csv": """\
question,text,section,type,values,asked_of,per,evidence,sensitive
seen,Was the child seen alone?,Voice of the child,flag,,all,case,yes,no
risk,Are the risks understood?,Assessment,grade,@ofsted,lead,case,yes,no
papers,Which papers did you get?,Working together,multi,plan=The plan;minutes=The minutes,schools;police,case,no,no
trained,How many of your staff were trained?,Working together,count,,all,audit,no,no
changed,What is different for the child now?,Impact,text,,schools,case,no,yes
""",
    "codebook/scales.csv": """\
scale,grade,label,order,good_or_better
ofsted,outstanding,Outstanding,1,yes
ofsted,good,Good,2,yes
ofsted,requires_improvement,Requires improvement,3,no
ofsted,inadequate,Inadequate,4,no
progress,improving,Improving,1,
progress,development,Development,2,
""",
    f"{EARLIER}/audit.yml": "title: Neglect\ncollection: synthetic\n",
    f"{EARLIER}/briefing.md": BRIEFING,
    f"{EARLIER}/recommendations.csv": "recommendation,text\n1,Train together.\n",
    f"{AUDIT}/audit.yml": """\
title: Plans that were stepped down
collection: synthetic
sample:
  method: At random
  planned: 8
channels:
  - channel: forum
    participants: 8
    agencies: [police, schools]
  - channel: scrutiny
cohort:
  start: 2021-01
  end: 2021-05
release:
  profile: internal
""",
    f"{AUDIT}/briefing.md": BRIEFING,
    f"{AUDIT}/cases.csv": """\
case,scope,scope_reason,sex,plan,plan_start,plan_end,referrals,factors,lead
A1,in,,F,cin,2021-01-04,2021-05-10,0,3A;4B,schools
A2,in,,M,cp,2021-01-11,2021-05-17,1,4B,
A3,in,,F,cin,2021-01-18,2021-05-24,2,,
A4,in,,M,cp,2021-01-25,2021-05-31,not_known,3A,
A5,in,,F,cin,2021-02,2021-06,0,,
A6,in,,M,cp,2021-02-08,2021-06-14,0,,
A7,in,,F,cin,2021-02-15,2021-06-21,0,,
A8,excluded,Moved away,M,cp,2021-02-22,2021-06-28,0,,
""",
    f"{AUDIT}/findings.csv": """\
finding,case,agency,channel,polarity,themes,box,text
f1,A1,police,,strength,voice_of_child,3,"Seen often, and alone."
f2,A2,police,,strength,voice_of_child,3,Heard.
f3,A3,schools,,development,fathers,3,Father not asked.
f4,A4,schools,,development,fathers;voice_of_child,3,Neither was asked.
f5,,,forum,development,fathers,4,Fathers are missed.
f6,,,forum,strength,,4,Good meetings.
f7,,,scrutiny,development,,5,Ask parents.
f8,A1,ccg,,strength,pre_birth_assessment,3,In time.
f9,A2,,,strength,pre_birth_assessment,3,In time.
f10,A3,,,development,pre_birth_assessment,3,Late.
f11,A4,,,development,pre_birth_assessment,3,Late.
f12,A5,,,strength,fathers,3,Father asked.
f13,A6,,,strength,voice_of_child,3,Heard.
""",
    f"{AUDIT}/grades.csv": """\
case,agency,standard,grade,moderated,moderator,reason
A1,police,overall,good,outstanding,Panel,Better than claimed
A2,police,overall,inadequate,,,
,,fathers,improving,,,
""",
    f"{AUDIT}/answers.csv": """\
agency,case,question,answer,evidence,moderated,moderator,reason
schools,A1,seen,yes,Twice at school.,no,Panel,Never alone
schools,A1,risk,good,,,,
schools,A1,papers,plan;minutes,,,,
schools,A1,changed,Comes to school every day.,,,,
schools,,trained,12,,,,
""",
    f"{AUDIT}/involvement.csv": """\
agency,case,state,forum,reason
police,,returned,yes,
schools,A1,returned,no,
schools,A2,no_response,no,
ccg,,declined,no,No capacity
""",
    f"{AUDIT}/recommendations.csv": """\
recommendation,box,text,kind,owner,assured_by,assured_to,themes,findings,due,status,status_date,impact,follows
1,6,Ask fathers.,action,schools,,,fathers,f3;f5,2021-12,in_progress,2021-09-30,,2020-21-Q4/1
2,7,Tell parents.,assurance,Board,,,,f7,,not_started,,,outside: a national review
""",
    f"{AUDIT}/tallies.csv": """\
variable,value,count,base,base_label,precision,percent,statement,source
signed_off,yes,4,5,returns,exact,,,Form 7
channel.forum,cases,3,,,exact,,,Form 7
""",
}


Change = Callable[[Path], None]


@dataclass(frozen=True)
class Broken:
    """One broken input: the rule that it breaks, the one message that comes of it, and what somebody did.

    Every rule of the catalogue has one in a list named BROKEN of a test module in this folder, and the first that a
    rule has is the catalogue's example.
    """

    rule: str
    message: str
    changes: tuple[Change, ...]

    def __str__(self) -> str:
        return f"{self.rule} {self.message.removeprefix('data/').removeprefix(AUDIT + '/')[:70]}"


def broken(rule: str, message: str, *changes: Change) -> Broken:
    """`findings.csv:1: …` is a message of the audit's file, `codebook/…` and `audits/…` lie below `data/`."""
    file = message if message.startswith(("codebook/", "audits/")) else f"{AUDIT}/{message}"
    return Broken(rule, f"data/{file} [{rule}]", changes)


def swapped(cases: dict[tuple[str, str, str], str]) -> list[Broken]:
    """Rule, what a file says and what it says instead → the message, which begins with that file."""
    return [
        broken(rule, message, swap(message.partition(":")[0], old, new)) for (rule, old, new), message in cases.items()
    ]


def path_of(data: Path, file: str) -> Path:
    """`findings.csv` is the audit's, `codebook/themes.csv` and `audits/…` lie below `data/`."""
    return data / (file if file.startswith(("codebook/", "audits/")) else f"{AUDIT}/{file}")


def put(file: str, content: str | bytes) -> Change:
    """A file with this content, as bytes or as UTF-8."""

    def change(data: Path) -> None:
        path = path_of(data, file)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    return change


def swap(file: str, old: str, new: str) -> Change:
    """The one place in a file that says `old` says `new`."""

    def change(data: Path) -> None:
        path = path_of(data, file)
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    return change


def add(file: str, lines: str) -> Change:
    """These lines at a file's end."""

    def change(data: Path) -> None:
        with path_of(data, file).open("a", encoding="utf-8") as text:
            text.write(lines)

    return change


def column(file: str, name: str, *cells: str) -> Change:
    """One more column, these cells in its rows from the top; the last is repeated."""

    def change(data: Path) -> None:
        path = path_of(data, file)
        header, *rows = path.read_text(encoding="utf-8").splitlines()
        cells_of_rows = [*cells, *[cells[-1]] * len(rows)]
        lines = [f"{header},{name}", *(f"{row},{cell}" for row, cell in zip(rows, cells_of_rows, strict=False))]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    return change


def drop(file: str) -> Change:
    """The file is gone."""
    return lambda data: path_of(data, file).unlink()


def folder(file: str) -> Change:
    """A folder stands where a file is expected."""

    def change(data: Path) -> None:
        path_of(data, file).unlink(missing_ok=True)
        path_of(data, file).mkdir(parents=True)

    return change


def link(file: str, target: str | Path) -> Change:
    """A link stands where a file is expected."""

    def change(data: Path) -> None:
        path_of(data, file).unlink(missing_ok=True)
        path_of(data, file).symlink_to(target)

    return change


def write_valid(root: Path, changes: Iterable[Change] = ()) -> Project:
    """The valid project in a folder, changed."""
    for folder in ("notebooks", "book"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    (root / "_config.yml").touch()
    for file, text in FILES.items():
        put(file, text)(root / "data")
    for change in changes:
        change(root / "data")
    return Project.find(root)


def refusals_of(project: Project) -> list[Refusal]:
    """What `auditbook check` refuses, through the real readers; nothing when all is well."""
    try:
        refuse_names(project)
        check_audits(project, None)
    except InputRefused as refused:
        return list(refused.refusals)
    return []


def lines_of(root: Path, *changes: Change) -> list[str]:
    """The messages that come of these changes."""
    return [str(refusal) for refusal in refusals_of(write_valid(root, changes))]
