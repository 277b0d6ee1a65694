"""That the generated C has what Wire needs, and not what it does not."""

import subprocess
from pathlib import Path

import pytest
from protos import GENERATED, PROTOS, generate
from protos.generate import compile_protos
from protos.published import messages

# Walks the table as Wire does, and prints each name with the fields of its descriptor.
WALK = """
#include "CTemporalAPI.h"
#include <stdio.h>
int main(void) {
  for (size_t i = 0; i < moondial_message_types_count; i++) {
    const ProtobufCMessageDescriptor *type = moondial_message_types[i];
    printf("%s", type->name);
    for (unsigned j = 0; j < type->n_fields; j++) printf(" %s=%u", type->fields[j].name, type->fields[j].id);
    printf("\\n");
  }
}
"""


@pytest.fixture(scope="module")
def sources() -> dict[str, str]:
    return generate.generate(compile_protos(PROTOS))


def test_initialises_but_does_not_pack(sources: dict[str, str]) -> None:
    text = "".join(sources.values())
    assert "void   temporal__api__common__v1__payload__init" in text
    assert "payload__pack" not in text
    assert "protobuf_c_message_pack" not in text


def test_generates_the_same_again(sources: dict[str, str]) -> None:
    assert generate.generate(compile_protos(PROTOS)) == sources


def test_only_the_written_header_is_public() -> None:
    include = GENERATED.parent / "include"
    assert [path.name for path in include.rglob("*")] == ["CTemporalAPI.h"]


def test_the_table_holds_every_message_in_order(tmp_path: Path) -> None:
    program, target = tmp_path / "walk", GENERATED.parent
    (tmp_path / "walk.c").write_text(WALK)
    subprocess.run(
        ["clang", "-O0", "-Ulinux", f"-I{target / 'include'}", f"-I{GENERATED}", "-o", program, tmp_path / "walk.c"]
        + sorted(GENERATED.rglob("*.c"))
        + ["-lprotobuf-c"],
        check=True,
    )
    output = subprocess.run([program], capture_output=True, text=True, check=True).stdout
    expected = [
        " ".join([name] + [f"{f.name}={f.number}" for f in sorted(message.field, key=lambda f: f.number)])
        for file in compile_protos(PROTOS).file
        for name, message in messages(file)
    ]
    # Python's order of strings is that of code points, as strcmp's is.
    assert output.splitlines() == sorted(expected, key=lambda line: line.split()[0])


def test_says_that_protoc_c_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SystemExit, match="protobuf-c-compiler"):
        compile_protos(PROTOS)


def test_fails_when_protoc_c_does(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "broken.proto").write_text('syntax = "proto3"; message Broken { Unknown field = 1; }')
    with pytest.raises(SystemExit, match="protoc-c failed"):
        compile_protos(tmp_path)
    assert '"Unknown" is not defined' in capfd.readouterr().err
