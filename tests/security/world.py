"""A small site in which every route leads somewhere, and the addresses of all its routes.

``furnish(mark)`` puts the mark into every text that a person can enter, by the actions behind the pages.
"""

import re
from dataclasses import dataclass
from typing import Any

from rembuk.access.models import Grant
from rembuk.access.rights import actor_of
from rembuk.accounts.models import Person
from rembuk.common.clock import local_date
from rembuk.consultations.actions import text
from rembuk.consultations.content import AnswerContent, Content, RemarkContent
from rembuk.consultations.models import Consultation, MatrixGroup, MatrixRow
from rembuk.consultations.text_history import parts_of, stamp_of
from rembuk.engagement.actions.moderation import add_note
from rembuk.engagement.models import Case, Comment
from rembuk.files.actions import store_upload
from rembuk.files.models import StoredFile
from rembuk.programs.actions import phases, report
from rembuk.programs.actions.report import Picture
from rembuk.programs.choices import DocumentClass
from rembuk.programs.models import Document, Program
from rembuk.proposals.actions import attach, hide, moderate
from rembuk.proposals.actions.submit import submit_proposal
from rembuk.proposals.models import Proposal
from rembuk.reports.actions.account import draft_account
from rembuk.reports.models import AccountabilityReport
from rembuk.reports.periods import period_on
from rembuk.siteconfig.actions import change_settings, publish_page
from rembuk.taxonomy.models import Category, ReasonCode, TextTemplate
from rembuk.workdays.models import Holiday, HolidayKind
from rembuk.workunits.models import WorkUnit
from tests import consultation_scenes, handling_scenes, people, program_scenes, scenes
from tests.architecture.test_routes import ROUTES
from tests.engagement import talks
from tests.security import layers
from tests.security.address_values import VALUES
from tests.security.uploads import image


@dataclass(slots=True)
class World:
    """The things of the site, under the names that the tests use."""

    place: scenes.Regency
    admin: Person
    author: Person
    published: Proposal
    reviewed: Proposal
    rejected: Proposal
    hidden: Proposal
    draft: Proposal
    program: Program
    comment: Comment
    case: Case
    grant: Grant
    holiday: Holiday
    template: TextTemplate
    open_document: Document
    excluded_document: Document
    picture: StoredFile
    attachment: StoredFile
    draft_file: StoredFile
    consultation: Consultation
    open_consultation: Consultation
    row: MatrixRow
    group: MatrixGroup
    account: AccountabilityReport
    layers: layers.Layers


def furnish(mark: str = "", *, masked: bool = False) -> World:
    """A regency with a thing of every kind; ``mark`` stands in every text, ``masked`` hides the author's name."""
    place = scenes.regency()
    _name_everything(place, mark)
    author = people.citizen(f"Sari Wulandari{mark}")
    admin = people.staff("administrator", place.root, f"Ketua Admin{mark}")
    if mark:
        _own_texts(admin, mark)
    texts: dict[str, Any] = {
        "title": f"Lampu jalan dusun{mark}",
        "body": f"{scenes.BODY}\n\n{mark}",
        "place": f"RT 02{mark}",
        "beneficiaries": f"Warga{mark}",
        "participant_kind": "group",
        "participant_name": f"Karang Taruna{mark}",
        "is_name_masked": masked,
    }
    published, attachment = _with_attachment(place, author, texts)
    draft = scenes.draft(place, author, **texts)
    draft_file = attach.add_attachment(draft, image(f"draf{mark}.jpg"), by=author).file
    program, open_document, excluded, picture = _program(place, admin, texts, mark)
    comment, case = _talk(published, author, mark)
    rejected, hidden, reviewed = _decided(place, author, texts, mark)
    scenes.submitted(place, author, **texts)
    holiday = Holiday.objects.create(
        on="2026-11-03", name=f"Libur{mark}", kind=HolidayKind.LEAVE, source=f"SKB{mark}"
    )
    consultations = _consultations(place, author, mark, masked=masked)
    template = TextTemplate.objects.create(title=f"Templat{mark}", use="reject", body=f"Isi{mark}")
    return World(
        place=place,
        admin=admin,
        author=author,
        published=published,
        reviewed=reviewed,
        rejected=rejected,
        hidden=hidden,
        draft=draft,
        program=program,
        comment=comment,
        case=case,
        grant=Grant.objects.get(person=admin),
        holiday=holiday,
        template=template,
        open_document=open_document,
        excluded_document=excluded,
        picture=picture,
        attachment=attachment,
        draft_file=draft_file,
        account=draft_account(place.works, period_on(local_date()), by=admin),
        layers=layers.furnish(place, consultations["consultation"]),
        **consultations,
    )


