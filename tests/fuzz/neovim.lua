-- Runs libFuzzer inside Neovim: nvim --clean -n -l tests/fuzz/neovim.lua MODULE TARGET ARGUMENT...
--
-- MODULE is what tests/fuzz/neovim.c becomes, TARGET a function of tests/fuzz/readers.lua; the rest
-- are libFuzzer's own arguments.

local root = vim.fn.getcwd()
vim.opt.runtimepath:prepend(root)
package.path = root .. "/?.lua;" .. package.path

local module, target = arg[1], arg[2]
local test = require("tests.fuzz.readers")[target]
if not test then
  error("no such target: " .. tostring(target))
end
local run =
  assert(package.loadlib(vim.fs.normalize(vim.fn.fnamemodify(module, ":p")), "luaopen_fuzz"))()

jit.off() -- compiled code calls no hook
-- To merge, libFuzzer runs its program again: this is the command, as a shell takes it.
local command = { vim.v.progpath, "--clean -n -l tests/fuzz/neovim.lua", module, target }
local arguments = { table.concat(command, " ") }
vim.list_extend(arguments, arg, 3)
run(arguments, test, function(message)
  return debug.traceback(tostring(message), 2)
end)
