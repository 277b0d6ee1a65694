local errors = require "moondial.errors"
local show = require "moondial.show"

return {
  name = "more",
  help = "Shows the next page of the last result, where that is an iterator such as client:list_workflows().",
  run = function(_, env)
    local pages = env._
    if not show.is_pages(pages) then errors.raise("CommandError", "the last result is no iterator") end
    pages:pass_page()
    if #pages:peek() == 0 then
      io.write("there is nothing more\n")
      return
    end
    show.values({ n = 1, pages }, true)
  end,
}
