std = "lua54"
max_line_length = 120

-- What a session gives its scripts.
local session = { "async", "client", "fg", "follow", "help", "jobs", "json", "kill", "show", "spawn", "temporal", "wait",
  "watch" }
files["Examples"] = { read_globals = session }
files["Tests/Conformance"] = { read_globals = session }
files["Tests/Integration"] = { read_globals = session }
files["Benchmarks/lua"] = { read_globals = session }
files["Tests/Lua/session"] = { read_globals = session }
files["scripts/lib/soak"] = { read_globals = session, globals = { "_", "_1", "_2", "_3", "_4", "_5", "_6", "_7", "_8",
  "_9", "_err", "check", "finish", "round", "workflows" } }
