"""URLs of the area «accounts». ``allauth`` holds the pages whose names allauth leads to, so they have no namespace."""

from django.urls import URLPattern, URLResolver, path

from rembuk.web.accounts import public_entrance as entrance
from rembuk.web.accounts import public_passwords as passwords
from rembuk.web.accounts.own import public as own
from rembuk.web.accounts.own import public_settings as settings
from rembuk.web.accounts.second_factor import public as factor
from rembuk.web.accounts.second_factor import public_step as factor_step
from rembuk.web.accounts.sessions import public as sessions

allauth: list[URLPattern | URLResolver] = [
    path("akun/daftar/", entrance.register, name="account_signup"),
    path("akun/daftar/terkirim/", entrance.letter_sent, name="account_email_verification_sent"),
    path("akun/konfirmasi/<str:key>/", entrance.confirm, name="account_confirm_email"),
    path("akun/masuk/", entrance.sign_in, name="account_login"),
    path("akun/masuk/kata-sandi/", entrance.first_password, name="account_first_password"),
    path("akun/masuk/kode/", factor_step.step, name="mfa_authenticate"),
    path("akun/keluar/", entrance.sign_out, name="account_logout"),
    path("akun/nonaktif/", entrance.inactive, name="account_inactive"),
    path("akun/lupa-kata-sandi/", passwords.forgotten, name="account_reset_password"),
    path("akun/lupa-kata-sandi/terkirim/", passwords.forgotten_sent, name="account_reset_password_done"),
    path("akun/kata-sandi-baru/selesai/", passwords.chosen, name="account_reset_password_from_key_done"),
    path("akun/atur-ulang/<str:key>/", passwords.choose, name="account_reset_password_from_key"),
    path("akun/kata-sandi/", passwords.change, name="account_change_password"),
    path("akun/surel/", settings.address, name="account_email"),
    path("akun/sesi/", settings.sessions, name="usersessions_list"),
]
public: list[URLPattern | URLResolver] = [
    path("", own.profile, name="profile"),
    path("masukan/", own.submissions, name="submissions"),
    path("komentar/", own.comments, name="comments"),
    path("dukungan/", own.supports, name="supports"),
    path("diikuti/", own.follows, name="follows"),
    path("pengaturan/", settings.settings, name="settings"),
    path("persetujuan/", settings.consents, name="consents"),
    path("surel/konfirmasi/<str:token>/", settings.confirm_address, name="confirm_address"),
    path("faktor-kedua/", factor.overview, name="second_factor"),
    path("faktor-kedua/atur/", factor.setup, name="second_factor_setup"),
    path("faktor-kedua/kode/", factor.codes, name="second_factor_codes"),
    path("faktor-kedua/kode/unduh/", factor.codes_file, name="second_factor_codes_file"),
    path("faktor-kedua/matikan/", factor.turn_off, name="second_factor_off"),
    path("lanjutkan/", sessions.kept_form, name="kept_form"),
    path("data/", settings.own_data, name="own_data"),
    path("hapus/", settings.delete, name="delete"),
    path("dihapus/", settings.deleted, name="deleted"),
]
desk: list[URLPattern | URLResolver] = []
