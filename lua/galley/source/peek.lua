-- :Galley peek: what a source says of what is under the cursor, in a window beside it.

local api = vim.api
local visible = require("galley.visible").line

local M = {}

local namespace = api.nvim_create_namespace("galley.source.peek")

local MOST = 8 -- lines of a source

local VERDICTS = {
  equal = "says the same",
  rounds = "agrees, rounded",
  computed = "follows from it",
  verbatim = "quoted word for word",
  elided = "quoted with marked changes",
  altered = "ALTERED",
  other = "ANOTHER VALUE",
}

--- What the window shows.
--- @class galley.Peek
--- @field lines string[]
--- @field marks {[1]: integer, [2]: integer, [3]: integer, [4]: string}[] line from 0, bytes, group

--- @param peek galley.Peek
--- @param text string
--- @param group? string
local function add(peek, text, group)
  if group then
    table.insert(peek.marks, { #peek.lines, 0, #text, group })
  end
  table.insert(peek.lines, text)
end

--- @param differences {expected: string, found: string, kind: string}[]
--- @return string
local function describe_differences(differences)
  local parts = {}
  for index, difference in ipairs(differences) do
    if index > 4 then
      table.insert(parts, ("and %d more"):format(#differences - 4))
      break
    end
    local function piece(text)
      return text ~= "" and ("“%s”"):format(visible(text)) or "nothing"
    end
    table.insert(
      parts,
      ("here %s, there %s"):format(piece(difference.expected), piece(difference.found))
    )
  end
  return table.concat(parts, "; ")
end

--- What the window says of a place.
--- @param target galley.SourceTarget
--- @param count integer of all places
--- @return galley.Peek
function M.content(target, count)
  local peek = { lines = {}, marks = {} }
  local found = target.candidate
  add(peek, visible(table.concat({ target.name, target.label }, ", ")), "Title")
  if found then
    local bad = found.verdict == "altered" or found.verdict == "other"
    -- Where the words differ the differences are the reason.
    local reason = #found.differences > 0 and describe_differences(found.differences)
      or visible(found.reason)
    local text = ("%s: %s"):format(VERDICTS[found.verdict] or found.verdict, reason)
    add(peek, text, bad and "DiagnosticWarn" or "DiagnosticOk")
    if count > 1 then
      add(peek, ("best of %d places; `:Galley source!` lists them"):format(count), "Comment")
    end
  end
  add(peek, "")
  if target.entry and target.entry.state == "indexed" then
    local excerpt = require("galley.source.excerpt").make(target, MOST)
    for index, line in ipairs(excerpt.lines) do
      add(peek, line, excerpt.context[index - 1] and "Comment" or nil)
    end
    local first = #peek.lines - #excerpt.lines
    for _, mark in ipairs(excerpt.marks) do
      table.insert(peek.marks, { first + mark[1], mark[2], mark[3], "GalleySourceMatch" })
    end
  elseif not target.entry then
    local buf = vim.fn.bufnr(target.file)
    local last = math.min(target.end_row + 1, target.row + MOST)
    for _, line in ipairs(buf > 0 and api.nvim_buf_get_lines(buf, target.row, last, false) or {}) do
      add(peek, visible(line))
    end
  end
  return peek
end

--- @param peek galley.Peek
local function show(peek)
  local buf, window = vim.lsp.util.open_floating_preview(peek.lines, "", {
    border = "rounded",
    focus_id = "galley.peek",
    max_width = math.max(20, math.min(76, vim.o.columns - 4)),
    max_height = math.max(5, vim.o.lines - 6),
    wrap = true,
  })
  api.nvim_buf_clear_namespace(buf, namespace, 0, -1)
  for _, mark in ipairs(peek.marks) do
    api.nvim_buf_set_extmark(buf, namespace, mark[1], mark[2], {
      end_col = mark[3],
      hl_group = mark[4],
      strict = false,
    })
  end
  for _, key in ipairs({ "q", "<Esc>" }) do
    api.nvim_buf_set_keymap(buf, "n", key, "", {
      noremap = true,
      nowait = true,
      callback = function()
        if api.nvim_win_is_valid(window) then
          api.nvim_win_close(window, true)
        end
      end,
    })
  end
end

--- Opens the window at the cursor; when it is open already, moves into it.
function M.open()
  require("galley.source.jump").with_sources(function(buf, cursor)
    local targets, message = require("galley.source.target").at(buf, cursor[1] - 1, cursor[2], true)
    if #targets == 0 then
      require("galley.message").say(message, vim.log.levels.INFO)
      return
    end
    show(M.content(targets[1], #targets))
  end)
end

return M
