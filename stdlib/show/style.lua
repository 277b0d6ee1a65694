--- Colours of what is shown: the same words for them everywhere.

local style = {}

local sequences = {
  string = "\27[32m", number = "\27[33m", boolean = "\27[33m", ["nil"] = "\27[2m", object = "\27[36m",
  special = "\27[2m",
  label = "\27[1m", faint = "\27[2m", good = "\27[32m", bad = "\27[31m", root = "\27[1;31m", doubtful = "\27[33m",
  running = "\27[36m", reset = "\27[0m",
}

--- For `inspect`.
style.palette = sequences

--- Paints a text.
---@param name? string of the style
---@param text string
---@return string
function style.paint(name, text)
  local sequence = sequences[name]
  return sequence and text ~= "" and sequence .. text .. sequences.reset or text
end

--- Leaves it as it is.
---@param _ string?
---@param text string
---@return string
function style.plain(_, text) return text end

local by_status = {
  RUNNING = "running", COMPLETED = "good", FAILED = "bad", TIMED_OUT = "bad", TERMINATED = "bad", CANCELED = "doubtful",
  CONTINUED_AS_NEW = "faint", PAUSED = "doubtful",
}

--- The style for a workflow's status.
---@param status string?
---@return string?
function style.of_status(status) return by_status[status] end

return style
