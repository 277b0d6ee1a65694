--- Questions at the prompt: `x?` and `x??`.

local documents = require "moondial.documents"
local help = require "moondial.help"
local question = require "moondial.question"
local source = require "moondial.source"
local spec = require "support.spec"

local contains, equal, truthy = spec.contains, spec.equal, spec.truthy

local env = { client = client, temporal = temporal, async = async, json = json, print = print }
env.h = client:get_workflow_handle("order")

local function ask(text)
  local marks, tokens = question.marks(text)
  truthy(marks > 0, text)
  return question.answer(tokens, marks, env)
end

spec.suite("questions", function(it)
  it("are entries that end in question marks, which no Lua does", function()
    equal(question.marks "h.query?", 1)
    equal(question.marks "h.query?? ", 2)
    equal(question.marks "print('what?')", 0)
    equal(question.marks "x = 'what?", 0)
    equal(question.marks "x -- what?", 0)
  end)

  it("tell what help tells", function()
    equal(ask "h?", help.text(env.h))
    equal(ask "h.query?", help.text(env.h.query))
    equal(ask "h:query?", help.text(env.h.query))
    equal(ask "json.encode?", help.text(json.encode))
    equal(ask "async.map?", help.text(async.map))
    equal(ask "client.namespace?", help.text("Client.namespace"))
    equal(ask "WorkflowHandle?", help.text("WorkflowHandle"))
    equal(ask "RPCError?", help.text("RPCError"))
    equal(ask "?", help.text())
  end)

  it("follow declared types, without a call", function()
    equal(ask "h:describe()?", help.text("WorkflowDescription"))
    contains(ask "client.workflow_service:describe_namespace?", "describe_namespace{ … }")
    contains(ask "client.workflow_service:frobnicate?", "There is no help")
    contains(ask "h:describe().status?", "WorkflowDescription.status: \"RUNNING\"")
    equal(ask "client:get_workflow_handle('x').signal?", help.text(env.h.signal))
  end)

  it("describe what is the user's own", function()
    env.t = { b = 1, a = function(x) return x end }
    equal(ask "t?", "t: a table with 2 named fields\n  a  function(x)\n  b  number")
    equal(ask "t.a?", "t.a(x): a function")
    equal(ask "t.b?", "t.b: a number")
    equal(ask "print?", "print(…): a function of Lua's, written in C")
    equal(ask "clint?", "clint is nil; did you mean 'client'?")
    contains(ask "frobnicate?", "There is no help for \"frobnicate\"")
  end)

  it("show the source with a second mark", function()
    local text = "function add(a, b)\n  return a + b\nend"
    source.note(text)
    load(text, "=prompt", "t", env)()
    equal(ask "add??", "add(a, b): a function\n\nDefined at prompt:1:\n" .. text)
    contains(ask "client:list_workflows??", help.text(client.list_workflows))
    contains(ask "client:list_workflows??", "\n\nDefined in Moondial's own library: moondial/client:")
    equal(ask "print??", ask "print?")
  end)

  it("are answered for everything that is bound", function()
    local count = 0
    for _, document in ipairs(documents.list) do
      for _, method in ipairs(document.methods) do
        if document.declared or method.declared then
          contains(help.method(method), method.help:match("^%S+"))
          count = count + 1
        end
      end
    end
    truthy(count > 30, "methods were found")
  end)
end)