def _name_everything(place: scenes.Regency, mark: str) -> None:
    for unit in WorkUnit.objects.filter(path__startswith=place.root.path):
        unit.name, unit.address = f"{unit.name}{mark}", f"Jl. Contoh{mark}"
        unit.short_name = f"{unit.short_name[:10]}{mark}" if unit.short_name else ""
        unit.phone = mark[:30]
        unit.save()
    for category in Category.objects.filter(pk__in=[place.category.pk, place.other_category.pk]):
        category.name, category.name_en = f"{category.name}{mark}", f"{category.name_en}{mark}"
        category.description = f"Apa saja{mark}"
        category.save()
    for reason in ReasonCode.objects.all() if mark else ():
        reason.label, reason.label_en = f"{reason.label[:40]}{mark}", f"{reason.label_en[:40]}{mark}"
        reason.explanation = mark
        reason.save()
    for name in place.__dataclass_fields__:
        getattr(place, name).refresh_from_db()


def _own_texts(admin: Person, mark: str) -> None:
    names = "tagline office_name contact_address ppid_name privacy_contact"
    words = dict.fromkeys(names.split(), mark)
    change_settings({**words, "site_name": mark[:60], "work_unit_term": mark[:40]}, by=actor_of(admin))
    for slug in ("about", "privacy", "guidelines", "help"):
        for language in ("id", "en"):
            body = (
                f"## Judul{mark}\n\n{mark} [a](javascript:alert(7)) [b](data:text/html,x) <b onclick=x>b</b>"
            )
            publish_page(slug, language, title=f"Laman{mark}", body=body, by=actor_of(admin), reason=mark)


def _with_attachment(
    place: scenes.Regency, author: Person, texts: dict[str, Any]
) -> tuple[Proposal, StoredFile]:
    draft = scenes.draft(place, author, **texts)
    stored = attach.add_attachment(draft, image(), by=author).file
    return scenes.publish(submit_proposal(draft, by=author), place), stored


def _program(
    place: scenes.Regency, admin: Person, texts: dict[str, Any], mark: str
) -> tuple[Program, Document, Document, StoredFile]:
    source = scenes.published(place, **texts)
    words: dict[str, Any] = {
        "title": f"Perbaikan jalan desa{mark}",
        "summary": f"Ruas jalan desa diperkeras.{mark}",
        "body": f"**Isi** {mark} [a](javascript:alert(7))",
        "place": f"Kecamatan{mark}",
    }
    program = program_scenes.published(place, source, by=admin, **words)
    first = program_scenes.phase(program, 1)
    phases.start_phase(first, by=admin, at=program_scenes.MORNING)
    first.refresh_from_db()
    picture = store_upload(image(f"kabar{mark}.jpg"), by=actor_of(admin), purpose="program")
    news: dict[str, Any] = {"title": f"Kabar{mark}", "body": f"Isi kabar {mark}"}
    report.post_update(first, **news, pictures=[Picture(picture, f"Foto{mark}")], by=admin)
    files = [store_upload(image(f"dok{n}{mark}.jpg"), by=actor_of(admin), purpose="program") for n in (1, 2)]
    shown = report.add_document(program, title=f"Dokumen terbuka{mark}", file=files[0], by=admin)
    kept = report.add_document(
        program,
        title=f"Rahasia dagang{mark}",
        file=files[1],
        access_class=DocumentClass.EXCLUDED,
        by=admin,
    )
    program.refresh_from_db()
    return program, shown, kept, picture


