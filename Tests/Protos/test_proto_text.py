"""That the rendered text says what the descriptor says, also where the Temporal API does not use a feature today."""

from pathlib import Path

from google.protobuf import text_format
from google.protobuf.descriptor_pb2 import FileDescriptorProto
from protos.facts import differences, facts, unsupported
from protos.generate import compile_protos
from protos.proto_text import render
from protos.write import write

EVERYTHING = """
  name: "a/b/everything.proto" package: "a.b" syntax: "proto3"
  message_type {
    name: "Zebra" options { deprecated: true }
    nested_type {
      name: "NamesEntry" options { map_entry: true }
      field { name: "key" number: 1 label: LABEL_OPTIONAL type: TYPE_SFIXED64 }
      field { name: "value" number: 2 label: LABEL_OPTIONAL type: TYPE_MESSAGE type_name: ".a.b.Empty" }
    }
    nested_type { name: "Empty" }
    enum_type {
      name: "Stripes" options { allow_alias: true deprecated: true }
      value { name: "NONE" number: 0 }
      value { name: "ZERO" number: 0 options { deprecated: true } }
      value { name: "LESS" number: -1 }
    }
    field { name: "last" number: 900 label: LABEL_REPEATED type: TYPE_ENUM type_name: ".a.b.Zebra.Stripes" }
    field {
      name: "second" number: 2 label: LABEL_OPTIONAL type: TYPE_DOUBLE oneof_index: 0
      options { deprecated: true }
    }
    field { name: "third" number: 3 label: LABEL_OPTIONAL type: TYPE_FLOAT }
    field { name: "fourth" number: 4 label: LABEL_OPTIONAL type: TYPE_MESSAGE type_name: ".a.b.Zebra" oneof_index: 0 }
    field { name: "names" number: 5 label: LABEL_REPEATED type: TYPE_MESSAGE type_name: ".a.b.Zebra.NamesEntry" }
    oneof_decl { name: "choice" }
  }
  message_type { name: "Empty" }
  service {
    name: "Farm"
    method { name: "Watch" input_type: ".a.b.Empty" output_type: ".a.b.Zebra" server_streaming: true }
    method {
      name: "Feed" input_type: ".a.b.Zebra" output_type: ".a.b.Empty" client_streaming: true
      options { deprecated: true }
    }
  }
"""

TEXT = """\
// The wire contract of a.b: names, numbers and types. Written by scripts/write-protos.

syntax = "proto3";

package a.b;

service Farm {
  rpc Feed(stream Zebra) returns (.a.b.Empty) { option deprecated = true; }
  rpc Watch(.a.b.Empty) returns (stream Zebra);
}

message Empty {}

message Zebra {
  option deprecated = true;

  message Empty {}

  enum Stripes {
    option allow_alias = true;
    option deprecated = true;

    NONE = 0;
    ZERO = 0 [deprecated = true];
    LESS = -1;
  }

  oneof choice {
    double second = 2 [deprecated = true];
    Zebra fourth = 4;
  }
  float third = 3;
  map<sfixed64, .a.b.Empty> names = 5;
  repeated Zebra.Stripes last = 900;
}
"""


def test_renders_every_feature() -> None:
    assert render(text_format.Parse(EVERYTHING, FileDescriptorProto())) == TEXT


def test_says_what_the_descriptor_says(tmp_path: Path) -> None:
    file = text_format.Parse(EVERYTHING, FileDescriptorProto())
    write(tmp_path, {file.name: render(file)})
    compiled = compile_protos(tmp_path).file
    assert differences(facts([file]), facts(compiled)) == []
    assert unsupported(compiled) == []


def test_writing_leaves_nothing_else_and_touches_nothing_that_is_right(tmp_path: Path) -> None:
    write(tmp_path, {"a/kept.proto": "kept", "b/c/removed.proto": "removed"})
    before = (tmp_path / "a/kept.proto").stat().st_mtime_ns
    write(tmp_path, {"a/kept.proto": "kept", "d/added.proto": "added"})
    write(tmp_path, {"a/kept.proto": "kept", "d/added.proto": "added"})
    left = sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*"))
    assert left == ["a", "a/kept.proto", "d", "d/added.proto"]
    assert (tmp_path / "a/kept.proto").stat().st_mtime_ns == before
