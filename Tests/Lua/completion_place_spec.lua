--- Where the cursor is, read off the text; nothing of a session is needed for it.

local chain = require "moondial.completion.chain"
local filter = require "moondial.completion.filter"
local lexer = require "moondial.chunk.lexer"
local place = require "moondial.completion.place"
local spec = require "support.spec"

local equal = spec.equal

-- The place of the cursor that a text marks by "|".
local function at(text)
  local cursor = text:find("|", 1, true) - 1
  return place.at(text:sub(1, cursor) .. text:sub(cursor + 2), cursor)
end

spec.suite("completion: the place of the cursor", function(it)
  it("is a name, a member, a string or nothing", function()
    local function kind(text)
      local found = at(text)
      return { found.kind, found.prefix, found.first, found.separator or found.quote }
    end
    equal(kind "cli|", { "name", "cli", 1 })
    equal(kind "x = |", { "name", "", 5 })
    equal(kind "h:qu|", { "member", "qu", 3, ":" })
    equal(kind "client.workflow_service.|", { "member", "", 25, "." })
    equal(kind "f('it|", { "string", "it", 4, "'" })
    equal(kind "f[==[it|", { "string", "it", 6, "[==[" })
    equal(kind "f('it')|", { "name", "", 8 })
    equal(kind "-- h:|", { "nothing", "", 6 })
    equal(kind "--[[ h:|", { "nothing", "", 8 })
    equal(kind "--[[ h ]] h:|", { "member", "", 13, ":" })
    equal(kind "12|", { "nothing", "", 3 })
    equal(kind "x = a..b|", { "name", "b", 8 })
    equal(kind "goto ::x|", { "name", "x", 8 })
    equal(kind "h:qu|ery()", { "member", "qu", 3, ":" })
  end)

  it("knows the call that is being written", function()
    local function call(text)
      local found = at(text)
      local c = found.call
      return c and { found.tokens[c.callee].text, c.is_named, c.position, c.key, table.concat(c.path, ".") }
    end
    equal(call "h:query(|", { "query", false, 1, nil, "" })
    equal(call "h:query('x', f(1, 2), |", { "query", false, 3, nil, "" })
    equal(call "h:query{ 'x', |", { "query", true, 2, nil, "" })
    equal(call "h:query{ 'x', rpc_timeout = |", { "query", true, 2, "rpc_timeout", "" })
    equal(call "h:query'|", { "query", false, 1, nil, "" })
    equal(call "h:query({ 'x', |", { "query", true, 2, nil, "" })
    equal(call "c:start{ 'W', retry_policy = { maximum_interval = 1, |", { "start", true, 2, nil, "retry_policy" })
    equal(call "c:start{ a = { b = { |", { "start", true, 1, nil, "a.b" })
    equal(call "f(function() x:y() end, |", { "f", false, 2, nil, "" })
    equal(call "f(function() |", nil)
    equal(call "f(a)|", nil)
    equal(call "x = { |", nil)
    equal(call "if (|", nil)
    equal(call "return (|", nil)
  end)

  it("knows the table of options behind positional arguments", function()
    equal(at("c:get('x', { |").call.is_options, true)
    equal(at("c:get({ |").call.is_options, false)
  end)

  it("knows the names that are given, in front of the cursor and behind it", function()
    local names = at("f{ 'x', a = 1, b == 2, c = { d = 4 }, | , e = 5, f = { g = 6 } }").call.names
    equal(names, { a = true, c = true, e = true, f = true })
  end)
end)

spec.suite("completion: expressions as steps", function(it)
  local function steps(text)
    local tokens = lexer.tokens(text)
    local out = {}
    for index, step in ipairs(chain.upto(tokens, #tokens) or { { none = true } }) do
      out[index] = step.name or step.field and "." .. step.field or step.method and ":" .. step.method
        or step.is_call and "()" or step.is_text and '""' or step.index and "[" .. step.index.text .. "]"
        or step.index == false and "[?]" or "none"
    end
    return table.concat(out, " ")
  end

  it("are read from their end", function()
    equal(steps "a", "a")
    equal(steps "a.b:c(1, {2}).d", "a .b :c () .d")
    equal(steps "x = a.b", "a .b")
    equal(steps "return f 'x' { y }", "f () ()")
    equal(steps "a[1]['b'][i]", "a [1] ['b'] [?]")
    equal(steps "('x')", '""')
    equal(steps "(a.b):c()", "a .b :c ()")
    equal(steps "a .. b", "b")
    equal(steps "f()\ng", "g")
  end)

  it("are none where the expression is another", function()
    equal(steps "(a or b)", "none")
    equal(steps "{ a }", "none")
    equal(steps "a +", "none")
    equal(steps "end", "none")
    equal(steps "#a)", "none")
    equal(steps "", "none")
  end)
end)

spec.suite("completion: list filters", function(it)
  local asked
  local function values_of(attribute, prefix)
    asked = attribute .. "|" .. prefix
    return { { text = "Order" }, { text = "Or'der" }, { text = "Other" } }
  end

  local function texts(text, around)
    local out = {}
    local candidates, rest = filter.candidates(text, around or '"', filter.attributes, values_of)
    for index, candidate in ipairs(candidates) do
      out[index] = candidate.text .. (candidate.suffix or "")
    end
    return table.concat(out, ";"), rest
  end

  it("begin with an attribute", function()
    equal({ texts "WorkflowT" }, { "WorkflowType ", "WorkflowT" })
    equal({ texts "ExecutionStatus = 'Running' AND (TaskQ" }, { "TaskQueue ", "TaskQ" })
    equal(texts "NOT workflowt", "WorkflowType ")
  end)

  it("go on with an operator of its type, and a connective", function()
    equal(texts "WorkflowId STA", "STARTS_WITH ")
    equal(texts "TemporalSchedulePaused ", "= ;!= ;IS NULL ;IS NOT NULL ")
    equal(texts "StartTime be", "BETWEEN ")
    equal(texts "WorkflowType = 'x' ", "AND ;OR ;ORDER BY ;GROUP BY ")
    equal(texts "ORDER BY StartTime ", "ASC ;DESC ")
    equal(texts "CloseTime IS ", "NULL ;NOT NULL ")
    equal(texts "TemporalSchedulePaused = t", "true ")
  end)

  it("quote values so that the string around them goes on", function()
    equal(texts "WorkflowType = ", "'Order';'Other'")
    equal(texts("WorkflowType = ", "'"), '"Order";"Other"')
    equal({ texts "WorkflowType = 'Or" }, { "Order'", "Or" })
    equal(asked, "WorkflowType|Or")
    equal(texts "WorkflowType IN ('O", "Order';Other'")
    equal(texts "WorkflowType IN ('x', 'Ot", "Other'")
  end)
end)
