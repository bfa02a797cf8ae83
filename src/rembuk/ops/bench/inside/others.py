"""Pages that grow with the site and are not among those that people open most: lists with filters, the desk, figures."""

from django.db.models import Count, F, QuerySet
from django.db.models.functions import Abs

from rembuk.access.models import Grant
from rembuk.accounts.models import Person
from rembuk.consultations.models import Consultation
from rembuk.engagement.models import Case
from rembuk.ops.bench.inside import alike
from rembuk.ops.bench.inside.people import sign_in
from rembuk.ops.scale import places
from rembuk.programs.models import Program
from rembuk.proposals.models import Proposal

# The unit has as many below it, the category (with consultations in it) and the region as large a share, at every scale.
_UNIT, _CATEGORY, _REGION = "U001", "kesehatan", f"{places.REGENCY}.01"
_VISITED = {
    "proposals, most supported": "/usulan/?urut=dukungan",
    "proposals, most discussed": "/usulan/?urut=komentar",
    "proposals of a category": f"/usulan/?kategori={_CATEGORY}",
    "proposals of a category, most supported": f"/usulan/?kategori={_CATEGORY}&urut=dukungan",
    "proposals of a unit": f"/usulan/?satuan={_UNIT}",
    "proposals of a region": f"/usulan/?wilayah={_REGION}",
    "proposals of a region, most supported": f"/usulan/?wilayah={_REGION}&urut=dukungan",
    "proposals of the whole instansi": "/usulan/?satuan=INSTANSI",
    "proposals in a state": "/usulan/?status=declined",
    "proposals of a source": "/usulan/?sumber=citizen",
    "proposals of a year": "/usulan/?tahun={year}",
    "proposals of a year, most supported": "/usulan/?tahun={year}&urut=dukungan",
    "proposals with an answer overdue": "/usulan/?tenggat=lewat",
    "search in the list of proposals": "/usulan/?q=jalan",
    "search by two words": "/cari/?q=jalan+puskesmas",
    "programmes": "/program/",
    "programmes, last changed": "/program/?urut=berubah",
    "programmes by name": "/program/?urut=judul",
    "programmes of a unit": f"/program/?satuan={_UNIT}",
    "programmes of a year": "/program/?tahun={this_year}",
    "programmes of a year without any": "/program/?tahun={later}",
    "programmes in a phase": "/program/?fase=execution",
    "programmes without a budget": "/program/?uang=tanpa",
    "programmes without news": "/program/?kabar=tanpa",
    "late programmes": "/program/?kondisi=late",
    "critical programmes": "/program/?kondisi=critical",
    "critical programmes of the whole instansi": "/program/?kondisi=critical&satuan=INSTANSI",
    "consultations": "/uji-publik/",
    "consultations of a kind": "/uji-publik/?jenis=regulation",
    "consultations of a year": "/uji-publik/?tahun={this_year}",
    "search for titles alike": "/usulan/serupa/?title=Perbaikan+saluran+irigasi+desa",
    "search for titles alike, mistyped": "/usulan/serupa/?title=jembtan+gantung+putus",
    "search for titles alike, by one known word": "/usulan/serupa/?title=posyandu+butuh+timbangan",
    "search in consultations": "/uji-publik/?q=peraturan",
    "category": f"/kategori/{_CATEGORY}/",
    "work units": "/satuan-kerja/",
    "work unit": f"/satuan-kerja/{_UNIT}/",
    "search for work units": "/satuan-kerja/?q=U00",
    "reports": "/transparansi/laporan/",
    "statistics": "/statistik/",
    "statistics by unit": "/statistik/satuan-kerja/",
    "accountability": "/transparansi/",
    "feed of proposals": "/usulan/feed.atom",
    "feed of programmes": "/program/feed.atom",
    "feed of consultations": "/uji-publik/feed.atom",
}
_MINE = {
    "account": "/akun/",
    "my comments": "/akun/komentar/",
    "my votes": "/akun/dukungan/",
    "my submissions": "/akun/masukan/",
    "what I follow": "/akun/diikuti/",
    "notifications": "/akun/pemberitahuan/",
}
_DESK = {
    "desk": "/kelola/",
    "desk: proposals": "/kelola/usulan/",
    "desk: proposals, answer due first": "/kelola/usulan/?urut=tenggat",
    "desk: proposals in a state": "/kelola/usulan/?status=submitted",
    "desk: proposals in a state, oldest": "/kelola/usulan/?status=submitted&urut=terlama",
    "desk: proposals in a state, answer due first": "/kelola/usulan/?status=reviewing&urut=tenggat",
    "desk: proposals of a category": f"/kelola/usulan/?kategori={_CATEGORY}",
    "desk: proposals of a region": f"/kelola/usulan/?wilayah={_REGION}",
    "desk: proposals with an answer overdue": "/kelola/usulan/?tenggat=lewat",
    "desk: search in proposals": "/kelola/usulan/?q=jalan",
    "desk: proposals to hand on": "/kelola/usulan/?kerja=teruskan",
    "desk: proposals to assess": "/kelola/usulan/?kerja=telaah",
    "desk: proposals to answer": "/kelola/usulan/?kerja=jawab",
    "desk: export of proposals": "/kelola/usulan/ekspor/",
    "desk: export of people": "/kelola/pengguna/ekspor/",
    "desk: export of grants": "/kelola/hak-akses/ekspor/",
    "desk: export of the audit trail": "/kelola/jejak-audit/ekspor/",
    "desk: programmes": "/kelola/program/",
    "desk: late programmes": "/kelola/program/?kondisi=late",
    "desk: critical programmes": "/kelola/program/?kondisi=critical",
    "desk: programmes in a phase": "/kelola/program/?fase=execution",
    "desk: programmes without a budget": "/kelola/program/?uang=tanpa",
    "desk: programmes with overdue milestones": "/kelola/program/?tonggak=lewat",
    "desk: contradicted milestones": "/kelola/program/dibantah/",
    "desk: suggested groups": "/kelola/program/saran/",
    "desk: new programme": "/kelola/program/baru/",
    "desk: proposals for a programme": "/kelola/program/tambah-usulan/",
    "desk: consultations": "/kelola/uji-publik/",
    "desk: moderation of a category": f"/kelola/moderasi/?kategori={_CATEGORY}",
    "desk: moderation of a region": f"/kelola/moderasi/?wilayah={_REGION}",
    "desk: search in moderation": "/kelola/moderasi/?q=jalan",
    "desk: people": "/kelola/pengguna/",
    "desk: everybody": "/kelola/pengguna/?siapa=semua",
    "desk: everybody by name": "/kelola/pengguna/?siapa=semua&urut=nama",
    "desk: people invited": "/kelola/pengguna/?keadaan=diundang",
    "desk: people suspended": "/kelola/pengguna/?keadaan=ditangguhkan",
    "desk: people not here for long": "/kelola/pengguna/?diam=90",
    "desk: search for people": "/kelola/pengguna/?q=sari",
    "desk: grants": "/kelola/hak-akses/",
    "desk: requests for grants": "/kelola/hak-akses/permintaan/",
    "desk: give a grant": "/kelola/hak-akses/beri/",
    "desk: why somebody may": "/kelola/hak-akses/mengapa/",
    "desk: roles": "/kelola/hak-akses/peran/",
    "desk: matrix of roles": "/kelola/hak-akses/peran/matriks/",
    "desk: accounts of counters": "/kelola/pengguna/loket/",
    "desk: files": "/kelola/unduhan/",
    "desk: audit trail": "/kelola/jejak-audit/",
    "desk: audit trail, one deed": "/kelola/jejak-audit/?perbuatan=proposal.published",
    "desk: search in the audit trail": "/kelola/jejak-audit/?q=jalan",
    "desk: reasons on many rows": "/kelola/jejak-audit/alasan-sama/",
    "desk: log": "/kelola/log/",
    "desk: work units": "/kelola/satuan-kerja/",
    "desk: search for names of work units": "/kelola/nama-satuan-kerja/?q=bidang",
    "desk: reports": "/kelola/laporan/",
    "desk: categories": "/kelola/kategori/",
    "desk: category": f"/kelola/kategori/{_CATEGORY}/",
    "desk: work unit": f"/kelola/satuan-kerja/{_UNIT}/",
    "desk: holidays": "/kelola/pengaturan/hari-libur/",
    "desk: reasons": "/kelola/pengaturan/alasan/",
    "desk: templates": "/kelola/pengaturan/templat/",
    "desk: kinds of phases": "/kelola/pengaturan/fase/",
    "desk: templates of phases": "/kelola/pengaturan/fase/templat/",
}
# Lists that have a second page at every scale.
LONG = (
    "list of proposals", "proposals, most supported", "proposals of a category", "proposals of a region",
    "programmes", "programmes, last changed", "desk: proposals", "desk: proposals in a state, oldest", "desk: programmes",
    "moderation queue", "desk: everybody", "desk: audit trail",
)  # fmt: skip
# Of those who work for one unit.
_OF_OFFICIALS = {
    "moderator": {
        "desk": "/kelola/",
        "moderation queue": "/kelola/moderasi/",
        "proposals": "/kelola/usulan/",
    },
    "unit-admin": {
        "desk": "/kelola/",
        "proposals": "/kelola/usulan/",
        "proposals to answer": "/kelola/usulan/?kerja=jawab",
        "people": "/kelola/pengguna/",
    },
}


