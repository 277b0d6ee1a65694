--- Completion within a list filter: attributes, operators and values, as `WorkflowType = 'Order' AND …`.

local ipairs = ipairs
local find, lower, match, sub, upper = string.find, string.lower, string.match, string.sub, string.upper

---@class moondial.completion.filter
local filter = {}

--- The attributes that every server has, with their types and what they are.
filter.attributes = {
  { "BinaryChecksums", "KeywordList", "the checksums of workers that ran it" },
  { "BuildIds", "KeywordList", "the build ids of workers that ran it" },
  { "CloseTime", "Datetime", "when it closed" },
  { "ExecutionDuration", "Int", "how long it ran, as in '1h'; of closed workflows" },
  { "ExecutionStatus", "Keyword", "its status, as in 'Running'" },
  { "ExecutionTime", "Datetime", "when its first workflow task was due" },
  { "HistoryLength", "Int", "how many events its history has; of closed workflows" },
  { "HistorySizeBytes", "Int", "how large its history is; of closed workflows" },
  { "ParentRunId", "Keyword", "the run that started it as a child" },
  { "ParentWorkflowId", "Keyword", "the workflow that started it as a child" },
  { "RootRunId", "Keyword", "the run at the top of all parents" },
  { "RootWorkflowId", "Keyword", "the workflow at the top of all parents" },
  { "RunId", "Keyword", "the run" },
  { "StartTime", "Datetime", "when it was started" },
  { "StateTransitionCount", "Int", "how often its state has changed; of closed workflows" },
  { "TaskQueue", "Keyword", "the task queue of its workers" },
  { "TemporalChangeVersion", "KeywordList", "the versions of its patches" },
  { "TemporalNamespaceDivision", "Keyword", "what the server keeps apart, such as schedules" },
  { "TemporalScheduledById", "Keyword", "the schedule that started it" },
  { "TemporalSchedulePaused", "Bool", "of schedules: whether it is paused" },
  { "TemporalScheduledStartTime", "Datetime", "when its schedule was to start it" },
  { "WorkflowId", "Keyword", "the workflow id" },
  { "WorkflowType", "Keyword", "the name of its type" },
}

local comparisons = { "=", "!=", ">", ">=", "<", "<=" }
local operators = {
  Bool = { "=", "!=" },
  Datetime = { "BETWEEN", table.unpack(comparisons) },
  Double = { "BETWEEN", table.unpack(comparisons) },
  Int = { "BETWEEN", table.unpack(comparisons) },
  Keyword = { "IN", "STARTS_WITH", table.unpack(comparisons) },
  KeywordList = { "=", "!=", "IN", "NOT IN" },
  Text = { "=", "!=" },
}

local words = { ["AND"] = true, ["OR"] = true, ["NOT"] = true, ["IN"] = true, ["IS"] = true, ["NULL"] = true,
  ["BETWEEN"] = true, ["STARTS_WITH"] = true, ["ORDER"] = true, ["GROUP"] = true, ["BY"] = true, ["ASC"] = true,
  ["DESC"] = true }

