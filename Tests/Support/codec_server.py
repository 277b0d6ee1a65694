"""A codec server: `codec_server.py RECORD [--tls CERTIFICATE KEY]`.

Prints its URL when it listens, and ends when its standard input closes. RECORD gets a line of JSON for each request when it
arrives: the path, the headers, the namespaces and the number of payloads. What it does is in the first word of the path:

    /zlib      compresses, as ZlibCodec does
    /locked    the same, for those whose Authorization is "Bearer letmein"
    /hang      never answers, and tells on standard output that it was asked
    /hostile   answers with status 500 and text that would colour a terminal
    /status/N  answers with status N and a line of text
    /garbage   answers with what is not JSON
    /fewer     loses a payload
"""

from __future__ import annotations

import argparse
import json
import ssl
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from google.protobuf.json_format import MessageToJson, Parse
from payload_codecs import CodecFault, ZlibCodec
from temporalio.api.common.v1 import Payloads


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    record: Path
    lock = threading.Lock()
    over = threading.Event()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        kind, *rest = self.path.strip("/").split("/")
        payloads = Parse(body, Payloads())
        self.note(len(payloads.payloads))
        if kind == "hang":
            print("asked", flush=True)
            self.over.wait()
            self.close_connection = True
        elif kind == "status":
            self.answer(int(rest[0]), "this server is of no use\nand says more", "text/plain")
        elif kind == "hostile":
            self.answer(500, "\x1b[31mred", "text/plain")
        elif kind == "garbage":
            self.answer(200, "{", "application/json")
        elif kind == "locked" and self.headers["Authorization"] != "Bearer letmein":
            self.answer(403, "who are you?", "text/plain")
        else:
            self.code(payloads, self.path.rpartition("/")[2], loses=kind == "fewer")

    def code(self, payloads: Payloads, direction: str, loses: bool) -> None:
        codec = ZlibCodec()
        work = codec.encoded if direction == "encode" else codec.decoded
        try:
            done = [work(payload) for payload in payloads.payloads]
        except CodecFault as fault:
            return self.answer(400, str(fault), "text/plain")
        self.answer(200, MessageToJson(Payloads(payloads=done[1:] if loses else done)), "application/json")

    def note(self, payloads: int) -> None:
        line = {"path": self.path, "headers": dict(self.headers), "payloads": payloads, "port": self.client_address[1]}
        with self.lock, self.record.open("a") as file:
            file.write(json.dumps(line) + "\n")

    def answer(self, status: int, text: str, kind: str) -> None:
        data = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Says nothing: the record tells."""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("record", type=Path)
    parser.add_argument("--tls", nargs=2)
    options = parser.parse_args()
    Handler.record = options.record
    options.record.touch()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    scheme = "http"
    if options.tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*options.tls)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        scheme = "https"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"{scheme}://localhost:{server.server_address[1]}", flush=True)
    sys.stdin.read()
    Handler.over.set()
    server.shutdown()


if __name__ == "__main__":
    main()
