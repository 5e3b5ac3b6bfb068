"""What is said when a command ends with a problem."""

from pathlib import Path

from auditbook.validation.problems import InputRefused


def format_problems(problem: InputRefused, kept: str) -> str:
    """Every problem on a line, then what to do about each rule, then how many problems they are.

    kept  what did not happen because of them
    """
    from auditbook.validation.catalogue import repairs  # reads its rules; a command without a problem need not

    todo = repairs(refusal.rule for refusal in problem.refusals)
    return "\n".join([str(problem), *todo, problem.ending(kept)])


def format_fault(problem: Exception) -> str:
    """What is said of a problem that nobody foresaw; never its own words, which may quote what was entered."""
    if isinstance(problem, OSError) and problem.strerror:
        name = Path(problem.filename).name if isinstance(problem.filename, str) else "a file"
        return f"{name} cannot be read or written ({problem.strerror}); close it elsewhere, or ask who may change it."
    return f"This is a fault of auditbook ({type(problem).__name__}); --verbose shows where."
