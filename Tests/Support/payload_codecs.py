"""Payload codecs of the tests: one that compresses, and one that scripts in Lua can do as well."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from temporalio.api.common.v1 import Payload
from temporalio.converter import PayloadCodec


class CodecFault(Exception):
    """A payload that says that it was encoded here, and was not."""


class ZlibCodec(PayloadCodec):
    """Puts each payload, compressed, into another: what it does to equal payloads is equal."""

    encoding = b"binary/zlib"

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        return [self.encoded(payload) for payload in payloads]

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        return [self.decoded(payload) for payload in payloads]

    def encoded(self, payload: Payload) -> Payload:
        data = zlib.compress(payload.SerializeToString(deterministic=True))
        return Payload(metadata={"encoding": self.encoding, "codec": b"test"}, data=data)

    def decoded(self, payload: Payload) -> Payload:
        if payload.metadata.get("encoding") != self.encoding:
            return payload
        try:
            return Payload.FromString(zlib.decompress(payload.data))
        except zlib.error as error:
            raise CodecFault(f"a payload is not what it says: {error}") from None


class MaskCodec(PayloadCodec):
    """Flips bits of the data and puts the encoding aside: the same as `Tests/Integration/support/mask_codec.lua`."""

    encoding = b"binary/masked"
    mask = 0x5A

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        return [
            Payload(metadata={"encoding": self.encoding, **{f"masked-{k}": v for k, v in p.metadata.items()}},
                    data=self._flipped(p.data))
            for p in payloads
        ]  # fmt: skip

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        return [self._decoded(payload) for payload in payloads]

    def _decoded(self, payload: Payload) -> Payload:
        if payload.metadata.get("encoding") != self.encoding:
            return payload
        metadata = {k.removeprefix("masked-"): v for k, v in payload.metadata.items() if k.startswith("masked-")}
        return Payload(metadata=metadata, data=self._flipped(payload.data))

    def _flipped(self, data: bytes) -> bytes:
        return bytes(byte ^ self.mask for byte in data)
