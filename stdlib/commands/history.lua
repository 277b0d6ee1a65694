local errors = require "moondial.errors"
local escape = require "moondial.escape"
local native = require "moondial.native"
local pager = require "moondial.show.pager"
local scheduler = require "moondial.scheduler"
local show = require "moondial.show"

return {
  name = "history", form = ".history [COUNT]",
  help = "Shows the last entries, 50 without a count; those with a secret in them are left out.",
  run = function(argument)
    local count = argument == "" and 50 or math.tointeger(tonumber(argument))
    if not count or count < 1 then errors.raise("CommandError", ".history takes a count of entries") end
    local entries = scheduler.call(native.history, false)
    pager.page(function(put)
      for index = math.max(1, #entries - count + 1), #entries do
        local lead = ("%5d  "):format(index)
        for line in (entries[index] .. "\n"):gmatch("(.-)\n") do
          put(lead .. escape.block(line))
          lead = (" "):rep(#lead)
        end
      end
    end, show.context())
  end,
}
