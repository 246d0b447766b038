-- Shows what the checks find as diagnostics, and what holds as faint marks.

local api = vim.api
local buffers = require("galley.buffer")
local config = require("galley.config")
local visible = require("galley.visible").line

local M = {}

--- The namespace of the diagnostics, for vim.diagnostic.config() and its kin.
M.namespace = api.nvim_create_namespace("galley")

local TICKS = api.nvim_create_namespace("galley.ticks")

-- Buffers whose findings wait for the end of a word.
local waiting = {} --- @type table<integer, boolean>

local SEVERITIES = {
  hint = vim.diagnostic.severity.HINT,
  info = vim.diagnostic.severity.INFO,
  warn = vim.diagnostic.severity.WARN,
  error = vim.diagnostic.severity.ERROR,
}

--- @param buf integer
--- @param row integer
--- @param col integer
--- @return {line: integer, character: integer}
local function lsp_position(buf, row, col)
  local line = api.nvim_buf_get_lines(buf, row, row + 1, false)[1] or ""
  local _, utf16 = vim.str_utfindex(line, math.min(col, #line))
  return { line = row, character = utf16 }
end

--- @param buf integer
--- @param range {start_row: integer, start_col: integer, end_row: integer, end_col: integer}
--- @return table
local function lsp_range(buf, range)
  return {
    start = lsp_position(buf, range.start_row, range.start_col),
    ["end"] = lsp_position(buf, range.end_row, range.end_col),
  }
end

--- A finding as a language server would send it, which is how Neovim shows related places.
--- @param buf integer
--- @param finding galley.Finding
--- @return table
function M.to_lsp(buf, finding)
  local related = {}
  local uri = vim.uri_from_bufnr(buf)
  for _, place in ipairs(finding.related) do
    local outside = place.path and vim.fn.bufadd(place.path)
    related[#related + 1] = {
      location = {
        uri = place.path and vim.uri_from_fname(place.path) or uri,
        range = lsp_range(outside or buf, place),
      },
      message = visible(place.message),
    }
  end
  return {
    range = lsp_range(buf, finding),
    severity = SEVERITIES[finding.severity],
    code = finding.check,
    source = "galley",
    message = visible(finding.message),
    relatedInformation = related,
    data = { key = finding.key },
  }
end

--- @param buf integer
--- @param finding galley.Finding
--- @return vim.Diagnostic
local function diagnostic(buf, finding)
  return {
    lnum = finding.start_row,
    col = finding.start_col,
    end_lnum = finding.end_row,
    end_col = finding.end_col,
    severity = SEVERITIES[finding.severity],
    message = visible(finding.message),
    source = "galley",
    code = finding.check,
    user_data = {
      galley = { key = finding.key, related = finding.related },
      lsp = api.nvim_buf_get_name(buf) ~= "" and M.to_lsp(buf, finding) or nil,
    },
  }
end

--- Whether the cursor is in a word that is being written.
--- @param buf integer
--- @return boolean
local function in_word(buf)
  if api.nvim_get_current_buf() ~= buf or not api.nvim_get_mode().mode:find("^[iR]") then
    return false
  end
  local cursor = api.nvim_win_get_cursor(0)
  local before = api.nvim_get_current_line():sub(1, cursor[2])
  local last = vim.fn.strcharpart(before, vim.fn.strchars(before) - 1, 1)
  -- A figure goes on behind its point or currency sign, a word behind its hyphen or apostrophe.
  return last ~= ""
    and (
      vim.fn.charclass(last) >= 2
      or last:find("^[$£€¥#%-'’‘“\"(]") ~= nil
      or before:find("%d[.,:/]$") ~= nil
    )
end

--- Marks what holds.
--- @param buf integer
--- @param ticks galley.Finding[]
local function show_ticks(buf, ticks)
  api.nvim_buf_clear_namespace(buf, TICKS, 0, -1)
  if not config.get().ticks then
    return
  end
  for _, tick in ipairs(ticks) do
    api.nvim_buf_set_extmark(buf, TICKS, tick.end_row, tick.end_col, {
      virt_text = { { "✓", "GalleyTick" } },
      virt_text_pos = "inline",
      right_gravity = false,
      strict = false,
    })
  end
end

--- Runs the checks and shows what they found; in the middle of a word, when it ends.
--- @param buf? integer
function M.publish(buf)
  buf = buffers.number(buf)
  if not (buffers.attached[buf] and api.nvim_buf_is_loaded(buf)) then
    return
  end
  if in_word(buf) then
    waiting[buf] = true
    return
  end
  waiting[buf] = nil
  local found = require("galley.check").run(buf)
  if not found then
    return
  end
  local shown = {}
  if config.get().diagnostics then
    for _, finding in ipairs(found.findings) do
      shown[#shown + 1] = diagnostic(buf, finding)
    end
  end
  vim.diagnostic.set(M.namespace, buf, shown)
  show_ticks(buf, found.ticks)
  api.nvim_exec_autocmds("User", {
    pattern = "GalleyCheck",
    modeline = false,
    data = { buf = buf },
  })
end

--- Takes everything off a buffer.
--- @param buf integer
local function clear(buf)
  waiting[buf] = nil
  require("galley.check").forget(buf)
  if api.nvim_buf_is_valid(buf) then
    vim.diagnostic.reset(M.namespace, buf)
    api.nvim_buf_clear_namespace(buf, TICKS, 0, -1)
  end
end

--- @param buf integer
local function refresh(buf)
  require("galley.check").forget(buf)
  M.publish(buf)
end

--- Shows the findings of all annotated buffers again: the settings changed.
function M.update()
  for buf in pairs(buffers.attached) do
    refresh(buf)
  end
end

local enabled = false

--- Follows the annotated buffers from now on.
function M.enable()
  if enabled then
    return
  end
  enabled = true
  -- A proof is read while it is written: findings come when typing rests, also in insert mode.
  vim.diagnostic.config({ update_in_insert = true }, M.namespace)
  local group = api.nvim_create_augroup("galley.check", {})
  api.nvim_create_autocmd("User", {
    group = group,
    pattern = "GalleyUpdate",
    callback = function(event)
      local buf = event.data and event.data.buf
      if buf and buffers.attached[buf] then
        require("galley.check").forget(buf)
        require("galley.rest").work("check", buf, M.publish)
      end
    end,
  })
  api.nvim_create_autocmd("User", {
    group = group,
    pattern = { "GalleySources", "GalleyLedger" },
    callback = function(event)
      local buf = event.data and event.data.buf
      if buf and buffers.attached[buf] then
        refresh(buf)
      end
    end,
  })
  api.nvim_create_autocmd("User", {
    group = group,
    pattern = "GalleyDetach",
    callback = function(event)
      clear(event.data.buf)
    end,
  })
  api.nvim_create_autocmd({ "InsertLeave", "CursorMovedI", "BufLeave" }, {
    group = group,
    callback = function(event)
      local state = waiting[event.buf] and buffers.attached[event.buf]
      -- After an edit GalleyUpdate is on its way.
      if state and not state.stale then
        M.publish(event.buf)
      end
    end,
  })
end

return M
