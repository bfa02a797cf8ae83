"""What an operator gets from the description of her machines, and what is refused."""

import re
import stat
import tomllib

import pytest

from deploy import render
from deploy.render import TEMPLATES, Cluster, Host, Incomplete

SECRETS = (
    "SECRET_KEY", "SUPERUSER_PASSWORD", "REPLICATION_PASSWORD", "REWIND_PASSWORD", "PATRONI_PASSWORD",
    "OWNER_PASSWORD", "APPLICATION_PASSWORD",
)  # fmt: skip


@pytest.fixture
def description(tmp_path):
    """The sample with its empty passwords filled in."""
    text = (TEMPLATES / "cluster.toml").read_text()
    for number, name in enumerate(SECRETS):
        text = text.replace(f'{name} = ""', f'{name} = "{number}{"a" * 40}"')
    path = tmp_path / "cluster.toml"
    path.write_text(text)
    return path


@pytest.fixture
def cluster(description):
    return render.read(description)


def texts(cluster: Cluster, name: str) -> dict[str, str]:
    return {place: text for place, (text, _mode) in render.files_of(cluster, name).items()}


def setting(text: str, name: str) -> str:
    """The one value of a name in a YAML file."""
    (found,) = re.findall(rf'^ *{name}: "?([^"\n]*)', text, re.MULTILINE)
    return found


def test_sample_as_shipped_is_refused_until_passwords_are_set():
    with pytest.raises(Incomplete, match="SECRET_KEY is to be at least 16"):
        render.read(TEMPLATES / "cluster.toml")


def test_every_machine_gets_the_files_of_its_roles_without_open_places(cluster):
    for host in cluster.hosts:
        files = texts(cluster, host.name)
        assert len(files) == sum(len(render.FILES[role]) for role in host.roles)
        assert not [place for place, text in files.items() if render.PLACE.search(text)]


def test_every_template_is_used():
    used = {template for files in render.FILES.values() for template, _place, _mode in files}
    found = {
        f"{path.parent.name}/{path.name}"
        for folder in ("etcd", "patroni", "haproxy", "pgbouncer", "application")
        for path in (TEMPLATES / folder).iterdir()
    }
    assert found | {"nginx/rembuk-hosts.conf"} == used


def test_patroni_is_synchronous_and_may_not_lose_its_lease_unnoticed(cluster):
    text = texts(cluster, "db1")["etc/patroni/config.yml"]
    assert (setting(text, "synchronous_mode"), setting(text, "synchronous_commit")) == ("true", "on")
    lease, pause, retry = (int(setting(text, name)) for name in ("ttl", "loop_wait", "retry_timeout"))
    assert pause + 2 * retry <= lease
    assert setting(text, "maximum_lag_on_failover") == "1048576"
    assert setting(text, "hosts") == "10.0.0.10:2379,10.0.0.21:2379,10.0.0.22:2379"
    assert setting(text, "name") == "db1"


def test_postgres_admits_peers_and_application_machines_only(cluster):
    lines = re.findall(
        r"^  - (?:host|local) .*", texts(cluster, "db2")["etc/patroni/config.yml"], re.MULTILINE
    )
    admitted = {line.split()[4] for line in lines if " host " in line}
    assert admitted == {f"10.0.0.{number}/32" for number in (21, 22, 31, 32)}
    assert all(line.endswith("scram-sha-256") for line in lines)


def test_etcd_knows_all_its_members(cluster):
    text = texts(cluster, "db1")["etc/etcd/rembuk.yml"]
    assert setting(text, "initial-cluster").count("http://") == 3
    assert setting(text, "listen-client-urls") == "http://10.0.0.21:2379"


def test_haproxy_asks_every_patroni(cluster):
    text = texts(cluster, "app1")["etc/haproxy/haproxy.cfg"]
    for line in ("server db1 10.0.0.21:5432 check port 8008", "server db2 10.0.0.22:5432 check port 8008"):
        assert text.count(line) == 2


def test_pages_go_through_the_pool_and_the_worker_does_not(cluster):
    files = texts(cluster, "app2")
    assert "@127.0.0.1:6432/rembuk\nREMBUK_PGBOUNCER=1" in files["etc/rembuk/site.env"]
    assert "@127.0.0.1:5000/rembuk\nREMBUK_PGBOUNCER=0" in files["etc/rembuk/worker.env"]
    assert "--host 10.0.0.32 --port 8000" in "".join(files.values())


