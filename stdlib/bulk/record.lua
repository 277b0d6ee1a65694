--- The file that a bulk keeps: a line of JSON for each item as it ends. It is what a later bulk resumes from.

local errors = require("moondial.errors")
local json = require("moondial.json")
local plain = require("moondial.show.plain")

local pairs, pcall, setmetatable, type = pairs, pcall, setmetatable, type

local M = {}

--- What stands for an item among others: an id, or one run of it.
---@param id string
---@param run_id string?
---@return string
function M.key(id, run_id) return run_id and id .. "\0" .. run_id or id end

local function fail(path, problem) errors.raise("ValueError", ("bulk: %s: %s"):format(path, problem)) end

--- The items that a file says are done, as a set of keys, and how long the file is up to the end of its last whole
--- line. What a kill left of a line is passed over: its item is done again.
---@param path string
---@return table<string, true>? done nil where there is no file
---@return integer? length
local function read(path)
  local file = io.open(path, "rb")
  if not file then return nil end
  local _ <close> = file
  local done, length, number = {}, 0, 0
  -- A folder can be opened, but not read.
  local _, problem = file:read(0)
  if problem then fail(path, problem) end
  for line in file:lines("L") do
    number = number + 1
    local ok, entry = pcall(json.decode, line)
    local is_entry = ok and type(entry) == "table" and type(entry.id) == "string"
    if line:sub(-1) ~= "\n" then
      -- The last one: whole but for its end, or torn.
      break
    elseif not is_entry then
      fail(path, ("line %d is no result of a bulk"):format(number))
    end
    length = length + #line
    if entry.ok == true then done[M.key(entry.id, type(entry.run_id) == "string" and entry.run_id or nil)] = true end
  end
  return done, length
end

---@class moondial.bulk.Record
local Record = {}
Record.__index = Record

--- Writes down how an item ended. The line is with the system when this returns: a kill loses nothing.
---@param entry table id, run_id, ok, value or error
function Record:write(entry)
  local ok, problem = self.file:write(plain.encode(entry), "\n")
  if ok then ok, problem = self.file:flush() end
  if not ok then fail(self.path, problem) end
end

function Record:__close() self.file:close() end

-- Opened at the end of the last whole line, so that what follows does not stand behind half a one.
local function open(path, length)
  local file, problem = io.open(path, length and "r+b" or "wb")
  if not file then errors.raise("ValueError", "bulk: cannot open " .. problem) end
  if length then
    local size = file:seek("end")
    file:seek("set", length)
    -- Lua cannot cut a file: blanks are what JSON passes over.
    if size > length then
      file:write((" "):rep(size - length))
      file:seek("set", length)
    end
  end
  return setmetatable({ path = path, file = file }, Record)
end

--- The items that are done already, and where to write down the others.
---@param save string?
---@param resume string?
---@param writes boolean whether anything will be
---@return table<string, true> done
---@return moondial.bulk.Record? record
function M.open(save, resume, writes)
  local done, length
  if resume then
    done, length = read(resume)
    if not done and save ~= resume then fail(resume, "there is no such file to resume from") end
  end
  save = save or resume
  local is_another = save and save ~= resume
  if is_another then
    local other, size = read(save)
    if other and size > 0 then fail(save, "there is such a file already; give it as resume, to go on with it") end
    length = nil
  end
  local record = save and writes and open(save, length) or nil
  -- So that it says of all that is done, and not only of what is done now.
  if record and is_another then
    for key in pairs(done or {}) do
      local id, run_id = key:match("^(.*)%z(.*)$")
      record:write { id = id or key, run_id = run_id, ok = true }
    end
  end
  return done or {}, record
end

return M
