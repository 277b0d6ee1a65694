/// A Lua module of `stdlib/`, compiled when this package was built.
public struct Module: Sendable {
  /// The name, as `require` knows it after `moondial.`.
  public let name: StaticString

  /// The bytes of the compiled chunk as the scalars U+0000 to U+00FF.
  let encodedChunk: StaticString

  /// The bytes of the module's doc comments, in the same way.
  let encodedComments: StaticString

  /// The compiled chunk, as Lua's `load` takes it.
  public var chunk: [UInt8] { Self.decode(encodedChunk) }

  /// The module's doc comments, each with the line that it stands above, in the lines where they are in its text; the
  /// other lines are empty.
  public var comments: [UInt8] { Self.decode(encodedComments) }

  private static func decode(_ encoded: StaticString) -> [UInt8] {
    encoded.withUTF8Buffer { text in
      // Every start decodes dozens of them: written to storage that is not checked for room at each byte.
      [UInt8](unsafeUninitializedCapacity: text.count) { bytes, count in
        var high: UInt8 = 0
        for unit in text {
          switch unit {
          case 0xC2, 0xC3: high = unit << 6
          default:
            // A continuation byte already carries bit 7; the lead byte gave bit 6.
            bytes.initializeElement(at: count, to: high | unit)
            count += 1
            high = 0
          }
        }
      }
    }
  }

  /// Finds a module.
  ///
  /// - Parameter name: as `require` knows it after `moondial.`.
  /// - Returns: nil if there is none of that name.
  public static func named(_ name: String) -> Module? {
    modules.first { module in module.name.withUTF8Buffer { name.utf8.elementsEqual($0) } }
  }

  /// All modules, in the order of their names.
  public static var all: [Module] { modules }
}