def _talk(proposal: Proposal, author: Person, mark: str) -> tuple[Comment, Case]:
    assert proposal.subject is not None
    comment = talks.comment(proposal.subject, people.citizen(f"Joko{mark}"), body=f"Setuju sekali {mark}")
    talks.comment(proposal.subject, author, body=f"Balasan {mark}", parent=comment)
    case = talks.report(proposal.subject, people.citizen(), comment)
    add_note(proposal.subject, by=people.staff("moderator", proposal.subject.unit), body=f"Catatan {mark}")
    return comment, case


def _consultations(place: scenes.Regency, author: Person, mark: str, *, masked: bool) -> dict[str, Any]:
    """One consultation being answered and one that is open, each with a text, questions and a submission.

    The author of the proposals speaks in the first one.
    """
    words: dict[str, Any] = {
        "title": f"Uji publik{mark}",
        "summary": f"Ringkasan{mark}",
        "body": f"Isi {mark} [a](javascript:alert(7))",
        "contact": f"Kontak{mark}",
    }
    said = Content(
        stance="disagree",
        reason=f"Alasan{mark}",
        participant_name=f"Forum{mark}",
        is_name_masked=masked,
        remarks={4: RemarkContent(version=1, stance="agree", comment=mark, suggestion=f"Rumusan{mark}")},
        answers={5: AnswerContent(text=f"Jawaban{mark}"), 1: AnswerContent(choices=(0,), text=f"Lain{mark}")},
    )
    made = {}
    for name, scene in (("consultation", "closed"), ("open_consultation", "opened")):
        found = getattr(consultation_scenes, scene)(place, **words)
        consultation_scenes.with_text(found)
        consultation_scenes.with_questions(found)
        writer = author if name == "consultation" else people.citizen(f"Rina{mark}")
        consultation_scenes.sent(found, writer, said)
        made[name] = found
    first, *_rest = consultation_scenes.rows_for(made["consultation"])[0]
    group = MatrixGroup.objects.create(
        consultation=made["consultation"], title=f"Kelompok{mark}", created_at=first.created_at
    )
    row = consultation_scenes.answered(first)
    MatrixRow.objects.filter(pk=row.pk).update(reason=f"{row.reason}{mark}", change=mark, group=group)
    _text_in_work(place, made["consultation"], mark)
    made["consultation"].refresh_from_db()
    return {**made, "row": row, "group": group}


def _text_in_work(place: scenes.Regency, consultation: Consultation, mark: str) -> None:
    """A second version that staff prepare, its parts kept and matched."""
    official = consultation_scenes.manager(place)
    version = text.read_source(consultation, f"Pasal 1\nSampah{mark}.\nPasal 2\nIuran{mark}.", by=official)
    text.keep_text(version, stamp=stamp_of(parts_of(version)), by=official)


def _decided(
    place: scenes.Regency, author: Person, texts: dict[str, Any], mark: str
) -> tuple[Proposal, Proposal, Proposal]:
    moderator = people.staff("moderator", place.root)
    why = f"Penjelasan yang cukup panjang. {mark}"
    rejected = scenes.submitted(place, author, **texts)
    moderate.reject_proposal(rejected, reason=handling_scenes.reason("iklan"), message=why, by=moderator)
    hidden = scenes.published(place, author, **texts)
    hide.hide_proposal(hidden, reason=handling_scenes.reason("iklan"), message=why, by=moderator)
    reviewed = handling_scenes.assessed(place)
    for row in (rejected, hidden, reviewed):
        row.refresh_from_db()
    return rejected, hidden, reviewed


def body_of(answer: Any) -> bytes:
    """The whole body, also of an answer that streams; reading it to the end closes its file."""
    return b"".join(answer.streaming_content) if answer.streaming else bytes(answer.content)


# --- addresses -------------------------------------------------------------------------------------------


def addresses(world: World) -> dict[str, str]:
    """An address of every route, naming things that exist wherever the route names one."""
    return {route: _address(route, world) for route in ROUTES}


def _address(route: str, world: World) -> str:
    path = route
    for pattern, values in VALUES:
        if re.match(pattern, route):
            for placeholder, value in values(world).items():
                path = path.replace(placeholder, str(value))
    path = path.replace("\\.", ".").replace("^", "").replace("$", "")
    assert "<" not in path, f"{route} has no address in the world"
    return f"/{path}"
