--- BulkResult: what came of a bulk, in counts, with its errors by what they say.

local errors = require("moondial.errors")
local json = require("moondial.json")

local ipairs, setmetatable, type = ipairs, setmetatable, type
local find, sub = string.find, string.sub

local M = {}

--- What came of `temporal.bulk`.
---@class moondial.BulkResult
---@field total integer the items that there were
---@field done integer those that went well
---@field failed integer those that raised an error
---@field skipped integer those that the file to resume from says are done
---@field errors table[] what went wrong, the most frequent first: kind, message, count, and ids, of which are a few
---@field seconds number how long it took
---@field dry_run? boolean true where nothing was done: the items are only counted
---@field ids? string[] of a dry run: the first of the items that there would be something to do to
---@field saved? string the file that has a line for each item
local BulkResult = { __name = "BulkResult" }

-- So many ids of each group, and so many groups: a bulk takes the same memory however long it is.
local most_ids, most_groups = 5, 50
local most_ids_of_a_dry_run = 10

--- Begins an empty one.
---@return moondial.BulkResult
function M.new()
  return setmetatable({ total = 0, done = 0, failed = 0, skipped = 0, errors = json.array {}, seconds = 0 }, BulkResult)
end

-- Puts a name in the place of a word; "1" is none in "127.0.0.1".
local function replace(text, what, by)
  if not what or what == "" then return text end
  local out, at = "", 1
  while true do
    local from, to = find(text, what, at, true)
    if not from then return out .. sub(text, at) end
    local is_word = not find(sub(text, from - 1, from - 1), "[%w_.-]") and not find(text, "^[%w_-]", to + 1)
      and not find(text, "^%.%w", to + 1)
    out, at = out .. (is_word and sub(text, at, from - 1) .. by or sub(text, at, to)), to + 1
  end
end

-- Errors that say the same of different items are one group: the server puts ids into its messages.
local function message_of(e, id, run_id)
  return replace(replace(errors.line(e), run_id, "<run_id>"), id, "<id>")
end

--- Takes in the error of an item.
---@param result moondial.BulkResult
---@param groups table<string, table> kept by the caller
---@param id string
---@param run_id string?
---@param e any
function M.add_error(result, groups, id, run_id, e)
  result.failed = result.failed + 1
  local kind, message = type(e) == "table" and e.kind or nil, message_of(e, id, run_id)
  local list, group = result.errors, groups[message]
  if not group and #list >= most_groups then kind, message, group = nil, "other errors", groups[most_groups] end
  if not group then
    group = { kind = kind, message = message, count = 0, ids = json.array {} }
    groups[#list < most_groups and message or most_groups] = group
    list[#list + 1] = group
  end
  group.count = group.count + 1
  if #group.ids < most_ids then group.ids[#group.ids + 1] = id end
end

--- Takes in an item that a dry run would do something to.
---@param result moondial.BulkResult
---@param id string
function M.add_id(result, id)
  result.ids = result.ids or json.array {}
  if #result.ids < most_ids_of_a_dry_run then result.ids[#result.ids + 1] = id end
end

--- How far it came, in words.
---@param result moondial.BulkResult
---@param total integer?
---@return string
function M.words(result, total)
  local text = ("%d%s done"):format(result.done, total and " of " .. total or "")
  if result.failed > 0 then text = text .. (", %d failed"):format(result.failed) end
  if result.skipped > 0 then text = text .. (", %d skipped"):format(result.skipped) end
  return text
end

function BulkResult:__tostring()
  local words = self.dry_run and ("a dry run, %d to do"):format(self.total - self.skipped) or M.words(self)
  return "BulkResult(" .. words .. ")"
end

function BulkResult:__json()
  local fields = {}
  for _, name in ipairs { "total", "done", "failed", "skipped", "errors", "seconds", "dry_run", "ids", "saved" } do
    fields[name] = self[name]
  end
  return fields
end

return M
