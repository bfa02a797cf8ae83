"""What stands for the placeholders of each address, from the things of the small site (``world.World``).

The first pattern that fits a route and names a placeholder wins; a route without a value fails in every test of this
folder. A page of one thing gets the thing here, and the thing is made in ``world`` or ``layers``.
"""

from typing import Any
from uuid import UUID

from rembuk.notifications.unsubscribe import token
from rembuk.programs.models import KindOfPhase, PhaseTemplate

NOBODY = UUID(int=7)


def _rows() -> tuple[tuple[str, Any], ...]:
    code = r"(?P<code>USL-\d{4}-\d{6,9})"
    return (
        (r"akun/|demo/", lambda w: {"<str:key>": "MQ:1vN:abc", "<str:token>": "abc:def"}),
        (r"notifikasi/", lambda w: {"<str:token>": token(w.author.pk, "*")}),
        (r"diskusi/", lambda w: {"<str:kind>": "usulan", "<str:code>": w.published.code}),
        (r"komentar/", lambda w: {"<uuid:public_id>": w.comment.public_id}),
        (r"kelola/unduhan/", lambda w: {"<uuid:public_id>": NOBODY}),
        (r"merek/logo/", lambda w: {"<uuid:public_id>": NOBODY}),
        (r"kategori/", lambda w: {"<slug:slug>": w.place.category.slug}),
        (r"satuan-kerja/", lambda w: {"<slug:code>": w.place.works.code, "<str:code>": w.place.works.code}),
        (r"transparansi/laporan/", lambda w: {"<str:code>": w.layers.account.code}),
        (r"kelola/laporan/", lambda w: {"<str:code>": w.account.code}),
        (r"merek/\^|\^?merek", lambda w: {"(?P<colour>[0-9a-f]{6})": "0b5a5e"}),
        (r"program/<str:code>/gambar/", lambda w: {"<uuid:public_id>": w.picture.public_id}),
        (r"kelola/program/saran/", lambda w: {"<uuid:public_id>": w.layers.suggestion.public_id}),
        (r"kelola/program/kesaksian/", lambda w: {"<uuid:public_id>": w.layers.witness.public_id}),
        (
            r"program/<str:code>/kesaksian/",
            lambda w: {
                "<str:code>": w.layers.round.program.code,
                "<uuid:public_id>": w.layers.witness.public_id,
            },
        ),
        (
            r"program/<str:code>/tonggak/",
            lambda w: {
                "<str:code>": w.layers.round.program.code,
                "<uuid:public_id>": w.layers.claimed.public_id,
            },
        ),
        (
            r"kelola/program/<str:code>/tonggak/.*(bukti|langkah)/",
            lambda w: {
                "<str:code>": w.layers.program.code,
                "<uuid:public_id>": w.layers.reached.public_id,
                "<slug:name>": "reopen",
            },
        ),
        (
            r"kelola/program/<str:code>/tonggak/",
            lambda w: {"<str:code>": w.layers.program.code, "<uuid:public_id>": w.layers.planned.public_id},
        ),
        (
            r"(kelola/)?program/<str:code>/bukti/",
            lambda w: {
                "<str:code>": w.layers.program.code,
                "<uuid:public_id>": w.layers.evidence.file.public_id,
            },
        ),
        (
            r"kelola/program/<str:code>/uang/",
            lambda w: {"<str:code>": w.layers.program.code, "<uuid:public_id>": w.layers.payment.public_id},
        ),
        (
            r"kelola/program/<str:code>/indikator/",
            lambda w: {"<str:code>": w.layers.program.code, "<int:number>": 1},
        ),
        (
            r"(kelola/)?program/<str:code>/penilaian/",
            lambda w: {"<str:code>": w.layers.round.program.code, "<int:number>": w.layers.round.number},
        ),
        (
            r"program/<str:code>/evaluasi/",
            lambda w: {"<str:code>": w.layers.program.code, "<int:number>": w.layers.evaluated.number},
        ),
        (
            r"kelola/program/<str:code>/evaluasi/",
            lambda w: {"<str:code>": w.layers.program.code, "<int:number>": w.layers.evaluation.number},
        ),
        (
            r"(kelola/)?program/",
            lambda w: {
                "<str:code>": w.program.code,
                "<int:number>": 1,
                "<uuid:public_id>": w.open_document.public_id,
                "<str:proposal_code>": w.program.links.get().proposal.code,
                "langkah/<slug:name>": "langkah/postpone",
                "<slug:name>": "finish",
            },
        ),
        (
            r"usulan/draf/",
            lambda w: {
                "<uuid:public_id>": w.draft.public_id,
                "<uuid:file_id>": w.draft_file.public_id,
            },
        ),
        (
            r"usulan/",
            lambda w: {
                "<str:code>": w.published.code,
                "<uuid:file_id>": w.attachment.public_id,
            },
        ),
        (r"uji-publik/<str:code>/ikut/", lambda w: {"<str:code>": w.open_consultation.code}),
        (
            r"kelola/uji-publik/.*/(bukti|koreksi|pindaian)/",
            lambda w: {"<str:code>": w.consultation.code, "<int:number>": w.layers.letter.number},
        ),
        (
            r"(kelola/)?uji-publik/",
            lambda w: {
                "<str:code>": w.consultation.code,
                "jawaban/<int:number>": "jawaban/5",
                "<int:number>": 1,
                "<int:page>": 1,
                "<int:old>": 1,
                "<int:new>": 1,
                "<uuid:row>/<slug:name>": f"{w.row.public_id}/tugaskan",
                "<uuid:row>": w.row.public_id,
                "<uuid:group>/<slug:name>": f"{w.group.public_id}/nama",
                "<uuid:group>": w.group.public_id,
                "<uuid:public_id>": w.layers.map.public_id,
                "<str:program_code>": w.layers.program.code,
                "<slug:kind>": "about",
                "langkah/<slug:name>": "langkah/withhold",
                "<slug:name>": "cancel",
            },
        ),
        (r"kelola/usulan/impor/", lambda w: {"(?P<kind>csv|xlsx)": "csv"}),
        (r"kelola/usulan/.*/disposisi/", lambda w: {code: w.published.code}),
        (r"kelola/usulan/.*/bukan-duplikat/", lambda w: {code: w.layers.duplicate.code}),
        (r"kelola/usulan/.*/(lanjutkan|pindaian)/", lambda w: {code: w.layers.deferred.code}),
        (r"kelola/usulan/.*/tampilkan/", lambda w: {code: w.hidden.code}),
        (r"kelola/usulan/", lambda w: {code: w.reviewed.code}),
        (
            r"kelola/moderasi/",
            lambda w: {
                "<uuid:case_id>": w.case.public_id,
                "<uuid:mark>": NOBODY,
                "<slug:name>": "keep",
            },
        ),
        (r"kelola/kategori/", lambda w: {"<slug:slug>": w.place.category.slug}),
        (r"kelola/satuan-kerja/ekspor/", lambda w: {"<slug:form>": "csv"}),
        (r"kelola/satuan-kerja/", lambda w: {"<str:code>": w.place.works.code}),
        (r"kelola/pengguna/loket/", lambda w: {"<uuid:public_id>": w.layers.desk_person.public_id}),
        (r"kelola/pengguna/", lambda w: {"<uuid:public_id>": w.layers.official.public_id}),
        (
            r"kelola/hak-akses/",
            lambda w: {
                "<int:number>": w.layers.grant.pk,
                "<slug:slug>": "moderator",
                "<slug:name>": "approve",
                "<uuid:public_id>": w.layers.request.public_id,
            },
        ),
        (r"kelola/pengaturan/hari", lambda w: {"<int:number>": w.holiday.pk}),
        (r"kelola/pengaturan/templat", lambda w: {"<int:number>": w.template.pk}),
        (
            r"kelola/pengaturan/fase/templat/",
            lambda _w: {"<slug:code>": PhaseTemplate.objects.values_list("code", flat=True)[0]},
        ),
        (
            r"kelola/pengaturan/fase/",
            lambda _w: {"<slug:code>": KindOfPhase.objects.values_list("code", flat=True)[0]},
        ),
        (r"kelola/pengaturan/alasan", lambda w: {"<slug:code>": "iklan"}),
        (r"kelola/pengaturan/halaman", lambda w: {"<slug:slug>": "about", "<slug:language>": "id"}),
        (r"kelola/\^jejak-audit", lambda w: {"(?P<number>[0-9]+)": w.layers.entry}),
    )


VALUES = _rows()
