import CConfiguration
import Glibc
import Wire

/// A `temporal.toml`: settings under `[profile.<name>]`.
struct ConfigurationFile {
  private let profiles: [String: ConnectionProfile]

  /// Reads a file; one that is not there is an empty one.
  ///
  /// - Throws: ``UsageError`` if the file cannot be read, is not TOML, or has a setting of the wrong type.
  init(path: String) throws(UsageError) {
    switch File.read(path) {
    case .success(let text):
      do {
        try self.init(text)
      } catch {
        throw UsageError("the configuration file \(path): \(error.message)")
      }
    case .failure(let error) where error.code == ENOENT || error.code == ENOTDIR: self.init(profiles: [:])
    case .failure(let error): throw UsageError("cannot read the configuration file \(path): \(error.reason)")
    }
  }

  /// The settings of a profile, or nil if there is none of that name.
  func profile(_ name: String) -> ConnectionProfile? { profiles[name] }

  /// The names of the profiles, sorted.
  var names: [String] { profiles.keys.sorted() }

  private init(profiles: [String: ConnectionProfile]) { self.profiles = profiles }

  private init(_ text: [UInt8]) throws(UsageError) {
    var profiles: [String: ConnectionProfile] = [:]
    if let table = try Setting(try Self.document(text).root, path: "").entry("profile") {
      for (name, setting) in try table.table() { profiles[name] = try ConnectionProfile(setting) }
    }
    self.init(profiles: profiles)
  }

  private static func document(_ text: [UInt8]) throws(UsageError) -> JSONDocument {
    let result = text.withUnsafeBytes { bytes in
      moondial_toml_to_json(bytes.assumingMemoryBound(to: CChar.self).baseAddress, bytes.count)
    }
    defer {
      free(result.json)
      free(result.error)
    }
    guard let json = result.json else {
      throw UsageError("it is not TOML: \(result.error.map { String(cString: $0) } ?? "out of memory")")
    }
    do {
      return try JSONDocument(parsing: String(cString: json))
    } catch {
      throw UsageError("it cannot be read: \(error.message)")
    }
  }
}

/// A value of the file, and where in it the value is, for messages.
private struct Setting {
  private let value: JSONValue
  private let path: String

  init(_ value: JSONValue, path: String) {
    self.value = value
    self.path = path
  }

  func text() throws(UsageError) -> String {
    guard value.kind == .string else { throw fault("text") }
    return (try? value.withBytes { String(decoding: $0, as: UTF8.self) }) ?? ""
  }

  func boolean() throws(UsageError) -> Bool {
    guard value.kind == .boolean else { throw fault("true or false") }
    return value.boolean
  }

  func table() throws(UsageError) -> [(name: String, setting: Setting)] {
    guard value.kind == .object else { throw fault("a table") }
    var entries: [(String, Setting)] = []
    try? value.forEachEntry { (key, value) throws(WireError) in
      guard case .text(let bytes) = key else { return }
      let name = String(decoding: bytes, as: UTF8.self)
      entries.append((name, Setting(value, path: path.isEmpty ? name : "\(path).\(name)")))
    }
    return entries
  }

  func entry(_ name: String) throws(UsageError) -> Setting? {
    try table().first { $0.name == name }?.setting
  }

  func unknown(known: String) -> UsageError { UsageError("\(path) is not known; there are \(known)") }

  private func fault(_ wanted: String) -> UsageError { UsageError("\(path) must be \(wanted)") }
}

extension ConnectionProfile {
  /// Names that are not known are left alone: other programs keep settings of their own in the file.
  fileprivate init(_ profile: Setting) throws(UsageError) {
    self.init()
    for (name, setting) in try profile.table() {
      switch name {
      case "address": address = try setting.text()
      case "namespace": namespace = try setting.text()
      case "api_key": apiKey = try setting.text()
      case "authority": authority = try setting.text()
      case "tls": tls = try TLS(setting)
      case "moondial": try take(marks: setting)
      case "grpc_meta":
        for (key, value) in try setting.table() { metadata[Self.metadataKey(key)] = try value.text() }
      default: break
      }
    }
  }
}

extension ConnectionProfile {
  /// The table of our own in a profile. What is not known in it is a mistake, and one that might cost: a `readonly` that
  /// nobody obeys.
  fileprivate mutating func take(marks: Setting) throws(UsageError) {
    for (name, setting) in try marks.table() {
      switch name {
      case "production": isProduction = try setting.boolean()
      case "read_only": isReadOnly = try setting.boolean()
      default: throw setting.unknown(known: "production and read_only")
      }
    }
  }
}

extension ConnectionProfile.TLS {
  fileprivate init(_ section: Setting) throws(UsageError) {
    self.init()
    for (name, setting) in try section.table() {
      switch name {
      case "disabled": isDisabled = try setting.boolean()
      case "client_cert_path": clientCertificate.path = try setting.text()
      case "client_cert_data": clientCertificate.data = try setting.text()
      case "client_key_path": clientKey.path = try setting.text()
      case "client_key_data": clientKey.data = try setting.text()
      case "server_ca_cert_path": serverCACertificate.path = try setting.text()
      case "server_ca_cert_data": serverCACertificate.data = try setting.text()
      case "server_name": serverName = try setting.text()
      case "disable_host_verification": _ = try setting.boolean()
      default: break
      }
    }
    try checkForConflicts()
  }
}
