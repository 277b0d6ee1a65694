"""scripts/write-protos: renders the published contract as .proto files."""

from pathlib import Path

from . import PROTOS
from .facts import unsupported
from .proto_text import render
from .published import SOURCE, contract


def main() -> None:
    files = contract()
    if problems := unsupported(files.values()):
        raise SystemExit("\n".join(problems))
    write(PROTOS, {name: render(file) for name, file in files.items()})
    print(f"write-protos: {len(files)} files from {SOURCE}")


def write(directory: Path, texts: dict[str, str]) -> None:
    """Makes `directory` hold these files and no other. What is right already stays untouched: builds look at dates."""
    for path in sorted(directory.rglob("*"), reverse=True):
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif str(path.relative_to(directory)) not in texts:
            path.unlink()
    for name, text in texts.items():
        path = directory / name
        if not path.exists() or path.read_bytes() != text.encode():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())


if __name__ == "__main__":
    main()
