-- The soak: random use of the plugin in a Neovim with a screen, on an article of 200 KB, audited.
--
--   local soak = require("tests.soak.soak").new({ seed = 1 })
--   local audit = soak:run(500)          -- steps, then an audit
--   assert.are.same({}, audit.problems)
--   soak:close()

local Screen = require("tests.screen.screen")
local edits = require("tests.edits")

local BYTES = 200 * 1024 -- of the article, where nothing else is said
local TRAIL = 60 -- steps that are told of when something is wrong
local PATIENCE = 15 * 60 * 1000 -- milliseconds for one step, on a machine that does much else
local LOOK = 3000 -- milliseconds without an answer before it is looked whether there is a prompt
local PAUSE = 130 -- milliseconds, more than the debounce

--- @class galley.SoakAudit
--- @field problems string[]
--- @field sample galley.SoakSample
--- @field steps integer so far
--- @field slowest {[1]: number, [2]: string} seconds of the processor for one step since the last audit

--- @class galley.SoakDriver
--- @field screen Screen
--- @field folder string
--- @field random fun(limit: integer): integer
--- @field steps integer
--- @field trail string[]
--- @field prompts integer that were answered
local Soak = {}
Soak.__index = Soak

--- Prose made of the examples, with notes and a list of sources.
--- @param folder string
--- @param name string
--- @param bytes integer
local function write_project(folder, name, bytes)
  local root = vim.fn.getcwd()
  local examples = vim.fn.glob(root .. "/examples/*-results.md", true, true)
  vim.list_extend(examples, vim.fn.glob(root .. "/examples/*.txt", true, true))
  table.sort(examples)
  local command = { "luajit", root .. "/tests/bench/prose.lua", tostring(bytes) }
  local made = vim.system(vim.list_extend(command, examples), { text = true }):wait()
  assert(made.code == 0, made.stderr)
  local lines = vim.split(vim.trim(made.stdout), "\n")
  vim.fn.mkdir(folder .. "/sources", "p")
  vim.fn.writefile(vim.list_slice(lines, 40, 48), folder .. "/sources/first.txt")
  vim.fn.writefile({ "In all, 476 members voted on 25 May 2018." }, folder .. "/sources/second.txt")
  vim.fn.writefile({ "What,When,Count", "Votes,2018,476" }, folder .. "/sources/third.csv")
  vim.fn.writefile({ "Tidewell Ferries: organization" }, folder .. "/galley.names")
  vim.fn.writefile({ "# Another", "", "Nothing of 2026." }, folder .. "/other.md")
  local head = {
    "---",
    "date: 2026-05-14",
    "sources: [sources/first.txt, sources/second.txt, sources/third.csv]",
    "---",
    "",
  }
  vim.list_extend(head, lines)
  vim.list_extend(head, { "", "[^1]: sources/second.txt", "[^2]: A note without a file." })
  vim.fn.writefile(head, folder .. "/" .. name)
end

--- @param options { seed: integer, bytes?: integer, name?: string }
--- @return galley.SoakDriver
function Soak.new(options)
  local self = setmetatable({ steps = 0, prompts = 0, trail = {}, seed = options.seed }, Soak)
  self.random = edits.generator(options.seed + 1)
  self.folder = vim.fn.tempname()
  local name = options.name or "article.md"
  write_project(self.folder, name, options.bytes or BYTES)
  self.screen = Screen.new({ columns = 100, lines = 40, patience = PATIENCE })
  self.screen:lua(
    [[
      local root, article, seed = ...
      package.path = root .. "/?.lua;" .. package.path
      require("tests.soak.session").start(article, seed)
    ]],
    vim.fn.getcwd(),
    self.folder .. "/" .. name,
    options.seed
  )
  return self
end

--- What was done last, for a person who looks for the cause.
--- @return string
function Soak:story()
  return ("seed %d, step %d, after: %s"):format(
    self.seed,
    self.steps,
    table.concat(self.trail, ", ")
  )
end

--- Answers a prompt that no key of ours was for: two messages at once end in one, by Vim's habit, and
--- nothing goes on before somebody types ENTER. What was said is looked at by the audit.
function Soak:answer_prompt()
  local function asks()
    local mode = self.screen:request("nvim_get_mode")
    return mode.blocking or mode.mode:find("^r") ~= nil
  end
  for _ = 1, 100 do
    if not asks() then
      return
    end
    vim.uv.sleep(20) -- not vim.wait: each answer would wake it, and both processes be busy with asking
  end
  self.prompts = self.prompts + 1
  self.screen:request("nvim_input", "<CR><C-\\><C-n>")
end

--- Calls a function of the API, and answers prompts meanwhile.
--- @param method string
--- @param ... any
--- @return any
function Soak:call(method, ...)
  local screen = self.screen
  local tag = screen:send(method, ...)
  while
    not vim.wait(LOOK, function()
      return screen.answers[tag] ~= nil or screen.exited ~= nil
    end, 5)
  do
    self:answer_prompt()
  end
  return screen:answer(tag, method)
end

--- @param code string of Lua
--- @return any
function Soak:ask(code)
  return self:call("nvim_exec_lua", code, {})
end

function Soak:step()
  self.steps = self.steps + 1
  table.insert(self.trail, self:ask("return require('tests.soak.session').step()"))
  if #self.trail > TRAIL then
    table.remove(self.trail, 1)
  end
  if self.random(25) == 1 then
    vim.wait(PAUSE)
  end
  if self.random(200) == 1 then
    local size = ({ { 80, 24 }, { 100, 40 }, { 140, 50 } })[self.random(3)]
    self:call("nvim_ui_try_resize", size[1], size[2])
  end
end

--- Does so many things and looks whether all is as it should be. An error of this says what was done.
--- @param steps integer
--- @return galley.SoakAudit
function Soak:run(steps)
  for _ = 1, steps do
    local ok, message = pcall(self.step, self)
    if not ok then
      error(("%s\n%s"):format(message, self:story()), 0)
    end
  end
  vim.wait(PAUSE)
  self.screen:request("nvim_input", "<C-\\><C-n>")
  local found = self:ask("return { require('tests.soak.session').audit() }")
  local problems = found[1]
  if #problems > 0 then
    table.insert(problems, self:story())
  end
  return { problems = problems, sample = found[2], steps = self.steps, slowest = found[3] }
end

--- @return string what Neovim wrote on its standard error
function Soak:close()
  local errors = self.screen:close()
  vim.fn.delete(self.folder, "rf")
  return errors
end

return Soak
