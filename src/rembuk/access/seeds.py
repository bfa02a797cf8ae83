"""The roles every site starts with. An administrator may change and reset them later; seeding never overwrites."""

from dataclasses import asdict, dataclass

from rembuk.access import permissions as izin
from rembuk.access.models import Role
from rembuk.access.permissions import ALL, Permission

_READING = (izin.DESK_ENTER, izin.PROPOSAL_READ, izin.PROGRAM_READ, izin.CONSULTATION_READ)
_MODERATING = (izin.PROPOSAL_MODERATE, izin.PROPOSAL_HIDE, izin.PROPOSAL_REFER, izin.COMMENT_MODERATE)
_ENTERING = (izin.PROPOSAL_ENTER, izin.PROPOSAL_IMPORT)
_PROGRAM = (izin.PROGRAM_EDIT, izin.PROGRAM_PUBLISH, izin.PROGRAM_STEER, izin.PROGRAM_REPORT)
_CONSULTATION = (
    izin.CONSULTATION_EDIT,
    izin.CONSULTATION_PUBLISH,
    izin.CONSULTATION_ENTER,
    izin.CONSULTATION_ANSWER,
    izin.CONSULTATION_APPROVE,
    izin.CONSULTATION_EXPORT,
    izin.SUBMISSION_MODERATE,
)
_ANSWERING = (izin.PROPOSAL_ASSESS, izin.PROPOSAL_ANSWER, izin.PROPOSAL_RELEASE, izin.COMMENT_REPLY)

type _Row = tuple[str, str, str, str, str, tuple[Permission, ...]]

_ROWS: tuple[_Row, ...] = (
    (
        "administrator",
        "Administrator",
        "Administrator",
        "Mengelola seluruh situs: kategori, satuan kerja, pengguna, hak akses, pengaturan, jejak audit, dan log.",
        "Runs the whole site: categories, work units, users, access rights, settings, the audit trail and the log.",
        tuple(ALL.values()),
    ),
    (
        "unit-admin",
        "Admin Satuan Kerja",
        "Work unit admin",
        "Menjalankan moderasi, tanggapan resmi, program kerja, dan uji publik di satuan kerjanya dan di bawahnya.",
        "Runs moderation, official answers, work programmes and consultations in the own work unit and below it.",
        (
            *_READING,
            *_MODERATING,
            *_ENTERING,
            *_ANSWERING,
            *_PROGRAM,
            *_CONSULTATION,
            izin.ACCOUNTABILITY_PUBLISH,
            izin.PROPOSAL_EXPORT,
            izin.PROPOSAL_UNMASK,
            izin.SUBMISSION_UNMASK,
            izin.PERSON_MANAGE,
            izin.PERSON_EXPORT,
            izin.ACCOUNT_OPEN,
            izin.GRANT_MANAGE,
        ),
    ),
    (
        "moderator",
        "Moderator",
        "Moderator",
        "Memeriksa usulan, masukan uji publik, dan komentar; meneruskan usulan ke satuan kerja.",
        "Checks proposals, submissions and comments, and hands proposals to work units.",
        (
            *_READING,
            *_MODERATING,
            *_ENTERING,
            izin.SUBMISSION_MODERATE,
            izin.PROPOSAL_EXPORT,
            izin.ACCOUNT_OPEN,
        ),
    ),
    (
        "program-manager",
        "Pengelola Program",
        "Programme manager",
        "Membuat program kerja dari usulan dan melaporkan jalannya.",
        "Makes work programmes out of proposals and reports how they go.",
        (*_READING, *_PROGRAM, izin.COMMENT_REPLY, izin.PROPOSAL_EXPORT),
    ),
    (
        "consultation-manager",
        "Pengelola Uji Publik",
        "Consultation manager",
        "Menyelenggarakan uji publik, menjawab setiap masukan, dan mengumumkan hasilnya.",
        "Holds consultations, answers every submission and announces the results.",
        (*_READING, *_CONSULTATION, izin.COMMENT_REPLY),
    ),
    (
        "assessor",
        "Penelaah",
        "Assessor",
        "Mencatat telaah satuan kerja atas usulan yang diteruskan kepadanya, dan menanggapi masukan uji publik.",
        "Records what the work unit finds about proposals handed to it, and answers submissions.",
        (*_READING, izin.PROPOSAL_ASSESS, izin.CONSULTATION_ANSWER, izin.COMMENT_REPLY),
    ),
    (
        "auditor",
        "Auditor",
        "Auditor",
        "Membaca jejak audit dan log, tanpa mengubah apa pun.",
        "Reads the audit trail and the log, without changing anything.",
        (*_READING, izin.AUDIT_READ, izin.AUDIT_EXPORT, izin.LOG_READ, izin.CONSULTATION_EXPORT),
    ),
    (
        "member",
        "Anggota",
        "Member",
        "Setiap orang yang terdaftar; tanpa izin khusus.",
        "Everybody with an account; without any permission.",
        (),
    ),
)


@dataclass(frozen=True, slots=True)
class Seed:
    """A role as every site starts with it."""

    slug: str
    name: str
    name_en: str
    description: str
    description_en: str
    permissions: tuple[str, ...]


SEEDS: dict[str, Seed] = {
    slug: Seed(slug, name, name_en, said, said_en, tuple(permission.key for permission in izins))
    for slug, name, name_en, said, said_en, izins in _ROWS
}


def seed_roles() -> None:
    """Make the roles that are missing."""
    for position, seed in enumerate(SEEDS.values()):
        words = {name: value for name, value in asdict(seed).items() if name not in {"slug", "permissions"}}
        Role.objects.get_or_create(
            slug=seed.slug,
            defaults={**words, "permissions": list(seed.permissions), "position": position},
        )
