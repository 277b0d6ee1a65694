// Headers, status codes and retry policies are RPC's, and messages are Wire's: who imports TemporalClient gets both, and
// need not know which room a type of its API comes from.
@_exported public import RPC
@_exported public import Wire
