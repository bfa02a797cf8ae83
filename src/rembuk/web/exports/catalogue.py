"""What staff take out as files. Each names the function that opens it (``rembuk.exports.sources``)."""

from django.utils.translation import gettext_lazy as _

from rembuk.exports.sources import Source, register

PROPOSALS = Source(key="proposals", label=_("Proposals"), opening="rembuk.web.proposals.desk.export.opened")
PEOPLE = Source(key="people", label=_("Users"), opening="rembuk.web.management.people.export.opened")
GRANTS = Source(key="grants", label=_("Access rights"), opening="rembuk.web.management.access.export.opened")
AUDIT = Source(key="audit", label=_("Audit trail"), opening="rembuk.web.trail.export.opened")
CONSULTATION = Source(
    key="consultation",
    label=_("Consultation with names"),
    opening="rembuk.web.consultations.results.desk.opened",
)

register(PROPOSALS, PEOPLE, GRANTS, AUDIT, CONSULTATION)
