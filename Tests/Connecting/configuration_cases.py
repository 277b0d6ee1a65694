"""The cases: files, variables and options, and what the clients must do with them.

In texts, `<tls>` stands for the address of an end, `<port of tls>` for its port, `<ca.pem>` for the path of a file, `<text of ca.pem>` for the text in
it, and `<folder>` for the folder of the case.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Case:
    """One configuration, given to the Python SDK, to the CLI and to Moondial."""

    name: str
    #: What is in the folder of the case, which is also the home.
    files: dict[str, str] = field(default_factory=dict)
    variables: dict[str, str] = field(default_factory=dict)
    #: Options of the CLI and of Moondial.
    options: tuple[str, ...] = ()
    #: What the same is called for the Python SDK; None where it has no word for it.
    python: dict[str, Any] | None = field(default_factory=dict)
    #: Whom Moondial follows where the two differ, and why it is that one.
    follows: str | None = None

    @property
    def has_python(self) -> bool:
        return self.python is not None


def profile(*lines: str, name: str = "default", more: str = "") -> dict[str, str]:
    """A temporal.toml with one profile."""
    return {"temporal.toml": "\n".join([f"[profile.{name}]", *lines, more]) + "\n"}


PLAIN = 'address = "<plain>"'
TLS = 'address = "<tls>"'
MTLS = 'address = "<mtls>"'
CA = 'tls.server_ca_cert_path = "<ca.pem>"'
IDENTITY = ('tls.client_cert_path = "<client.pem>"', 'tls.client_key_path = "<client.key>"')
TWO = profile(PLAIN, 'namespace = "one"', more='[profile.other]\naddress = "<plain>"\nnamespace = "two"')

CASES = [
    # Address and namespace
    Case("a file", profile(PLAIN, 'namespace = "orders"')),
    Case("a variable wins over the file", profile('address = "nowhere:1"', 'namespace = "one"'),
         {"TEMPORAL_ADDRESS": "<plain>", "TEMPORAL_NAMESPACE": "two"}),
    Case("an option wins over both", profile('address = "nowhere:1"', 'namespace = "one"'),
         {"TEMPORAL_ADDRESS": "nowhere:2", "TEMPORAL_NAMESPACE": "two"},
         ("--address", "<plain>", "--namespace", "three"), python=None),
    Case("variables alone", variables={"TEMPORAL_ADDRESS": "<plain>"}),
    Case("an empty namespace is the default one", profile(PLAIN, 'namespace = "one"'), {"TEMPORAL_NAMESPACE": ""},
         follows="cli"),
    Case("a namespace in the address", profile('address = "${namespace}:<port of plain>"', 'namespace = "localhost"'),
         follows="cli"),
    Case("a table of another program in a profile",
         profile(PLAIN, more="[profile.default.moondial]\nproduction = true\nread_only = true")),
    # Which profile
    Case("a profile by its variable", TWO, {"TEMPORAL_PROFILE": "other"}),
    Case("a profile by its option", TWO, options=("--profile", "other"), python={"profile": "other"}),
    Case("the option wins over the variable", TWO, {"TEMPORAL_PROFILE": "default"}, ("--profile", "other"),
         {"profile": "other"}),
    Case("an empty variable names no profile", TWO, {"TEMPORAL_PROFILE": ""}),
    Case("variables win over a profile that is named", TWO, {"TEMPORAL_NAMESPACE": "three"}, ("--profile", "other"),
         {"profile": "other"}),
    Case("a profile that is not there, by option", TWO, options=("--profile", "third"), python={"profile": "third"}),
    Case("a profile that is not there, by variable", TWO, {"TEMPORAL_PROFILE": "third"}),
    Case("no default profile", profile(PLAIN, name="other"), {"TEMPORAL_ADDRESS": "<plain>"}),
    # Which file
    Case("a file by option", {"mine.toml": TWO["temporal.toml"]}, options=("--config-file", "<folder>/mine.toml"),
         python={"config_file": "<folder>/mine.toml"}),
    Case("the option wins over the variable of the file", {**profile('namespace = "one"'), "mine.toml": 'profile.default.namespace = "two"'},
         {"TEMPORAL_ADDRESS": "<plain>"}, ("--config-file", "<folder>/mine.toml"), {"config_file": "<folder>/mine.toml"}),
    Case("the user's file", {".config/temporalio/temporal.toml": TWO["temporal.toml"]}),
    Case("the user's file, in XDG_CONFIG_HOME", {"xdg/temporalio/temporal.toml": TWO["temporal.toml"]},
         {"XDG_CONFIG_HOME": "<folder>/xdg"}),
    Case("an empty variable names no file", {".config/temporalio/temporal.toml": TWO["temporal.toml"]},
         {"TEMPORAL_CONFIG_FILE": ""}),
    Case("a file that is not there", variables={"TEMPORAL_CONFIG_FILE": "<folder>/none", "TEMPORAL_ADDRESS": "<plain>"}),
    Case("a named file that is not there", variables={"TEMPORAL_ADDRESS": "<plain>"},
         options=("--config-file", "<folder>/none"), python={"config_file": "<folder>/none"}),
    Case("a named profile in a file that is not there", variables={"TEMPORAL_ADDRESS": "<plain>"},
         options=("--config-file", "<folder>/none", "--profile", "default"),
         python={"config_file": "<folder>/none", "profile": "default"}),
    Case("no file", profile('namespace = "one"'), {"TEMPORAL_ADDRESS": "<plain>"}, ("--disable-config-file",),
         {"disable_file": True}),
    Case("no variables", profile(PLAIN, 'namespace = "one"'), {"TEMPORAL_NAMESPACE": "two"}, ("--disable-config-env",),
         {"disable_env": True}),
    Case("no variables, but the one for the profile", TWO, {"TEMPORAL_PROFILE": "other"}, ("--disable-config-env",),
         {"disable_env": True}, follows="cli"),
    Case("neither", profile('namespace = "one"'), {"TEMPORAL_NAMESPACE": "two"},
         ("--disable-config-file", "--disable-config-env", "--address", "<plain>"), python=None),
    # What is in the file
    Case("a file that is not TOML", {"temporal.toml": "[profile.default\n"}, {"TEMPORAL_ADDRESS": "<plain>"}),
    Case("a file that has a key twice", profile(PLAIN, PLAIN)),
    Case("an address that is a number", profile("address = 7233"), {"TEMPORAL_ADDRESS": "<plain>"}),
    Case("a profile that is a text", {"temporal.toml": 'profile.default = "x"'}, {"TEMPORAL_ADDRESS": "<plain>"}),
    Case("a header that is a number", profile(PLAIN, "grpc_meta = { x-one = 1 }")),
    Case("a fault in another profile", profile(PLAIN, more="[profile.other]\naddress = 1")),
    Case("keys that nobody knows", profile(PLAIN, 'namespace = "one"', 'colour = "red"', more="[other]\nx = 2026-01-01")),
    Case("an empty file", {"temporal.toml": ""}, {"TEMPORAL_ADDRESS": "<plain>"}),
    # API keys
    Case("a key switches TLS on", profile(TLS, 'api_key = "k1"')),
    Case("a key by variable", profile(TLS, 'api_key = "k1"'), {"TEMPORAL_API_KEY": "k2"}),
    Case("a key by option", profile(TLS, 'api_key = "k1"'), {"TEMPORAL_API_KEY": "k2"}, ("--api-key", "k3"), None),
    Case("a key does not go to a server without TLS", profile(PLAIN, 'api_key = "k1"')),
    Case("a key where TLS is off", profile(PLAIN, 'api_key = "k1"', "tls.disabled = true")),
    Case("an empty key is none", profile(PLAIN, 'api_key = "k1"'), {"TEMPORAL_API_KEY": ""}, follows="cli"),
    Case("a key where there is an authorization", profile(TLS, 'api_key = "k1"', 'grpc_meta.authorization = "own"')),
    # TLS
    Case("a CA", profile(TLS, CA)),
    Case("a CA as text", profile(TLS, "tls.server_ca_cert_data = '''<text of ca.pem>'''")),
    Case("a CA by variable", profile(TLS), {"TEMPORAL_TLS_SERVER_CA_CERT_PATH": "<ca.pem>"}),
    Case("a CA as text by variable", profile(TLS), {"TEMPORAL_TLS_SERVER_CA_CERT_DATA": "<text of ca.pem>"}),
    Case("a CA by option", profile(TLS), options=("--tls-ca-path", "<ca.pem>"), python=None),
    Case("a CA as text by option", profile(TLS), options=("--tls-ca-data", "<text of ca.pem>"), python=None),
    Case("another CA", profile(TLS, 'tls.server_ca_cert_path = "<stranger.pem>"')),
    Case("a CA that is not there", profile(TLS, 'tls.server_ca_cert_path = "<folder>/none"')),
    Case("a CA twice", profile(TLS, CA, "tls.server_ca_cert_data = '''<text of ca.pem>'''")),
    Case("a CA as path and by variable as text", profile(TLS, CA), {"TEMPORAL_TLS_SERVER_CA_CERT_DATA": "<text of ca.pem>"}),
    Case("the system's CAs", profile(TLS, "tls.disabled = false")),
    Case("a section that is empty", profile(TLS, "tls = {}")),
    Case("TLS by variable", profile(TLS), {"TEMPORAL_TLS": "true"}),
    Case("TLS by variable as 1", profile(TLS), {"TEMPORAL_TLS": "1"}),
    Case("TLS by variable in capitals", profile(TLS), {"TEMPORAL_TLS": "TRUE"}),
    Case("no TLS by variable", profile(PLAIN, CA), {"TEMPORAL_TLS": "false"}),
    Case("a variable that is neither true nor false", profile(PLAIN), {"TEMPORAL_TLS": "maybe"}, follows="cli"),
    Case("TLS by option", profile(TLS), options=("--tls",), python=None),
    Case("no TLS by option", profile(PLAIN, CA), options=("--tls=false",), python=None),
    Case("a server's name", profile('address = "<elsewhere>"', CA, 'tls.server_name = "elsewhere.example"')),
    Case("a server's name by variable", profile('address = "<elsewhere>"', CA),
         {"TEMPORAL_TLS_SERVER_NAME": "elsewhere.example"}),
    Case("a server's name by option", profile('address = "<elsewhere>"', CA),
         options=("--tls", "--tls-server-name", "elsewhere.example"), python=None),
    Case("another name", profile('address = "<elsewhere>"', CA)),
    Case("verification is not switched off", profile('address = "<elsewhere>"', CA, "tls.disable_host_verification = true"),
         follows="python"),
    # Client certificates
    Case("a client certificate", profile(MTLS, CA, *IDENTITY)),
    Case("no client certificate", profile(MTLS, CA)),
    Case("a client certificate as text by variables", profile(MTLS, CA),
         {"TEMPORAL_TLS_CLIENT_CERT_DATA": "<text of client.pem>", "TEMPORAL_TLS_CLIENT_KEY_DATA": "<text of client.key>"}),
    Case("a client certificate by options", profile(MTLS, CA),
         options=("--tls-cert-path", "<client.pem>", "--tls-key-path", "<client.key>"), python=None),
    Case("a client certificate by older variables", profile(MTLS),
         {"TEMPORAL_TLS_CERT": "<client.pem>", "TEMPORAL_TLS_KEY": "<client.key>", "TEMPORAL_TLS_CA": "<ca.pem>"},
         follows="cli"),
    Case("older variables win", profile(MTLS, *IDENTITY, 'tls.server_ca_cert_path = "<stranger.pem>"'),
         {"TEMPORAL_TLS_CA": "<ca.pem>"}, follows="cli"),
    Case("a CA by an older variable", profile(TLS), {"TEMPORAL_TLS_CA_DATA": "<text of ca.pem>"}, follows="cli"),
    Case("a client certificate as path, its key as text", profile(
        MTLS, CA, 'tls.client_cert_path = "<client.pem>"', "tls.client_key_data = '''<text of client.key>'''"), follows="python"),
    Case("a client certificate without its key", profile(MTLS, CA, 'tls.client_cert_path = "<client.pem>"')),
    Case("a key that is not there", profile(MTLS, CA, IDENTITY[0], 'tls.client_key_path = "<folder>/none"')),
    # Headers
    Case("headers", profile(PLAIN, 'grpc_meta = { x-one = "1", X_Two = "2" }')),
    Case("headers by variables", profile(PLAIN, 'grpc_meta = { x-one = "1", x-two = "2" }'),
         {"TEMPORAL_GRPC_META_X_TWO": "3", "TEMPORAL_GRPC_META_X_THREE": "4"}),
    Case("an empty variable removes a header", profile(PLAIN, 'grpc_meta = { x-one = "1", x-two = "2" }'),
         {"TEMPORAL_GRPC_META_X_TWO": ""}),
    Case("headers by option", profile(PLAIN, 'grpc_meta = { x-one = "1" }'), {"TEMPORAL_GRPC_META_X_TWO": "2"},
         ("--grpc-meta", "x-two=3", "--grpc-meta", "x-three=a=b"), None),
    Case("a header that is no pair", profile(PLAIN), options=("--grpc-meta", "x-one"), python=None),
]
