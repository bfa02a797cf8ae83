"""What a participant says, as one value: the shape of ``Submission.working`` and ``SubmissionVersion.content``.

JSON: {"stance", "reason", "participant_kind", "participant_name", "is_affected", "is_name_masked", "region",
"remarks": {clause number: {"version", "stance", "comment", "suggestion", "quote"}},
"answers": {question number: {"choices": [int], "number": int | null, "text"}}}. Unknown keys are dropped on reading.
"""

from dataclasses import asdict, dataclass, field, replace
from typing import Any, Self

from rembuk.consultations.choices import ParticipantKind, Stance

LONGEST_REASON = 5_000
LONGEST_COMMENT = 3_000
LONGEST_SUGGESTION = 20_000
LONGEST_QUOTE = 3_000
LONGEST_NAME = 120
LONGEST_ANSWER = 5_000
LONGEST_SHORT_ANSWER = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkContent:
    """What is said of one clause; ``version`` is the number of the text's version it was written against."""

    version: int
    stance: str = ""
    comment: str = ""
    suggestion: str = ""
    quote: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is said."""
        return not (self.stance or self.comment or self.suggestion or self.quote)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerContent:
    """The answer to one question, as ``models.Answer`` keeps it."""

    choices: tuple[int, ...] = ()
    number: int | None = None
    text: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is answered."""
        return not self.choices and self.number is None and not self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """The whole of a submission as it is written or was sent. ``region`` is a code; keys are clause and question numbers."""

    stance: str = ""
    reason: str = ""
    participant_kind: str = ParticipantKind.PERSON
    participant_name: str = ""
    is_affected: bool = False
    is_name_masked: bool = False
    region: str = ""
    remarks: dict[int, RemarkContent] = field(default_factory=dict)
    answers: dict[int, AnswerContent] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """As JSON; empty remarks and answers are left out."""
        plain = asdict(self)
        plain["remarks"] = {str(k): asdict(v) for k, v in self.remarks.items() if not v.is_empty}
        plain["answers"] = {
            str(k): {**asdict(v), "choices": list(v.choices)}
            for k, v in self.answers.items()
            if not v.is_empty
        }
        return plain

    @classmethod
    def from_json(cls, plain: dict[str, Any] | None) -> Self:
        """From JSON as ``to_json`` writes it; ``None`` is an empty one."""
        kept = dict(plain or {})
        remarks = {int(k): RemarkContent(**v) for k, v in kept.pop("remarks", {}).items()}
        answers = {
            int(k): AnswerContent(choices=tuple(v["choices"]), number=v["number"], text=v["text"])
            for k, v in kept.pop("answers", {}).items()
        }
        known = {name: value for name, value in kept.items() if name in cls.__slots__}
        return cls(**known, remarks=remarks, answers=answers)

    def with_remark(self, clause: int, remark: RemarkContent) -> Self:
        """The same with another remark on a clause; an empty one takes it away."""
        rest = {number: kept for number, kept in self.remarks.items() if number != clause}
        return replace(self, remarks=rest if remark.is_empty else {**rest, clause: remark})

    def with_answers(self, answers: dict[int, AnswerContent]) -> Self:
        """The same with these answers in the place of those to the same questions; empty ones are taken away."""
        joined = {**self.answers, **answers}
        return replace(self, answers={k: v for k, v in joined.items() if not v.is_empty})

    @property
    def says_something(self) -> bool:
        """Whether there is anything to receive: a stance, a reason, a remark or an answer."""
        return bool(self.stance or self.reason or self.remarks or self.answers)

    @property
    def has_valid_stance(self) -> bool:
        """Whether the overall stance is one of the three, or absent."""
        return not self.stance or self.stance in Stance.values

    def parts_other_than(self, before: "Content") -> list[str]:
        """Names of the parts in which it differs: fields, «clause-7», «question-3»."""
        mine, other = self.to_json(), before.to_json()
        fields = [name for name in mine if name not in {"remarks", "answers"} and mine[name] != other[name]]
        kinds = (("remarks", "clause"), ("answers", "question"))
        inner = [
            f"{word}-{key}"
            for kind, word in kinds
            for key in sorted({*mine[kind], *other[kind]}, key=int)
            if mine[kind].get(key) != other[kind].get(key)
        ]
        return [*fields, *inner]
