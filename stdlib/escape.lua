--- Makes text from a server harmless on a terminal, and still readable.
--
-- Escaped are the bytes and characters that drive a terminal or reorder what is read: C0 and C1 controls, DEL, the
-- bidirectional overrides and isolates (U+202A–E, U+2066–9), and bytes that are not UTF-8. The escapes are Lua's own,
-- so that a quoted string can be pasted back.

local utf8_codepoint, utf8_len = utf8.codepoint, utf8.len
local byte, find, format, gsub, sub = string.byte, string.find, string.format, string.gsub, string.sub
local concat = table.concat

---@class moondial.escape
local escape = {}

local named = {
  ["\a"] = "\\a", ["\b"] = "\\b", ["\f"] = "\\f", ["\n"] = "\\n", ["\r"] = "\\r", ["\t"] = "\\t", ["\v"] = "\\v",
}

-- All C1 controls begin with the byte C2, all bidirectional controls with E2; the rest of valid UTF-8 is left alone.
local suspects = "[\0-\31\127\xC2\xE2][\x80-\xBF]*"

local function escape_character(character)
  local first = byte(character)
  if first < 128 then
    return named[character] or format("\\%03d", first)
  end
  local code = utf8_codepoint(character)
  if code < 0xA0 or (code >= 0x202A and code <= 0x202E) or (code >= 0x2066 and code <= 0x2069) then
    return format("\\u{%X}", code)
  end
  return nil
end

--- Escapes what could drive a terminal, and leaves the rest, backslashes too, as it is.
---@param text string
---@return string
function escape.text(text)
  if not find(text, "[\0-\31\127-\255]") then
    return text
  end
  local out, from = {}, 1
  while true do
    local _, bad = utf8_len(text, from)
    out[#out + 1] = gsub(sub(text, from, bad and bad - 1 or -1), suspects, escape_character)
    if not bad then
      return concat(out)
    end
    out[#out + 1] = format("\\x%02X", byte(text, bad))
    from = bad + 1
  end
end

--- Like `text`, but tabs and line ends stay: for text printed as a block of its own.
---@param text string
---@return string
function escape.block(text)
  return (gsub(text, "[^\t\n]+", escape.text))
end

--- A string literal in double quotes that reads back as the same string.
---@param text string
---@return string
function escape.quote(text)
  return '"' .. escape.text((gsub(text, '[\\"]', "\\%0"))) .. '"'
end

return escape
