"""The roles every site starts with. An administrator may change them later; seeding never overwrites."""

from rembuk.access import permissions as izin
from rembuk.access.models import Role
from rembuk.access.permissions import ALL, Permission

_READING = (izin.DESK_ENTER, izin.PROPOSAL_READ, izin.PROGRAM_READ)
_MODERATING = (izin.PROPOSAL_MODERATE, izin.PROPOSAL_HIDE, izin.PROPOSAL_REFER, izin.COMMENT_MODERATE)
_ENTERING = (izin.PROPOSAL_ENTER, izin.PROPOSAL_IMPORT)
_PROGRAM = (izin.PROGRAM_EDIT, izin.PROGRAM_PUBLISH, izin.PROGRAM_STEER, izin.PROGRAM_REPORT)
_ANSWERING = (izin.PROPOSAL_ASSESS, izin.PROPOSAL_ANSWER, izin.PROPOSAL_RELEASE, izin.COMMENT_REPLY)

type _Row = tuple[str, str, str, str, tuple[Permission, ...]]

ROLES: tuple[_Row, ...] = (
    (
        "administrator",
        "Administrator",
        "Administrator",
        "Mengelola seluruh situs: kategori, satuan kerja, pengguna, hak akses, pengaturan, jejak audit, dan log.",
        tuple(ALL.values()),
    ),
    (
        "unit-admin",
        "Admin Satuan Kerja",
        "Work unit admin",
        "Menjalankan moderasi, tanggapan resmi, dan program kerja di satuan kerjanya dan di bawahnya.",
        (
            *_READING,
            *_MODERATING,
            *_ENTERING,
            *_ANSWERING,
            *_PROGRAM,
            izin.PROPOSAL_EXPORT,
            izin.PROPOSAL_UNMASK,
            izin.PERSON_MANAGE,
            izin.GRANT_MANAGE,
        ),
    ),
    (
        "moderator",
        "Moderator",
        "Moderator",
        "Memeriksa usulan dan komentar, meneruskan usulan ke satuan kerja.",
        (*_READING, *_MODERATING, *_ENTERING, izin.PROPOSAL_EXPORT),
    ),
    (
        "program-manager",
        "Pengelola Program",
        "Programme manager",
        "Membuat program kerja dari usulan dan melaporkan jalannya.",
        (*_READING, *_PROGRAM, izin.COMMENT_REPLY, izin.PROPOSAL_EXPORT),
    ),
    (
        "consultation-manager",
        "Pengelola Uji Publik",
        "Consultation manager",
        "Membaca usulan dan program kerja, serta menjawab komentar atas nama satuan kerja.",
        (*_READING, izin.COMMENT_REPLY),
    ),
    (
        "assessor",
        "Penelaah",
        "Assessor",
        "Mencatat telaah satuan kerja atas usulan yang diteruskan kepadanya.",
        (*_READING, izin.PROPOSAL_ASSESS, izin.COMMENT_REPLY),
    ),
    (
        "auditor",
        "Auditor",
        "Auditor",
        "Membaca jejak audit dan log, tanpa mengubah apa pun.",
        (*_READING, izin.AUDIT_READ, izin.AUDIT_EXPORT, izin.LOG_READ),
    ),
    ("member", "Anggota", "Member", "Setiap orang yang terdaftar; tanpa izin khusus.", ()),
)


def seed_roles() -> None:
    """Make the roles that are missing."""
    for position, (slug, name, name_en, description, izins) in enumerate(ROLES):
        Role.objects.get_or_create(
            slug=slug,
            defaults={
                "name": name,
                "name_en": name_en,
                "description": description,
                "permissions": [permission.key for permission in izins],
                "position": position,
            },
        )
