"""nginx in the drill is the site's own configuration, or the drill says that it no longer fits."""

import os
import subprocess
from pathlib import Path

import pytest

from deploy import render
from deploy.drill import front, layout
from deploy.render import TEMPLATES, Incomplete
from tests.commands.front import NGINX


def test_configuration_is_the_sites_own_before_both_machines(tmp_path):
    cluster = layout.describe(tmp_path, is_synchronous=True)
    text = front.configuration(cluster, tmp_path)
    port = cluster.host("front").value("FRONT_PORT")
    assert f"listen 127.0.0.1:{port};" in text
    assert " 443" not in text
    assert "ssl" not in text
    assert text.count("{") == text.count("}")
    for name in layout.APPLICATIONS:
        assert f"server 127.0.0.1:{cluster.host(name).value('WEB_PORT')} " in text


@pytest.mark.skipif(NGINX is None and "CI" not in os.environ, reason="nginx is not installed")
def test_nginx_takes_the_sites_configuration_together_with_its_machines(tmp_path):
    assert NGINX is not None
    written = tmp_path / "nginx.conf"
    written.write_text(front.configuration(layout.describe(tmp_path, is_synchronous=True), tmp_path))
    tried = subprocess.run(
        [NGINX, "-t", "-p", tmp_path, "-c", written, "-e", "stderr"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert tried.returncode == 0, tried.stderr


@pytest.mark.parametrize("line", ["listen 80;", "listen 443 ssl;", "http://127.0.0.1:8000"])
def test_site_configuration_that_no_longer_fits_is_told(line):
    site = (TEMPLATES / "nginx/rembuk.conf").read_text().replace(line, "")
    with pytest.raises(Incomplete, match="any more"):
        front.adapted(site, "127.0.0.1:1")


def test_drill_renders_the_templates_of_every_machine_in_its_own_folder(tmp_path):
    cluster = layout.describe(tmp_path, is_synchronous=False)
    render.check(cluster)
    for host in cluster.hosts:
        for path in render.write(cluster, host.name, tmp_path / host.name):
            text = path.read_text()
            assert not render.PLACE.search(text)
            # Folders of a real machine may stand in comments and units only.
            if path.suffix not in (".conf",):
                real = [
                    line
                    for line in text.splitlines()
                    if "/var/lib" in line and not line.startswith(("#", ";"))
                ]
                assert real == []
    assert "synchronous_mode: false" in Path(tmp_path, "db1/etc/patroni/config.yml").read_text()


def test_ports_of_the_drill_are_all_different(tmp_path):
    cluster = layout.describe(tmp_path, is_synchronous=True)
    ports = [value for host in cluster.hosts for name, value in host.values.items() if name.endswith("_PORT")]
    assert len(ports) == len(set(ports)) == 3 * 2 + 2 * 2 + 2 * 4 + 1
