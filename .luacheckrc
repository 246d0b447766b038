std = "luajit"
cache = false
max_line_length = false -- StyLua breaks lines; what it leaves long is a string
globals = { "vim" } -- its fields are there to be set
exclude_files = { ".deps", "build" }
files["tests/lint_bindings.lua"] = { read_globals = { "describe", "it", assert = { other_fields = true } } }
files["tests/bench/editor.lua"] = { read_globals = { "describe", "it" } }
files["tests/**/*_spec.lua"] = {
  read_globals = {
    "describe", "context", "it", "pending", "before_each", "after_each", "setup", "teardown",
    assert = { other_fields = true },
  },
}
