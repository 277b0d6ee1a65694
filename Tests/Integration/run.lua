--- Runs the specs of what scripts see, on a server with the test worker:
--- `moondial --address … Tests/Integration/run.lua [name…]`; with names, only those suites' files.

local folder = arg[0]:match("^(.*)/[^/]*$") or "."

package.path = folder .. "/?.lua;" .. folder .. "/../Lua/?.lua;" .. package.path

require "support.driver"(folder .. "/../..", "Tests/Integration", arg)