def pages(citizen: str, desk: str) -> dict[str, tuple[str, str]]:
    """Path and session cookie of each page; the cookies are those of a citizen and of the administrator."""
    year = Proposal.objects.exclude(planning_year=None).latest("pk").planning_year
    this_year = Program.objects.latest("pk").year
    years = {"year": year, "this_year": this_year, "later": this_year + 4}
    found = {name: (path.format(**years), "") for name, path in _VISITED.items()}
    more = {**_results(), **_around(), **alike.visited()}
    found |= {name: (path, "") for name, path in more.items()}
    found |= {name: (path, citizen) for name, path in _MINE.items()}
    staff = {**_DESK, **alike.at_the_desk(), **_things()}
    return found | {name: (path, desk) for name, path in staff.items()} | _of_officials()


def _of_officials() -> dict[str, tuple[str, str]]:
    """What a moderator and an administrator of one unit read, with their own cookies."""
    cookies = {role: sign_in(alike.official(role)) for role in _OF_OFFICIALS}
    found = {
        f"{role}: {name}": (path, cookies[role])
        for role, paths in _OF_OFFICIALS.items()
        for name, path in paths.items()
    }
    of_consultations = sign_in(alike.official_of_consultations("moderator"))
    of_programs = sign_in(alike.official_of_programs("unit-admin"))
    of_auditor = sign_in(alike.auditor())
    return {
        **found,
        "moderator: consultations": ("/kelola/uji-publik/", of_consultations),
        "unit-admin: programmes": ("/kelola/program/", of_programs),
        "auditor: audit trail of votes": ("/kelola/jejak-audit/?perbuatan=ballot.voted", of_auditor),
        "auditor: reasons on many rows": ("/kelola/jejak-audit/alasan-sama/", of_auditor),
    }


