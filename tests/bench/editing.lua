-- The part of tests/bench/editor.lua that runs inside the Neovim with a screen: each function does
-- its work and gives rows of a name and the milliseconds that each repetition took.
--
-- Where Neovim itself works too, the same work is done without the plugin in the same run.

local buffers = require("galley.buffer")
local galley = require("galley")
local now = vim.uv.hrtime

local file = assert(io.open("build/bench/prose.txt", "rb"))
local PROSE = file:read("*a")
file:close()

local M = {}

--- The prose up to the end of a line near this size.
--- @param bytes integer
--- @return string[]
local function article(bytes)
  return vim.split(PROSE:sub(1, bytes):gsub("\n[^\n]*$", ""), "\n")
end

--- @param lines string[]
--- @return integer
local function open(lines)
  vim.cmd.enew({ bang = true })
  vim.bo.bufhidden = "wipe"
  vim.api.nvim_buf_set_lines(0, 0, -1, false, lines)
  vim.bo.modified = false
  return vim.api.nvim_get_current_buf()
end

local function redraw()
  vim.api.nvim__redraw({ valid = false, flush = true })
end

--- Milliseconds that a call took.
--- @param work fun(number: integer)
--- @param number? integer
--- @return number
local function time(work, number)
  local start = now()
  work(number or 1)
  return (now() - start) / 1e6
end

--- Attaching, the first reading of the text, and the drawing of the first screen.
--- @param bytes integer
--- @param name string
--- @param count integer
function M.open(bytes, name, count)
  local buf = open(article(bytes))
  local list = {}
  for number = 1, count do
    list[number] = time(function()
      assert(galley.attach(buf, { force = true }))
      redraw()
    end)
    galley.detach(buf)
  end
  return { { name .. ": attached and drawn", list } }
end

--- Whole screens of 60 lines of about 90 bytes, each another part of the text.
function M.redraw()
  local lines = {}
  for line in PROSE:sub(1, 60000):gsub("%s+", " "):gmatch(("."):rep(90)) do
    lines[#lines + 1] = line
  end
  -- Paragraphs of five lines.
  local text = {}
  for number, line in ipairs(lines) do
    vim.list_extend(text, number % 5 == 0 and { line, "" } or { line })
  end
  local buf = open(text)
  local function show(number)
    vim.fn.winrestview({ topline = 1 + number * 7 % (#text - 61) })
    redraw()
  end
  -- The least of several rounds: other programs' work is none of ours.
  local function rounds()
    local list = {}
    for index = 1, 5 * 200 do
      local number = index % 200 + 1
      list[number] = math.min(list[number] or math.huge, time(show, number))
    end
    return list
  end
  local without = rounds()
  assert(galley.attach(buf))
  redraw()
  local with, own = rounds(), {}
  for number = 1, #with do
    own[number] = with[number] - without[number]
  end
  local doc, out, binding = buffers.attached[buf].doc, {}, {}
  for number = 1, 1000 do
    local row = number * 7 % (#text - 61)
    binding[number] = time(function()
      doc:draw(row, row + 60, 31, out)
    end)
  end
  galley.detach(buf)
  return {
    { "60 lines: spans through the binding alone", binding },
    { "60 lines drawn, without galley", without },
    { "60 lines drawn, with galley", with },
    { "60 lines drawn, what galley adds", own },
  }
end

--- Letters typed in the middle of the text, each followed by a redraw; the least of five rounds, as
--- other programs' work is none of ours.
--- @return number[]
local function type_keys()
  local row = math.floor(vim.api.nvim_buf_line_count(0) / 2)
  while #vim.fn.getline(row) < 40 do
    row = row + 1
  end
  local column = assert(vim.fn.getline(row):find(" ", 20, true))
  vim.api.nvim_win_set_cursor(0, { row, column })
  local keys, rounds, word = 300, 5, 30
  local list = {}
  for index = 1, rounds * keys do
    local letter = index % 6 == 0 and " " or "x"
    local took = time(function()
      vim.api.nvim_buf_set_text(0, row - 1, column, row - 1, column, { letter })
      vim.api.nvim__redraw({ flush = true })
    end)
    local key = index % keys + 1
    list[key] = math.min(list[key] or math.huge, took)
    -- What was typed goes again, or the paragraph would grow without end.
    if index % word == 0 then
      vim.api.nvim_buf_set_text(0, row - 1, column, row - 1, column + word, { "" })
      vim.api.nvim__redraw({ flush = true })
    end
  end
  return list
end

--- Until the language server is connected, which is told of changes too.
--- @param buf integer
local function wait_for_server(buf)
  local connected = vim.wait(10000, function()
    local client = vim.lsp.get_clients({ bufnr = buf })[1]
    return client and client.initialized
  end, 5)
  assert(connected, "no language server")
end

--- The prose repeats the flaws of the examples by the hundred, and Neovim takes time for each
--- diagnostic that it shows: they are left out here, the server is not.
--- @param bytes integer
--- @param name string
function M.typing(bytes, name)
  galley.setup({ diagnostics = false })
  open(article(bytes))
  local without = type_keys()
  local buf = open(article(bytes))
  vim.api.nvim_buf_set_name(buf, vim.fn.tempname() .. ".txt")
  assert(galley.attach(buf, { force = true }))
  redraw()
  wait_for_server(buf)
  local with = type_keys()
  local state, list = buffers.attached[buf], {}
  for number = 1, 20 do
    vim.api.nvim_buf_set_text(0, 10, 0, 10, 0, { "x" })
    list[number] = time(function()
      assert(buffers.flush(state))
      state.doc:resolve()
    end)
  end
  galley.detach(buf)
  return {
    { name .. ": a key and its redraw, without galley", without },
    { name .. ": a key and its redraw, with galley", with },
    { name .. ": names and speakers after a pause", list },
  }
end

return M
