-- The part of the soak that runs inside the Neovim with a screen: one step at a time, with all that
-- Neovim does between two steps, and audits.

local api = vim.api

--- @class galley.Soak
--- @field folder string
--- @field article string path
--- @field buf integer
--- @field pristine string[]
--- @field random fun(limit: integer): integer 1 to limit
--- @field stated? string date that `:Galley date` has stated
--- @field keys string[] still to be typed
--- @field open integer requests without an answer
--- @field problems string[]
--- @field slowest {[1]: number, [2]: string} since the last audit
local M = { keys = {}, open = 0, problems = {}, slowest = { 0, "" } }

-- Edits that would leave nothing of a text of this size, or change every line of it each time.
local TOO_MUCH = { everything = true, grow = true, global_copy = true, filter = true }
-- Of Neovim itself, about what the editing commands cannot do.
local EXPECTED = {
  "^$",
  "^E21:", -- not modifiable: the text of a source
  "^E16:",
  "^E19:", -- CTRL-O after :edit! made the text shorter
  "^E31:", -- file types take back maps that are not there, silently
  "^E486:",
  "^E384:",
  "^E385:",
  "^E348:",
  "^E349:",
  "^E420:",
  "^E426:",
  "^E433:",
  "^E553:",
  "^E134:",
  "^E444:",
  "^E42:",
  "^E776:",
  "^E447:",
  "^E37:",
  "^E5108:.*E444:",
}

local function problem(...)
  table.insert(M.problems, (...):format(select(2, ...)))
end

--- Brings the article into a window of its own when the current one shows something else.
function M.go_home()
  if not api.nvim_buf_is_valid(M.buf or -1) then
    M.buf = vim.fn.bufadd(M.article)
  end
  local win = api.nvim_get_current_win()
  if api.nvim_win_get_config(win).relative ~= "" or vim.bo.buftype ~= "" then
    vim.cmd("silent! tabfirst | silent! only! | silent! lclose | silent! cclose")
  end
  if api.nvim_get_current_buf() ~= M.buf then
    vim.cmd(("silent buffer! %d"):format(M.buf))
  end
  M.buf = api.nvim_get_current_buf()
end

--- Asks the language server about the cursor's place.
--- @param method string
--- @param cancel boolean
function M.request(method, cancel)
  local client = vim.lsp.get_clients({ bufnr = 0, name = "galley" })[1]
  if not client or not client.initialized then
    return
  end
  local cursor = api.nvim_win_get_cursor(0)
  local here = { line = cursor[1] - 1, character = cursor[2] }
  local params = {
    textDocument = { uri = vim.uri_from_bufnr(0) },
    position = here,
    range = { start = here, ["end"] = { line = here.line + 20, character = 0 } },
    context = { includeDeclaration = true, diagnostics = {} },
    query = "a",
  }
  local modern = vim.fn.has("nvim-0.11") == 1
  local function call(name, ...)
    if modern then
      return client[name](client, ...)
    end
    return client[name](...)
  end
  M.open = M.open + 1
  local sent, id = call("request", method, params, function(err)
    M.open = M.open - 1
    if err and err.code == -32603 then
      problem("%s: %s", method, err.message)
    end
  end, api.nvim_get_current_buf())
  if not sent then
    M.open = M.open - 1
  elseif cancel then
    call("notify", "$/cancelRequest", { id = id })
  end
end

local LEDGER = 200 * 1024 -- bytes; a reviewer's of such an article has less

--- Neither dwindles nor grows without end; nor does the ledger, or its growth would hide another.
local function keep_size()
  local ledger = M.article .. ".galley.jsonl"
  local stat = vim.uv.fs_stat(ledger)
  if stat and stat.size > LEDGER then
    vim.fn.delete(ledger)
  end
  local bytes = api.nvim_buf_get_offset(M.buf, api.nvim_buf_line_count(M.buf))
  if bytes < M.bytes * 0.7 or bytes > M.bytes * 1.4 then
    api.nvim_buf_set_lines(M.buf, 0, -1, false, M.pristine)
    vim.cmd("silent write!")
  end
