"""Connections through an HTTP proxy, which is tinyproxy."""

from __future__ import annotations

COUNT = ":count_workflows('WorkflowType = \"none\"').count"


def connect(address, proxy, user="someone", password="pass-w0rd_1", more=""):
    return (f'print(temporal.connect{{ "{address}", {more} http_connect_proxy_config = '
            f'{{ target_host = "{proxy}", basic_auth = {{ "{user}", "{password}" }} }} }}{COUNT})')


def test_through_a_proxy(run, ends, http_proxy):
    assert run("-e", connect(ends["plain"], http_proxy.address)) == (0, "0\n", "")
    assert f"CONNECT {ends['plain']} HTTP/1.1" in http_proxy.log()


def test_tls_through_a_proxy(run, ends, http_proxy, certificates):
    tls = f'tls = {{ server_root_ca_cert = "{certificates.path("ca.pem")}" }},'
    assert run("-e", connect(ends["tls"], http_proxy.address, more=tls)) == (0, "0\n", "")
    assert f"CONNECT {ends['tls']} HTTP/1.1" in http_proxy.log()
    # The name that is verified is the server's, and not the proxy's.
    outcome = run("-e", connect(ends["elsewhere"], http_proxy.address, more=tls))
    assert "the server's certificate is not for localhost" in outcome.stderr


def test_a_password_that_is_wrong_or_missing(run, ends, http_proxy):
    outcome = run("-e", connect(ends["plain"], http_proxy.address, password="wr0ng"))
    assert outcome.status == 3 and "wr0ng" not in outcome.stderr
    assert "the HTTP proxy answered CONNECT with 401" in outcome.stderr
    script = f'temporal.connect{{ "{ends["plain"]}", http_connect_proxy_config = {{ target_host = "{http_proxy.address}" }} }}'
    assert "the HTTP proxy answered CONNECT with 407" in run("-e", script).stderr


def test_a_server_that_the_proxy_cannot_reach(run, http_proxy):
    outcome = run("-e", connect("localhost:1", http_proxy.address))
    assert outcome.status == 3 and "the HTTP proxy answered CONNECT with 500" in outcome.stderr


def test_the_proxy_of_the_environment_is_not_for_this_machine(run, ends):
    script = f'print(temporal.connect("{ends["plain"]}"){COUNT})'
    assert run("-e", script, https_proxy="http://localhost:1", grpc_proxy="http://localhost:1") == (0, "0\n", "")


def test_the_proxy_of_the_environment_is_for_others(run, http_proxy):
    user = "http://someone:pass-w0rd_1@" + http_proxy.address
    outcome = run("-e", "temporal.connect{ 'moondial.invalid:7233' }", http_proxy=user)
    assert outcome.status == 3 and "the HTTP proxy answered CONNECT with 500" in outcome.stderr
    assert "CONNECT moondial.invalid:7233 HTTP/1.1" in http_proxy.log()
