"""Connections that TLS protects, through nginx: what works, and what is said where it does not."""

from __future__ import annotations

import socket
import threading

import pytest

COUNT = "print(client:count_workflows('WorkflowType = \"none\"').count)"


def test_a_ca_of_ones_own(run, ends, certificates):
    assert run("--address", ends["tls"], "--tls-ca-path", str(certificates.path("ca.pem")), "-e", COUNT) == (0, "0\n", "")


def test_an_address_that_is_a_number(run, ends, certificates):
    address = ends["tls"].replace("localhost", "127.0.0.1")
    assert run("--address", address, "--tls-ca-path", str(certificates.path("ca.pem")), "-e", COUNT) == (0, "0\n", "")


def test_a_client_certificate(run, ends, certificates):
    options = ["--tls-ca-path", "ca.pem", "--tls-cert-path", "client.pem", "--tls-key-path", "client.key"]
    options = [str(certificates.path(option)) if option[0] != "-" else option for option in options]
    assert run("--address", ends["mtls"], *options, "-e", COUNT) == (0, "0\n", "")


def test_in_lua_by_paths_and_by_text(run, ends, certificates):
    script = f"""
      local pem = {{}}
      for _, name in ipairs {{ "ca.pem", "client.pem", "client.key" }} do
        pem[name] = assert(io.open("{certificates.path("")}/" .. name)):read("a")
      end
      local by_text = temporal.connect {{ "{ends["mtls"]}", tls = {{
        server_root_ca_cert = pem["ca.pem"], client_cert = pem["client.pem"],
        client_private_key = pem["client.key"] }} }}
      local by_path = temporal.connect {{ "{ends["elsewhere"]}", tls = {{
        server_root_ca_cert = "{certificates.path("ca.pem")}", domain = "elsewhere.example" }} }}
      -- Several clients at once: each keeps its own connection.
      for _, c in ipairs {{ by_text, by_path, temporal.connect("{ends["plain"]}") }} do
        print(c:count_workflows("WorkflowType = 'none'").count)
      end"""
    assert run("-e", script) == (0, "0\n0\n0\n", "")


EXPIRED_OR_UNKNOWN = "the server's certificate has expired, or it is not signed by a CA that is trusted here"


@pytest.mark.parametrize(
    ("end", "ca", "reason"),
    [
        ("expired", "ca.pem", EXPIRED_OR_UNKNOWN),
        ("tls", "stranger.pem", EXPIRED_OR_UNKNOWN),
        ("tls", None, EXPIRED_OR_UNKNOWN),
        ("elsewhere", "ca.pem", "the server's certificate is not for localhost"),
        ("mtls", "ca.pem", "the server closed the encrypted connection; it may want a client certificate"),
        ("http1", "ca.pem", "the server speaks TLS, but no HTTP/2"),
        ("plain", "ca.pem", "the server does not speak TLS"),
    ],
)
def test_what_is_wrong_is_one_sentence(run, ends, certificates, end, ca, reason):
    options = ["--tls-ca-path", str(certificates.path(ca))] if ca else ["--tls"]
    outcome = run("--address", ends[end], *options, "-e", COUNT)
    assert outcome == (3, "", f"moondial: ConnectError: cannot connect to {ends[end]}: {reason}\n")


def test_a_server_with_tls_is_not_taken_for_one_without(run, ends):
    outcome = run("--address", ends["tls"], "-e", COUNT)
    assert outcome == (
        3, "", f"moondial: ConnectError: cannot connect to {ends['tls']}: the server closed the connection; it may want TLS\n"
    )


def test_a_key_of_another_certificate(run, ends, certificates):
    path = certificates.path
    outcome = run(
        "--address", ends["mtls"], "--tls-ca-path", str(path("ca.pem")), "--tls-cert-path", str(path("client.pem")),
        "--tls-key-path", str(path("server.key")), "-e", COUNT,
    )
    assert outcome.status == 3
    assert outcome.stderr.endswith("the CA certificate, or the client certificate and its key, cannot be used\n")


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (["--tls-ca-path", "none.pem"], "cannot read the server's CA certificate in none.pem: No such file or directory"),
        (["--tls-ca-data", "x"], "the server's CA certificate is not PEM: it has no line -----BEGIN CERTIFICATE-----"),
        (["--tls-cert-path", "<client.pem>"],
         "a client certificate and its private key go together; only one of them is given"),
        (["--tls-cert-path", "<client.pem>", "--tls-key-path", "<client.pem>"],
         "the client's private key in <client.pem> is not PEM: it has no line -----BEGIN PRIVATE KEY-----"),
        (["--tls-ca-path", "<ca.pem>", "--tls-ca-data", "x"],
         "the server's CA certificate is given twice: as a path and as data"),
    ],
)
def test_what_cannot_be_used_is_named(run, ends, certificates, options, complaint):
    for name in ("client.pem", "ca.pem"):
        options = [option.replace(f"<{name}>", str(certificates.path(name))) for option in options]
        complaint = complaint.replace(f"<{name}>", str(certificates.path(name)))
    outcome = run("--address", ends["tls"], *options, "-e", COUNT)
    assert outcome.status in (1, 2) and outcome.stdout == ""
    assert complaint in outcome.stderr.partition("\n")[0]


def test_files_are_read_by_the_first_call(run, ends):
    assert run("--address", ends["tls"], "--tls-ca-path", "none.pem", "-e", "print(client.namespace)").stdout == "default\n"


def test_verification_cannot_be_switched_off(run):
    outcome = run("--tls-disable-host-verification", "-e", "print(1)")
    assert outcome.status == 2 and outcome.stderr.startswith("Error: The server's certificate is always verified:")


def test_a_limit_for_the_first_answer(run):
    # It takes the connection, and says nothing.
    with socket.create_server(("127.0.0.1", 0)) as silent:
        taken = []
        thread = threading.Thread(target=lambda: taken.append(silent.accept()), daemon=True)
        thread.start()
        address = f"127.0.0.1:{silent.getsockname()[1]}"
        expected = (3, "", f"moondial: ConnectError: cannot connect to {address}: no answer in time\n")
        assert run("--address", address, "--client-connect-timeout", "200ms", "-e", COUNT) == expected
        assert run("-e", f"temporal.connect{{ '{address}', connect_timeout = '200ms' }}").stderr.splitlines()[0] == (
            expected[2].rstrip("\n")
        )
        for connection, _ in taken:
            connection.close()


def test_a_dev_server_takes_nothing_from_the_configuration(run):
    assert run("--dev", "--profile", "prod").stderr.startswith(
        "Error: --dev starts a server of its own; --profile is about another one.")
