--- What the prompt says: the profile and the namespace, where they are not the usual ones.

local client_type = require("moondial.client")
local escape = require("moondial.escape")
local native = require("moondial.native")
local settings = require("moondial.settings")
local width = require("moondial.show.width")

local max, min, reverse = math.max, math.min, string.reverse

---@class moondial.prompt
local prompt = {}

-- A name without its middle, where it is long: namespaces often differ at their end.
local function short(name, columns)
  if width.of(name) <= columns then return name end
  if #name ~= utf8.len(name) then return width.cut(name, columns) end
  local kept = columns - 1
  local head, tail = name:sub(1, (kept + 1) // 2), reverse(reverse(name):sub(1, kept // 2))
  return head .. "…" .. tail
end

--- Where a client's calls go, in a word: "profile/namespace", or the namespace alone where there is no profile; "" for
--- the usual place.
---@param client any
---@return string
function prompt.place(client)
  local profile = native.client_property(client, "profile")
  local namespace = native.client_property(client, "namespace")
  if profile == "default" then profile = nil end
  if not profile and namespace == "default" then return "" end
  local columns = max(6, min(24, native.terminal() // 5))
  namespace = short(escape.text(namespace), columns)
  return profile and short(escape.text(profile), columns) .. "/" .. namespace or namespace
end

--- Whether what a client does has to be thought about first.
---@param is_marked boolean whether its profile says so
---@return boolean
function prompt.is_production(is_marked)
  local setting = settings.current.production
  if setting == "auto" then return is_marked end
  return setting
end

--- The prompt for a global `client`, which may be anything by now.
---@param client any
---@return string text
---@return boolean is_production
function prompt.of(client)
  if not client_type.is(client) then return "moondial>", false end
  local place = prompt.place(client)
  return (place == "" and "" or place .. " ") .. "moondial>",
    prompt.is_production(native.client_property(client, "production"))
end

return prompt
