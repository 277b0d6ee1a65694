import Testing

/// The parent of every suite that needs a server; extend it with suites of your own.
///
/// Serialized, so that a failure is easy to place and a small machine is not overwhelmed; limited in time, so that
/// nothing hangs for ever.
@Suite(.testServer, .serialized, .timeLimit(.minutes(2)))
enum ServerTests {}
