/// The version of Moondial: what the client reports to the server, and what the shell prints.
public let moondialVersion = "0.1.0"
