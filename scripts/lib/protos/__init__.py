"""The tools behind scripts/write-protos, scripts/generate-protos and scripts/check-protos."""

from pathlib import Path

PROJECT = Path(__file__).resolve().parents[3]
PROTOS = PROJECT / "Protos"
GENERATED = PROJECT / "Sources" / "CTemporalAPI" / "generated"