def test_pool_gives_pages_the_timeouts_that_they_have_without_it(cluster):
    """The same as config/settings.py, which tests/runtime/test_timeouts.py asks."""
    (line,) = re.findall(
        r"^rembuk = .* connect_query='(.*)'$",
        texts(cluster, "app1")["etc/pgbouncer/pgbouncer.ini"],
        re.MULTILINE,
    )
    assert line.replace("''", "'").split("; ") == [
        "SET statement_timeout='30s'",
        "SET lock_timeout='10s'",
        "SET idle_in_transaction_session_timeout='60s'",
    ]


def test_application_machines_share_their_settings(cluster):
    assert texts(cluster, "app1")["etc/rembuk/site.env"] == texts(cluster, "app2")["etc/rembuk/site.env"]


def test_web_process_never_learns_the_owners_password(cluster):
    owner = cluster.values["OWNER_PASSWORD"]
    holders = {place for place, text in texts(cluster, "app1").items() if owner in text}
    assert holders == {"etc/rembuk/owner.env"}


def test_nginx_knows_both_machines(cluster):
    text = texts(cluster, "front")["etc/nginx/conf.d/rembuk-hosts.conf"]
    assert text.count("server 10.0.0.3") == 2


def test_files_with_passwords_are_their_owners_alone(cluster, tmp_path):
    secrets = {value for name, value in cluster.values.items() if name in SECRETS}
    for name in ("db1", "app1", "front"):
        for path in render.write(cluster, name, tmp_path / name):
            holds = any(secret in path.read_text() for secret in secrets)
            assert not (holds and stat.S_IMODE(path.stat().st_mode) & 0o077), path


def test_file_written_again_is_replaced_with_its_mode(cluster, tmp_path):
    path = tmp_path / "etc/pgbouncer/userlist.txt"
    path.parent.mkdir(parents=True)
    path.write_text("old")
    path.chmod(0o644)
    render.write(cluster, "app1", tmp_path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_text().startswith('"rembuk_app"')


@pytest.mark.parametrize(
    "bad", ["short", "with'quote-and-length", "with space and length", "at@sign-and-length"]
)
def test_password_that_needs_quoting_is_refused(cluster, bad):
    with pytest.raises(Incomplete, match="OWNER_PASSWORD"):
        render.check(Cluster(cluster.hosts, {**cluster.values, "OWNER_PASSWORD": bad}))


@pytest.mark.parametrize("members", [0, 1, 2, 4])
def test_number_of_etcd_members_that_cannot_decide_is_refused(members):
    hosts = tuple(Host(f"e{number}", ("etcd",), {"ADDRESS": "10.0.0.1"}) for number in range(members))
    with pytest.raises(Incomplete, match=f"there are {members}"):
        render.check(Cluster(hosts))


def test_unknown_role_machine_and_missing_value_are_named(description, cluster):
    description.write_text('[hosts.x]\nroles = ["oracle"]\n')
    with pytest.raises(Incomplete, match="unknown role: oracle"):
        render.read(description)
    with pytest.raises(Incomplete, match="no machine db9: front, db1"):
        render.files_of(cluster, "db9")
    bare = Cluster((Host("db1", ("database",), {}),), cluster.values)
    with pytest.raises(Incomplete, match="ADDRESS of the machine db1"):
        render.files_of(bare, "db1")
    with pytest.raises(Incomplete, match="here: NOTHING is missing"):
        render.fill("@NOTHING@", {}, "here")


def test_command_writes_and_names_the_files(description, tmp_path, capsys):
    assert render.main([str(description), "app1", "--to", str(tmp_path / "root")]) == 0
    named = capsys.readouterr().out.split()
    assert str(tmp_path / "root/etc/haproxy/haproxy.cfg") in named
    assert render.main([str(description), "nobody", "--to", str(tmp_path)]) == 1
    assert "There is no machine nobody" in capsys.readouterr().err


def test_sample_is_valid_toml_with_an_odd_number_of_members():
    told = tomllib.loads((TEMPLATES / "cluster.toml").read_text())
    assert sum("etcd" in host["roles"] for host in told["hosts"].values()) == 3
