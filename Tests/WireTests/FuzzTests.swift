import Testing
import Wire

/// Bytes at random and messages with a few of their bytes changed: all of it ends in an error or in a message.
///
/// Each allocation is a block of its own here, so that the address sanitizer sees every step beside one.
@Suite struct FuzzTests {
  private static let types = ["Scalars", "Repeated", "Choice", "Maps", "WellKnown", "Tree", "Everything", "Legacy"]

  /// Unpacks, walks in both mappings, and packs; tells whether the bytes were a message.
  private func exercise(_ type: MessageType, _ bytes: [UInt8], _ comment: Comment) throws -> Bool {
    let message: Message
    do {
      message = try Message(type, unpacking: bytes, in: Arena(chunkSize: 0))
    } catch {
      #expect([.malformed, .tooDeep, .invalidUTF8].contains(error.code), comment)
      return false
    }
    let tree = try message.view.value()
    do {
      _ = try message.view.json()
    } catch let error as WireError {
      // Times out of range, paths of masks without a JSON form, and what lies in an Any.
      #expect([.outOfRange, .malformed, .tooDeep, .invalidUTF8].contains(error.code), "\(comment): \(error)")
    }
    do {
      let packed = try message.view.serialized()
      let again = try Message(type, unpacking: packed, in: Arena(chunkSize: 0))
      #expect(try again.view.value() == tree, comment)
      #expect(try again.view.serialized() == packed, comment)
    } catch let error as WireError {
      #expect(error.code == .nulByte, "\(comment): \(error)")
    }
    return true
  }

  @Test(arguments: 1...8) func mutatedMessages(seed: Int) throws {
    var values = RandomValues(seed: UInt64(seed))
    var valid = 0
    for round in 0..<60 {
      let name = Self.types[round % Self.types.count]
      let original = try Message(testType(name), values.message(testType(name))).view.serialized()
      for mutation in 0..<10 {
        let bytes = mutate(original, &values.random)
        let comment: Comment = "seed \(seed), round \(round), mutation \(mutation), \(name)"
        if try exercise(testType(name), bytes, comment) { valid += 1 }
      }
    }
    // A fuzz that never gets past the scan would prove nothing.
    #expect(valid > 30, "seed \(seed)")
  }

  @Test(arguments: 1...4) func randomBytes(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    for round in 0..<1500 {
      let name = Self.types[round % Self.types.count]
      let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in
        UInt8.random(in: .min ... .max, using: &random)
      }
      _ = try exercise(testType(name), bytes, "seed \(seed), round \(round), \(name)")
    }
  }

  @Test(arguments: 1...2) func mutatedMessagesOfTheAPI(seed: Int) throws {
    var values = RandomValues(seed: UInt64(seed))
    for method in RPCService.workflow.methods {
      let original = try Message(method.output, values.message(method.output)).view.serialized()
      for _ in 0..<3 {
        _ = try exercise(method.output, mutate(original, &values.random), "seed \(seed), \(method.output)")
      }
    }
  }

  @Test func everyTruncation() throws {
    for (seed, name) in Self.types.enumerated() {
      var values = RandomValues(seed: UInt64(seed))
      let bytes = try Message(testType(name), values.message(testType(name))).view.serialized()
      for end in bytes.indices {
        _ = try exercise(testType(name), Array(bytes[..<end]), "\(name), seed \(seed), first \(end) bytes")
      }
    }
  }

  /// Every budget in steps of the smallest allocation makes each allocation in turn the one that fails.
  @Test func everyAllocationMayFail() throws {
    for name in ["Choice", "Maps", "WellKnown", "Everything"] {
      var values = RandomValues(seed: 11)
      let bytes = try Message(testType(name), values.message(testType(name))).view.serialized()
      var failures = 0
      for budget in stride(from: 0, to: 1 << 16, by: 8) {
        let arena = Arena(chunkSize: 0, budget: budget)
        let result = Result { () throws(WireError) in try Message(testType(name), unpacking: bytes, in: arena) }
        if case .success(let message) = result {
          #expect(try message.view.serialized() == bytes)
          break
        }
        #expect(throws: WireError.self, "\(name), budget \(budget)") { try result.get() }
        #expect(arena.ranOut)
        failures += 1
      }
      #expect((1..<(1 << 13)).contains(failures), "\(name)")
    }
  }

  private func mutate(_ original: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    var bytes = original
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      guard !bytes.isEmpty else { break }
      let place = Int.random(in: bytes.indices, using: &random)
      switch Int.random(in: 0..<5, using: &random) {
      case 0: bytes[place] = UInt8.random(in: .min ... .max, using: &random)
      case 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      case 2: bytes.remove(at: place)
      case 3: bytes.insert(UInt8.random(in: .min ... .max, using: &random), at: place)
      default:
        let end = Int.random(in: place..<bytes.count, using: &random)
        bytes.insert(contentsOf: bytes[place...end], at: Int.random(in: 0...bytes.count, using: &random))
      }
    }
    return bytes
  }
}