-- The parts of a filter: words in capitals, names, operators, values and brackets; `rest` is what is not complete yet.
local function parts_of(text)
  local parts, at = {}, 1
  while true do
    at = find(text, "%S", at)
    if not at then
      return parts, "", nil
    end
    local quote = match(text, "^['\"]", at)
    if quote then
      local stop = find(text, quote, at + 1, true)
      if not stop then
        return parts, sub(text, at + 1), quote
      end
      parts[#parts + 1] = { kind = "value" }
      at = stop + 1
    else
      local word = match(text, "^[%w_.:+-]+", at) or match(text, "^`[^`]*`?", at)
      local symbol = word or match(text, "^[=!<>]+", at) or sub(text, at, at)
      if word and at + #word > #text then
        return parts, word, nil
      end
      local kind = word and (words[upper(word)] and "word" or find(word, "^[%d+-]") and "value" or "name") or "symbol"
      parts[#parts + 1] = { kind = kind, text = kind == "word" and upper(symbol) or symbol }
      at = at + #symbol
    end
  end
end

-- What may stand at the end of the parts: "attribute", "operator" or "value" of an attribute, or "connective".
local function expected(parts)
  local last = parts[#parts]
  local attribute
  for index = #parts, 1, -1 do
    if parts[index].kind == "name" then
      attribute = parts[index].text
      break
    end
  end
  if not last or last.text == "AND" or last.text == "OR" or last.text == "BY" then
    return "attribute"
  elseif last.text == "NOT" then
    return parts[#parts - 1] and parts[#parts - 1].text == "IS" and "null" or "attribute"
  elseif last.text == "(" then
    return parts[#parts - 1] and parts[#parts - 1].text == "IN" and "value" or "attribute", attribute
  elseif last.text == "ORDER" or last.text == "GROUP" then
    return "by"
  elseif last.text == "IS" then
    return "null"
  elseif last.kind == "name" then
    local before = parts[#parts - 1]
    return before and before.text == "BY" and "direction" or "operator", attribute
  elseif last.kind == "value" or last.text == ")" or last.text == "NULL" then
    return "connective"
  elseif last.kind == "symbol" or last.text == "STARTS_WITH" or last.text == "BETWEEN" then
    return "value", attribute
  end
  return "nothing"
end

local function plain(list, detail)
  local candidates = {}
  for index, text in ipairs(list) do
    candidates[index] = { text = text, suffix = " ", detail = detail }
  end
  return candidates
end

local function type_of(name, attributes)
  for _, attribute in ipairs(attributes) do
    if attribute[1] == name then
      return attribute[2]
    end
  end
end

local function of_attributes(attributes)
  local candidates = {}
  for index, attribute in ipairs(attributes) do
    local detail = attribute[2] .. (attribute[3] and ": " .. attribute[3] or "")
    candidates[index] = { text = attribute[1], suffix = " ", detail = detail }
  end
  return candidates
end

-- Values with the quotes that do not end the Lua string around the filter; where one is open, with that alone.
local function of_values(values, open, around)
  local quote = open or around == '"' and "'" or '"'
  local candidates = {}
  for _, value in ipairs(values) do
    local text = value.text
    -- Quotes and backslashes in it have no form here that every server reads in the same way.
    if not find(text, "['\"\\%c]") then
      candidates[#candidates + 1] = { text = open and text or quote .. text .. quote, display = text,
        suffix = open and quote or nil, detail = value.detail }
    end
  end
  return candidates
end

local function of_type(kind, values, open, around)
  if kind == "Bool" then
    return plain { "false", "true" }
  end
  return of_values(values or {}, open, around)
end

--- What may stand at the end of a filter.
---@param text string the filter in front of the cursor
---@param around string the quote around the filter
---@param attributes table[] name, type and help of each attribute
---@param values_of fun(attribute: string, prefix: string): {text: string, detail?: string}[]? the values to offer for
---  an attribute; called once at most
---@return moondial.completion.candidate[]
---@return string prefix what of the candidate is there already
function filter.candidates(text, around, attributes, values_of)
  local parts, rest, open = parts_of(text)
  local kind, attribute = expected(parts)
  local candidates = {}
  if kind == "value" then
    candidates = of_type(type_of(attribute, attributes), values_of(attribute, rest), open, around)
  elseif open then
    return candidates, rest
  elseif kind == "attribute" then
    candidates = of_attributes(attributes)
    candidates[#candidates + 1] = #parts == 0 and { text = "ORDER BY", suffix = " " } or nil
  elseif kind == "operator" then
    candidates = plain(operators[type_of(attribute, attributes) or "Keyword"] or comparisons)
    candidates[#candidates + 1] = { text = "IS NULL", suffix = " " }
    candidates[#candidates + 1] = { text = "IS NOT NULL", suffix = " " }
  elseif kind == "connective" then
    candidates = plain { "AND", "OR", "ORDER BY", "GROUP BY" }
  elseif kind == "direction" then
    candidates = plain { "ASC", "DESC" }
  elseif kind == "by" then
    candidates = plain { "BY" }
  elseif kind == "null" then
    candidates = plain { "NULL", "NOT NULL" }
  end
  return filter.matching(candidates, rest), rest
end

--- Those that begin with what there is, in capitals or not.
---@param candidates moondial.completion.candidate[]
---@param prefix string
---@return moondial.completion.candidate[]
function filter.matching(candidates, prefix)
  local list = {}
  for _, candidate in ipairs(candidates) do
    if lower(sub(candidate.text, 1, #prefix)) == lower(prefix) then
      list[#list + 1] = candidate
    end
  end
  return list
end

return filter
