"""What somebody said of a milestone, where a case is about that: it can be kept or hidden, like all reported content."""

from typing import Any

from rembuk.accounts.models import Person
from rembuk.common.errors import Invalid
from rembuk.engagement.models import Case, Subject
from rembuk.programs.actions.voices.moderate import hide_witness
from rembuk.programs.models import Witness


def witness_of(case: Case) -> Witness | None:
    """The answer about a milestone that a case is about, where it is about one."""
    if case.subject.kind != Subject.Kind.WITNESS or case.comment is not None:
        return None
    found = Witness.objects.select_related("milestone__program", "picture", "person")
    return found.filter(subject=case.subject_id).first()


def hide_reported(witness: Witness, form: Any, by: Person) -> None:
    """Hide it with the reason and the words of the case's form; refusals land on that form's fields."""
    kept = form.cleaned_data
    try:
        hide_witness(witness, reason=kept["reason"], explanation=kept["message"], by=by)
    except Invalid as refusal:
        fields = {{"explanation": "message"}.get(name, name): texts for name, texts in refusal.fields.items()}
        raise Invalid(refusal.message, fields=fields) from None