end

--- @param article string path
--- @param seed integer
function M.start(article, seed)
  M.folder, M.article = vim.fs.dirname(article), article
  local edits = require("tests.edits")
  M.random = edits.generator(seed)
  vim.o.undolevels, vim.o.undoreload = 200, 0
  vim.o.autoread, vim.o.hidden = true, true
  vim.o.shortmess = vim.o.shortmess .. "aoOtTWIcCFsA"
  vim.o.showcmd, vim.o.ruler = true, true
  local notify = vim.notify
  --- @diagnostic disable-next-line: duplicate-set-field
  vim.notify = function(message, level, options)
    if level == vim.log.levels.ERROR then
      problem("message: %s", message)
    end
    -- What does not fit the screen ends in a prompt, as any message of Neovim: that is no news here.
    notify(vim.fn.strcharpart(message, 0, vim.v.echospace - 5), level, options)
  end
  -- The user is as random as the rest.
  vim.ui.select = function(items, _, on_choice)
    vim.schedule(function()
      on_choice(M.random(3) > 1 and items[M.random(#items)] or nil)
    end)
  end
  vim.ui.input = function(_, on_confirm)
    vim.schedule(function()
      on_confirm(M.random(2) == 1 and "Nora Berg" or nil)
    end)
  end
  vim.cmd("silent edit " .. vim.fn.fnameescape(M.article))
  M.buf = api.nvim_get_current_buf()
  M.pristine = api.nvim_buf_get_lines(M.buf, 0, -1, false)
  M.bytes = api.nvim_buf_get_offset(M.buf, api.nvim_buf_line_count(M.buf))
  -- A change that another program makes keeps the file itself whole: this one only touches it.
  M.edits = edits.operations(M.folder .. "/other.md")
  M.actions = require("tests.soak.actions")(M)
  M.names = {}
  for _, set in ipairs({ M.edits, M.actions }) do
    for name in pairs(set) do
      if not TOO_MUCH[name] then
        table.insert(M.names, name)
      end
    end
  end
  table.sort(M.names)
end

--- Seconds of the processor that this Neovim has had.
--- @return number
local function processor()
  local used = vim.uv.getrusage()
  return used.utime.sec + used.stime.sec + (used.utime.usec + used.stime.usec) / 1e6
end

local began, doing = 0, "start"

--- Notes what the last step has cost, with all that came after it.
--- @param name string of the next one
local function note_cost(name)
  local now = processor()
  if now - began > M.slowest[1] then
    M.slowest = { now - began, doing }
  end
  began, doing = now, name
end

--- Does the next thing. Gives its name.
--- @return string
function M.step()
  local key = table.remove(M.keys, 1)
  if key then
    api.nvim_feedkeys(key, "mt", false)
    return "  " .. vim.fn.keytrans(key)
  elseif api.nvim_get_mode().mode ~= "n" then
    api.nvim_feedkeys(vim.keycode("<C-\\><C-n>"), "nt", false)
    return "  normal mode"
  end
  local name = M.names[M.random(#M.names)]
  note_cost(name)
  M.go_home()
  keep_size()
  local run = M.actions[name] or M.edits[name]
  local ok, result = xpcall(run, debug.traceback, M.random)
  if not ok then
    problem("%s: %s", name, result)
  elseif type(result) == "table" then
    M.keys = result
  end
  return name
end

--- The first difference between two values, with the way to it.
local function differ(a, b, way)
  if type(a) ~= "table" or type(b) ~= "table" then
    return a ~= b and ("%s: %s, fresh %s"):format(way, vim.inspect(a), vim.inspect(b)) or nil
  end
  for key, value in pairs(a) do
    local found = differ(value, b[key], way .. "." .. tostring(key))
    if found then
      return found
    end
  end
  for key in pairs(b) do
    if a[key] == nil then
      return ("%s.%s: nil, fresh %s"):format(way, key, vim.inspect(b[key]))
    end
  end
end

--- The document as it grew, beside one that is new: same text, same spans, names and findings.
local function compare()
  local galley_buffer = require("galley.buffer")
  local doc = assert(galley_buffer.document(M.buf))
  doc:resolve()
  local fresh = assert(require("galley.core").load().document())
  require("galley.names").apply(M.buf, fresh)
  fresh:set_date_order(require("galley.config").get().date_order)
  fresh:set_file_name(vim.fs.basename(api.nvim_buf_get_name(M.buf)))
  assert(fresh:set_lines(0, fresh:line_count(), api.nvim_buf_get_lines(M.buf, 0, -1, false)))
  if M.stated then
    assert(fresh:set_date(M.stated))
  end
  fresh:resolve()
  local checks = { off = {}, ok = true }
  local found = doc:text() ~= fresh:text() and "the text"
    or differ({ doc:date() }, { fresh:date() }, "date")
    or differ(doc:spans(0, -1), fresh:spans(0, -1), "spans")
    or differ(doc:entities(), fresh:entities(), "entities")
    or differ(doc:check(checks), fresh:check(checks), "findings")
  if found then
    problem("not as a fresh document has it: %s", found)
  end
  local memory = { doc:memory(), fresh:memory() }
  fresh:close()
  return memory
end

--- What went wrong in this plugin since the last audit, by Neovim's messages. Errors of Neovim's own,
--- which has some when a text changes as fast as this, are not ours to mend: no file of ours is in
--- their traces.
local function look_at_messages()
  local expected = vim.iter(EXPECTED):any(function(pattern)
    return vim.v.errmsg:find(pattern) ~= nil
  end)
  local ours = vim.v.errmsg:find("galley", 1, true) ~= nil
  if ours or not expected and not vim.v.errmsg:find("/nvim/runtime/lua/", 1, true) then
    problem("v:errmsg: %s", vim.v.errmsg)
  end
  vim.v.errmsg = ""
  local said = vim.fn.execute("messages")
  if said:find("/lua/galley/", 1, true) then
    problem("messages: %s", said:sub(-4000))
  end
  vim.cmd("messages clear")
end

--- Gives the system what the C library keeps of memory that is free, so that one peak is not taken for
--- growth. Only glibc does such.
local function give_back()
  pcall(function()
    local ffi = require("ffi")
    ffi.cdef("int malloc_trim(size_t)")
    ffi.C.malloc_trim(0)
  end)
end

--- @class galley.SoakSample
--- @field rss number MB of the process
--- @field lua number MB that Lua holds
--- @field core number MB that the document holds
--- @field fresh number MB that a new document of the same text holds
--- @field spans integer
--- @field bytes integer of the article

--- Looks whether all is as it should be.
--- @return string[] problems
--- @return galley.SoakSample
--- @return {[1]: number, [2]: string} slowest
function M.audit()
  M.keys = {}
  note_cost("audit")
  M.go_home()
  if not require("galley").is_attached(M.buf) then
    M.stated = nil
    vim.cmd("Galley attach")
  end
  if not vim.wait(20000, function()
    return M.open == 0
  end, 5) then
    problem("%d requests have no answer", M.open)
    M.open = 0
  end
  local memory = compare()
  look_at_messages()
  collectgarbage()
  collectgarbage()
  give_back()
  local pages = tonumber(vim.fn.readfile("/proc/self/statm")[1]:match("^%d+ (%d+)"))
  local problems, slowest = M.problems, M.slowest
  M.problems, M.slowest = {}, { 0, "" }
  return problems,
    {
      rss = pages * 4096 / 1048576,
      lua = collectgarbage("count") / 1024,
      core = memory[1] / 1048576,
      fresh = memory[2] / 1048576,
      spans = #require("galley").get_spans(M.buf),
      bytes = api.nvim_buf_get_offset(M.buf, api.nvim_buf_line_count(M.buf)),
    },
    slowest
end

return M
