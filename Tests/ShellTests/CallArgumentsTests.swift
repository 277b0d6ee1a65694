import LuaRuntime
import TemporalClient
import Testing

@testable import Shell

/// The parameters that a declaration has checked, as Swift reads them.
@Suite struct CallArgumentsTests {
  private let lua: TestVM

  init() throws { lua = try TestVM() }

  private func arguments(_ expression: String) throws -> CallArguments {
    try lua.evaluate(expression)
    return CallArguments(stack: lua.stack, index: 1)
  }

  @Test func whatIsGivenIsRead() throws {
    let given = try arguments("{ s = 'ü', b = '\\xff\\0', i = 7, whole = 7.0, n = 1.5, yes = true, l = { 'x', 'y' } }")
    #expect(try given.string("s") == "ü")
    #expect(try given.requiredString("s") == "ü")
    #expect(try given.bytes("b") == [0xFF, 0])
    #expect(try given.integer("i") == 7)
    #expect(try given.integer("whole") == 7)
    #expect(try given.number("n") == 1.5)
    #expect(try given.duration("n") == .milliseconds(1500))
    #expect(try given.boolean("yes"))
    #expect(try given.strings("l") == ["x", "y"])
    #expect(lua.stack.count == 1)
  }

  @Test func whatIsNotGivenIsNothing() throws {
    let given = try arguments("{}")
    #expect(try given.string("x") == nil)
    #expect(try given.bytes("x") == [])
    #expect(try given.integer("x") == nil)
    #expect(try given.number("x") == nil)
    #expect(try given.duration("x") == nil)
    #expect(try !given.boolean("x"))
    #expect(try given.strings("x") == [])
    #expect(try given.payloads("x").isEmpty)
    #expect(try given.payloadsByName("x").isEmpty)
    #expect(try given.enumeration("x", as: WorkflowIDReusePolicy.self) == nil)
    #expect(try given.table("x") { _ in 1 } == nil)
    let options = try given.callOptions()
    #expect(options.timeout == nil && options.metadata.isEmpty)
    #expect(lua.stack.count == 1)
  }

  @Test func aWrongValueIsAnErrorThatNamesTheParameter() throws {
    let given = try arguments("{ x = {}, text = '\\xff', float = 1.5 }")
    func refusal(_ body: () throws -> Void) -> String? {
      let error = #expect(throws: LuaKindError.self) { try body() }
      #expect(lua.stack.count == 1)
      return error.map { "\($0.kind) \($0.message)" }
    }
    #expect(refusal { _ = try given.string("x") }?.hasPrefix("TypeError x: ") == true)
    #expect(refusal { _ = try given.string("text") }?.hasPrefix("TypeError text: ") == true)
    #expect(refusal { _ = try given.integer("float") }?.hasPrefix("TypeError float: ") == true)
    #expect(refusal { _ = try given.number("text") }?.hasPrefix("TypeError text: ") == true)
    #expect(refusal { _ = try given.strings("text") } == "TypeError text must be a list of texts")
    #expect(refusal { _ = try given.table("text") { _ in } } == "TypeError text must be a table")
  }

  @Test(arguments: ["REJECT_DUPLICATE", "reject_duplicate", "WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE"])
  func anEnumsNameIsTakenInAnyForm(name: String) throws {
    #expect(try arguments("{ x = '\(name)' }").enumeration("x") == WorkflowIDReusePolicy.rejectDuplicate)
  }

  @Test func anUnknownNameIsRefusedWithTheKnownOnes() throws {
    let given = try arguments("{ policy = 'nope' }")
    let error = #expect(throws: LuaKindError.self) { try given.enumeration("policy", as: WorkflowIDReusePolicy.self) }
    #expect(error?.kind == "ValueError")
    #expect(error?.message.contains("\"ALLOW_DUPLICATE\", ") == true)
    #expect(error?.message.hasSuffix(", not \"nope\"") == true)
  }

  @Test func aListOfValuesKeepsItsHoles() throws {
    let payloads = try arguments("{ args = { n = 4, 1, nil, { 3 } } }").payloads("args")
    #expect(payloads.map(\.text) == ["1", "", "[3]", ""])
    #expect(payloads.map(\.encoding) == ["json/plain", "binary/null", "json/plain", "binary/null"])
  }

  @Test func aValueThatCannotBeSentIsNamedByItsPlace() throws {
    let list = try arguments("{ args = { n = 2, 1, { a = print } } }")
    let first = #expect(throws: LuaKindError.self) { try list.payloads("args") }
    #expect(first?.message == "args[2].a: JSON cannot hold a function")
    let table = try arguments("{ memo = { note = { print } } }")
    let second = #expect(throws: LuaKindError.self) { try table.payloadsByName("memo") }
    #expect(second?.message == "memo.note[1]: JSON cannot hold a function")
    let numbered = try arguments("{ memo = { 1 } }")
    #expect(throws: LuaKindError.self) { try numbered.payloadsByName("memo") }
  }

  @Test func valuesByNameAreSorted() throws {
    let memo = try arguments("{ memo = { b = 1, a = 2, c = json.null } }").payloadsByName("memo")
    #expect(memo.map(\.key) == ["a", "b", "c"])
    #expect(memo.map(\.value.text) == ["2", "1", ""])
  }

  @Test func optionsOfTheCall() throws {
    let options = try arguments("{ rpc_timeout = 2.5, rpc_metadata = { ['x-bin'] = '\\xff', y = 'z' } }").callOptions()
    #expect(options.timeout == .milliseconds(2500))
    #expect(Set(options.metadata.map(\.key)) == ["x-bin", "y"])
  }

  @Test func aTableWithinIsReadInItsTurn() throws {
    let given = try arguments("{ policy = { attempts = 3 } }")
    #expect(try given.table("policy") { try $0.integer("attempts") } == 3)
    #expect(lua.stack.count == 1)
  }
}
