"""scripts/write-protos: renders the published contract as .proto files."""

import argparse
from pathlib import Path

from . import PROTOS
from .facts import unsupported
from .proto_text import render
from .published import SOURCE, contract


def main() -> None:
    parser = argparse.ArgumentParser(prog="write-protos", description="Write Protos/ from the published descriptors.")
    parser.add_argument("directory", nargs="?", type=Path, default=PROTOS, help="where to write (default: Protos/)")
    directory = parser.parse_args().directory
    files = contract()
    if problems := unsupported(files.values()):
        raise SystemExit("\n".join(problems))
    write(directory, {name: render(file) for name, file in files.items()})
    print(f"write-protos: {len(files)} files from {SOURCE}")


def write(directory: Path, texts: dict[str, str]) -> None:
    """Makes `directory` hold these files and no other."""
    for stale in set(directory.rglob("*")) - {directory / name for name in texts}:
        if stale.is_file():
            stale.unlink()
    for name, text in texts.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
