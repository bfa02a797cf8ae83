"""Pengaturan: kinds of phases and the templates with which a work programme begins."""