def _results() -> dict[str, str]:
    """Results of the consultation with about as many submissions at every scale."""
    code = near(Consultation.objects.filter(state="concluded")).code
    below = {"result": "hasil", "submissions": "masukan", "matrix": "matriks"}
    return {f"consultation: {name}": f"/uji-publik/{code}/{part}/" for name, part in below.items()}


def _around() -> dict[str, str]:
    """What is read beside a proposal, and a clause of an open consultation with its text."""
    path = alike.proposal().subject.path
    code = near(Consultation.objects.filter(state="open")).code
    return {
        "talk of a proposal": f"/diskusi{path}",
        "versions of a proposal": f"{path}versi/",
        "proposal to print": f"{path}cetak/",
        "clause of a consultation": f"/uji-publik/{code}/butir/1/",
    }


def near(rows: QuerySet[Consultation], wanted: int = 30) -> Consultation:
    """Of these consultations the one with about so many submissions."""
    counted = rows.annotate(said=Count("submissions")).order_by(Abs(F("said") - wanted), "pk")
    return counted[:1].get()


def _things() -> dict[str, str]:
    """One waiting case, one proposal under review, one programme, one consultation, one of the staff and one citizen."""
    case = Case.objects.filter(closed_at=None).order_by("due_at", "pk")[:1].get()
    proposal = Proposal.objects.filter(state="reviewing").order_by("pk")[:1].get()
    citizen = Person.objects.filter(grants__isnull=True).order_by("pk")[:1].get()
    asked = near(Consultation.objects.filter(state="closed"))
    program = Program.objects.filter(state="published").order_by("pk")[:1].get()
    moderator = Grant.objects.filter(role__slug="moderator").order_by("pk")[:1].get().person
    return {
        "desk: case of moderation": f"/kelola/moderasi/{case.public_id}/",
        "desk: proposal": f"/kelola/usulan/{proposal.code}/",
        "desk: handing on": f"/kelola/usulan/{proposal.code}/disposisi/",
        "desk: programme": f"/kelola/program/{program.code}/",
        "desk: consultation": f"/kelola/uji-publik/{asked.code}/",
        "desk: matrix": f"/kelola/uji-publik/{asked.code}/matriks/",
        "desk: progress of a matrix": f"/kelola/uji-publik/{asked.code}/matriks/kemajuan/",
        "desk: submissions": f"/kelola/uji-publik/{asked.code}/masukan/",
        "desk: citizen": f"/kelola/pengguna/{citizen.public_id}/",
        "desk: one of the staff": f"/kelola/pengguna/{moderator.public_id}/",
        "desk: trail of a person": f"/kelola/pengguna/{moderator.public_id}/jejak/",
        "desk: activity of a person": f"/kelola/pengguna/{moderator.public_id}/aktivitas/",
    }
