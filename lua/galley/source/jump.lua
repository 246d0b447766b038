-- :Galley source and `gd`: to where a source says what stands under the cursor, and CTRL-O back.

local api = vim.api
local say = require("galley.message").say

local M = {}

-- Places that are as good as the best, but for this, are offered with it.
local TIE = 0.02

local namespace = api.nvim_create_namespace("galley.source.match")

--- Marks the words that speak for a place, until the cursor moves.
--- @param buf integer
--- @param target galley.SourceTarget
local function flash(buf, target)
  api.nvim_buf_clear_namespace(buf, namespace, 0, -1)
  for _, mark in ipairs(target.marks) do
    api.nvim_buf_set_extmark(buf, namespace, mark.row, mark.col, {
      end_col = mark.end_col,
      hl_group = "GalleySourceMatch",
      priority = 160,
      strict = false,
    })
  end
  local here = api.nvim_win_get_cursor(0)
  api.nvim_create_autocmd({ "CursorMoved", "InsertEnter", "BufLeave" }, {
    buffer = buf,
    callback = function(event)
      if event.event == "CursorMoved" and vim.deep_equal(here, api.nvim_win_get_cursor(0)) then
        return false
      end
      api.nvim_buf_clear_namespace(buf, namespace, 0, -1)
      return true
    end,
  })
end

--- @type table<string, fun(buf: integer)>
local SHOW = {
  same = function(buf)
    api.nvim_win_set_buf(0, buf)
  end,
  split = function(buf)
    vim.cmd.split()
    api.nvim_win_set_buf(0, buf)
  end,
  vsplit = function(buf)
    vim.cmd.vsplit()
    api.nvim_win_set_buf(0, buf)
  end,
  tab = function(buf)
    vim.cmd("tab split")
    api.nvim_win_set_buf(0, buf)
  end,
  float = function(buf)
    local width = math.max(20, math.min(100, vim.o.columns - 6))
    local height = math.max(5, math.floor(vim.o.lines * 0.6))
    api.nvim_open_win(buf, true, {
      relative = "editor",
      width = width,
      height = height,
      col = math.floor((vim.o.columns - width) / 2),
      row = math.max(0, math.floor((vim.o.lines - height) / 2) - 1),
      border = "rounded",
    })
  end,
}

--- Goes to a place.
--- @param target galley.SourceTarget
--- @param how? string as the option `jump`
function M.open(target, how)
  local view = require("galley.source.view") -- knows how its buffers are read
  how = how or require("galley.config").get().jump
  vim.cmd("normal! m'")
  if target.file ~= api.nvim_buf_get_name(0) then
    local buf = vim.fn.bufadd(target.file)
    vim.bo[buf].buflisted = true
    local ok, problem = pcall(SHOW[how], buf)
    if not ok then
      say("galley: " .. tostring(problem):gsub("^.-:%d+: ", ""))
      return
    end
    if vim.startswith(target.file, "galley://") then
      view.fill(buf)
    end
  end
  local buf = api.nvim_get_current_buf()
  local row = math.min(target.row, api.nvim_buf_line_count(buf) - 1)
  local line = api.nvim_buf_get_lines(buf, row, row + 1, false)[1] or ""
  local seen = row + 1 >= vim.fn.line("w0") and row + 1 <= vim.fn.line("w$")
  api.nvim_win_set_cursor(0, { row + 1, math.min(target.col, #line) })
  vim.cmd("normal! zv" .. (seen and "" or "zz"))
  flash(buf, target)
  if target.label and target.entry and target.entry.kind.reader ~= "text" then
    local text = ("%s, %s"):format(target.name, target.label)
    api.nvim_echo({ { require("galley.visible").line(text) } }, false, {})
  end
end

--- A target on one line, for a list.
--- @param target galley.SourceTarget
--- @return string
local function describe(target)
  local found = target.candidate
  local parts = { target.name, target.label }
  if found then
    table.insert(parts, ("%s: %s"):format(found.verdict, found.reason))
  end
  return require("galley.visible").line(table.concat(parts, "  "))
end

--- Those of the targets that a user should choose from.
--- @param targets galley.SourceTarget[]
--- @return galley.SourceTarget[]
local function ties(targets)
  local best = targets[1].candidate
  return vim.tbl_filter(function(target)
    return not best or best.score - target.candidate.score <= TIE
  end, targets)
end

--- @class galley.JumpOptions
--- @field all? boolean offer all places, not only the best
--- @field otherwise? string normal-mode keys for where there is no place
--- @field how? string as the option `jump`

--- Does what keys always do, and says what they always say where they cannot.
--- @param keys string of Normal mode
local function press(keys)
  local ok, problem = pcall(vim.cmd, { cmd = "normal", bang = true, args = { keys } })
  if not ok then
    local text = tostring(problem):match("E%d+:.*") or tostring(problem)
    api.nvim_echo({ { require("galley.visible").line(text), "ErrorMsg" } }, true, {})
  end
end

--- @param opts galley.JumpOptions
--- @param buf integer
--- @param cursor integer[]
local function finish(opts, buf, cursor)
  local targets, message = require("galley.source.target").at(buf, cursor[1] - 1, cursor[2])
  if #targets == 0 then
    if opts.otherwise then
      press(opts.otherwise)
    else
      say(message, vim.log.levels.INFO)
    end
    return
  end
  targets = opts.all and targets or ties(targets)
  if #targets == 1 then
    M.open(targets[1], opts.how)
    return
  end
  vim.ui.select(targets, {
    prompt = "Sources",
    kind = "galley.source",
    format_item = describe,
  }, function(target)
    if target then
      M.open(target, opts.how)
    end
  end)
end

--- Goes from the cursor to its source, when the sources have been read.
--- @param opts? galley.JumpOptions
function M.go(opts)
  opts = opts or {}
  local here = api.nvim_win_get_cursor(0)
  local buf = api.nvim_get_current_buf()
  local cited, problem = require("galley.source.target").cited(buf, here[1] - 1, here[2])
  if cited then
    M.open(cited, opts.how)
    return
  elseif problem then
    say(problem)
    return
  end
  M.with_sources(function(article, cursor)
    finish(opts, article, cursor)
  end)
end

--- Calls back with the buffer and the cursor when its sources have been read, if the user is still
--- there.
--- @param callback fun(buf: integer, cursor: integer[])
function M.with_sources(callback)
  local buf, cursor = api.nvim_get_current_buf(), api.nvim_win_get_cursor(0)
  local source = require("galley.source")
  if not require("galley.buffer").attached[buf] then
    say(select(2, require("galley.buffer").document(buf)))
    return
  end
  source.ready(buf, function()
    if api.nvim_get_current_buf() == buf and vim.deep_equal(cursor, api.nvim_win_get_cursor(0)) then
      callback(buf, cursor)
    end
  end)
end

return M
