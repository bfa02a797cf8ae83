"""URLs of the area «engagement»: ``public`` under the language; staff decide under ``moderation``."""

from django.urls import URLPattern, URLResolver, path

from rembuk.web.engagement import public_comments as talk
from rembuk.web.engagement import public_reports as reports
from rembuk.web.engagement import public_votes as votes

_SUBJECT = "diskusi/<str:kind>/<str:code>/"
_COMMENT = "komentar/<uuid:public_id>/"

public: list[URLPattern | URLResolver] = [
    path(_SUBJECT, talk.comments, name="comments"),
    path(f"{_SUBJECT}tulis/", talk.comment, name="comment"),
    path(f"{_SUBJECT}suara/", votes.vote, name="vote"),
    path(f"{_SUBJECT}ikuti/", votes.follow, name="follow"),
    path(f"{_SUBJECT}laporkan/", reports.report, name="report"),
    path(_COMMENT, talk.thread, name="thread"),
    path(f"{_COMMENT}balas/", talk.reply, name="reply"),
    path(f"{_COMMENT}hapus/", talk.delete, name="delete"),
    path(f"{_COMMENT}laporkan/", reports.report_comment, name="report_comment"),
    path(f"{_COMMENT}moderasi/", reports.moderate, name="moderate"),
]
desk: list[URLPattern | URLResolver] = []
