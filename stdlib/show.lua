--- Shows values: cards, tables and timelines for people, JSON and Lua for programs.

local inspect = require "moondial.inspect"
local native = require "moondial.native"
local settings = require "moondial.settings"
local style = require "moondial.show.style"

local gmatch = string.gmatch
local getmetatable = debug.getmetatable  -- not fooled by __metatable
local huge, rawget, type = math.huge, rawget, type

---@class moondial.show
local show = {}

--- How to show: by the terminal and the settings, but for what `options` say.
---@param options? table output, width, times, expanded, columns
---@return table context width, height, paint, palette, output, times, expanded, columns, is_whole
function show.context(options)
  options = options or {}
  local width, has_colours, height = native.terminal()
  local current = settings.current
  local context = { width = options.width or width, height = height, output = options.output or current.output,
    times = options.times or current.times, expanded = current.expanded, columns = options.columns }
  if options.expanded ~= nil then context.expanded = options.expanded end
  -- What no terminal shows is for a program, or a file, which miss what is cut off.
  context.is_whole = not height and not options.width
  context.palette = has_colours and context.output == "text" and style.palette or nil
  context.paint = context.palette and style.paint or style.plain
  return context
end

local function is(name, value)
  local metatable = getmetatable(value)
  return type(value) ~= "string" and type(metatable) == "table" and rawget(metatable, "__name") == name
end

local function put_lines(text, put)
  for line in gmatch(text .. "\n", "(.-)\n") do put(line) end
end

local function lay_out_history(history, context, put)
  local count = native.history_property(history, "count")
  local line = require("moondial.show.timeline").new(context, put, count)
  line:heading(history.workflow_id, history.run_id, ("%d event%s"):format(count, count == 1 and "" or "s"))
  for index = 1, count do line:event(native.history_event(history, index)) end
end

local function lay_out_events(events, context, put)
  local line = require("moondial.show.timeline").new(context, put, events[#events].event_id)
  for _, e in ipairs(events) do line:event(e) end
end

-- A list of things that are alike; false where it is none.
local function lay_out_list(list, context, put)
  local records = require("moondial.show.records")
  if not records.is_list(list) then return false end
  if records.all(list, records.is_event) then
    lay_out_events(list, context, put)
    return true
  end
  local columns = records.columns(list, context)
  if not columns then return false end
  require("moondial.show.table").lay_out(columns, list, context, put)
  return true
end

local function lay_out_value(value, context, put)
  put_lines(inspect.format(value, { width = context.width, palette = context.palette }), put)
end

-- One page: whoever wants all of it loops over it.
local function lay_out_page(pages, context, put)
  local items, has_more = pages:peek()
  if #items == 0 then
    put(context.paint("faint", "nothing was found"))
  elseif not lay_out_list(items, context, put) then
    lay_out_value(items, context, put)
  end
  if has_more then
    local advice = ("%d are shown, and there are more: .more shows the next; for item in _ do … end goes through all")
      :format(#items)
    for _, line in ipairs(require("moondial.show.width").wrap(advice, context.width)) do
      put(context.paint("faint", line))
    end
  end
end

local function lay_out_text(value, context, put)
  if type(value) ~= "table" and type(value) ~= "userdata" then
    lay_out_value(value, context, put)
  elseif is("WorkflowHistory", value) then
    lay_out_history(value, context, put)
  elseif is("Pages", value) then
    lay_out_page(value, context, put)
  elseif is("BulkResult", value) then
    require("moondial.show.bulk").lay_out(value, context, put)
  elseif require("moondial.show.records").is_execution(value) then
    require("moondial.show.description").lay_out(value, context, put)
  elseif require("moondial.show.records").shown_by(value) then
    require("moondial.show." .. require("moondial.show.records").shown_by(value)).lay_out(value, context, put)
  elseif not lay_out_list(value, context, put) then
    lay_out_value(value, context, put)
  end
end

-- An iterator is the array of all that it gives, page by page.
local function lay_out_json(value, _, put)
  local plain = require("moondial.show.plain")
  if is("WorkflowHistory", value) then
    put_lines(value:to_json(), put)
  elseif is("Pages", value) then
    local before
    for item in value do
      if before then put_lines(before .. ",", put) else put("[") end
      before = "  " .. plain.encode(value:json(item), 2):gsub("\n", "\n  ")
    end
    if before then put_lines(before, put) end
    put(before and "]" or "[]")
  else
    put_lines(plain.encode(value, 2), put)
  end
end

-- An iterator is a line for each that it gives.
local function lay_out_json_lines(value, _, put)
  local plain = require("moondial.show.plain")
  if is("WorkflowHistory", value) then
    put(native.json_encode(native.json_decode(value:to_json())))
  elseif is("Pages", value) then
    for item in value do put(plain.encode(value:json(item))) end
  else
    put(plain.encode(value))
  end
end

local function lay_out_lua(value, context, put)
  local options = { width = context.width, depth = huge, items = huge, source = require("moondial.show.literal").of }
  if is("Pages", value) then
    put("{")
    for item in value do put_lines("  " .. inspect.format(item, options):gsub("\n", "\n  ") .. ",", put) end
    put("}")
  else
    put_lines(inspect.format(is("WorkflowHistory", value) and value.events or value, options), put)
  end
end

local by_output = { text = lay_out_text, json = lay_out_json, jsonl = lay_out_json_lines, lua = lay_out_lua }

--- Lays a value out in lines.
---@param value any
---@param context table
---@param put fun(line: string)
function show.lay_out(value, context, put) by_output[context.output](value, context, put) end

local function write_line(line) io.write(line, "\n") end

--- Shows a value on standard output.
---@param value any
---@param options? table see `context`
function show.value(value, options) show.lay_out(value, show.context(options), write_line) end

-- Of the four values that an iterator's function gives to a loop, the first is the one to look at.
local function count_of(values)
  local is_iterator = values.n == 4 and values[1] == values[4] and values[2] == nil and values[3] == nil
  return is_iterator and 1 or values.n
end

--- Lays out the values of an entry or an expression.
---@param values table as table.pack gives it
---@param context table
---@param put fun(line: string)
function show.lay_out_all(values, context, put)
  for index = 1, count_of(values) do show.lay_out(values[index], context, put) end
end

--- Whether a value is an iterator over pages.
---@param value any
---@return boolean
function show.is_pages(value) return is("Pages", value) end

--- Shows the values of an entry or an expression.
---@param values table as table.pack gives it
---@param has_pager? boolean whether what is taller than the screen goes to the pager
---@param command? string of the shell, to show them to instead
function show.values(values, has_pager, command)
  local context = show.context()
  if command then context.palette, context.paint, context.is_whole = nil, style.plain, true end
  local function render(put) show.lay_out_all(values, context, put) end
  if command then
    require("moondial.show.pager").pipe(render, command)
  elseif has_pager then
    require("moondial.show.pager").page(render, context)
  else
    render(write_line)
  end
end

return show
