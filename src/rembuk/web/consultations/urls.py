"""Addresses of the area «uji publik»; each folder holds its own."""

from rembuk.web.consultations.answering import urls as answering
from rembuk.web.consultations.drafting import urls as drafting
from rembuk.web.consultations.making import urls as making
from rembuk.web.consultations.offline import urls as offline
from rembuk.web.consultations.reading import urls as reading
from rembuk.web.consultations.results import urls as results
from rembuk.web.consultations.taking import urls as taking

public = [*taking.public, *answering.public, *results.public, *reading.public]
desk = [*making.desk, *drafting.desk, *answering.desk, *results.desk, *offline.desk]
