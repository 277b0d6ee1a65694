local width = require "moondial.show.width"

return {
  name = "help", form = ".help [COMMAND]",
  help = "Lists the commands, or tells of one; help() is for all the rest.",
  completes = "command",
  run = function(argument)
    local commands = require "moondial.commands"
    local columns = require("moondial.native").terminal()
    local column, list = 0, {}
    for index, name in ipairs(argument == "" and commands.names() or { argument:match("^%.?(.*)$") }) do
      local command = commands.named(name)
      list[index] = { form = command.form or "." .. name, help = command.help }
      column = math.max(column, #list[index].form)
    end
    column = math.min(column, 24)
    for _, item in ipairs(list) do
      -- A long form has a line of its own, and so have all in a narrow terminal.
      local has_room = #item.form <= column and columns >= column + 30
      local indent = columns >= column + 30 and column + 2 or math.min(4, columns // 4)
      if not has_room then print(width.cut(item.form, columns)) end
      for position, line in ipairs(width.wrap(item.help, math.max(2, columns - indent))) do
        local lead = position == 1 and has_room and item.form or ""
        print(lead .. (" "):rep(indent - #lead) .. line)
      end
    end
  end,
}
