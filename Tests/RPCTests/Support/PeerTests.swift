import Testing

/// The tests that need a server. One after the other, so that the one that measures time is not disturbed; nothing may
/// hang for ever.
@Suite(.serialized, .timeLimit(.minutes(1)))
enum PeerTests {}
