--- Lines of help that fit the terminal.

local native = require("moondial.native")

local ipairs, max, min = ipairs, math.max, math.min
local gmatch, gsub, utf8_len = string.gmatch, string.gsub, utf8.len

---@class moondial.help.layout
local layout = {}

-- Lines are wrapped for the terminal, but long ones are hard to read on any.
local function width() return max(40, min(80, (native.terminal()))) end

local function length(text) return utf8_len(text) or #text end

--- Appends a text in lines no longer than the terminal.
---@param out string[]
---@param text string
---@param lead string what stands before the first line
---@param indent string and before the others
function layout.wrap(out, text, lead, indent)
  local line, empty = lead, true
  for word in gmatch(text, "%S+") do
    if not empty and length(line) + 1 + length(word) > width() then
      out[#out + 1] = line
      line, empty = indent, true
    end
    line, empty = line .. (empty and "" or " ") .. word, false
  end
  out[#out + 1] = gsub(line, "%s+$", "")
end

--- Appends an empty line, and a text that is indented; lines of it that begin with blanks stay as they are.
---@param out string[]
---@param text string
function layout.paragraph(out, text)
  local flowing = ""
  local function flow()
    if flowing ~= "" then layout.wrap(out, flowing, "  ", "  ") end
    flowing = ""
  end
  out[#out + 1] = ""
  for line in gmatch(text .. "\n", "(.-)\n") do
    if line == "" or gsub(line, "^  ", "") ~= line then
      flow()
      out[#out + 1] = line == "" and "" or "  " .. line
    else
      flowing = flowing .. line .. "\n"
    end
  end
  flow()
end

--- Appends an empty line, and rows of a name and a text in two columns.
---@param out string[]
---@param list {[1]: string, [2]: string}[]
function layout.rows(out, list)
  if #list == 0 then return end
  local column = 0
  for _, row in ipairs(list) do column = max(column, min(24, length(row[1]))) end
  local indent = (" "):rep(column + 4)
  out[#out + 1] = ""
  for _, row in ipairs(list) do
    local name = "  " .. row[1]
    if length(row[1]) > column then
      out[#out + 1] = name
      name = ""
    end
    layout.wrap(out, row[2], name .. indent:sub(1, #indent - length(name)), indent)
  end
end

return layout
