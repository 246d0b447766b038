-- :Galley inspect: what the span under the cursor is, and why.

local api = vim.api

local M = {}

local LONGEST = 200 -- bytes of a text that are shown

--- @param text string
--- @return string
local function visible(text)
  return require("galley.visible").line(text, LONGEST)
end

--- @param first integer
--- @param last integer
--- @return string
local function bytes(first, last)
  return ("bytes %d-%d"):format(first, last)
end

--- @param span galley.Span
--- @return string
local function range(span)
  return ("%d:%d to %d:%d, %s"):format(
    span.start_row + 1,
    span.start_col + 1,
    span.end_row + 1,
    span.end_col + 1,
    bytes(span.start, span["end"])
  )
end

local HEDGES = { ["~"] = "about", ["<"] = "less than", [">"] = "more than" }
local GENDERS = { m = "male", f = "female" }

--- The rows of the window: a label, and what it says of a span (nil: no row).
--- @type {[1]: string, [2]: fun(span: table): any}[]
local ROWS = {
  {
    "kind",
    function(span)
      return span.subtype and ("%s (%s)"):format(span.kind, span.subtype) or span.kind
    end,
  },
  {
    "type",
    function(span)
      return span.type
    end,
  },
  {
    "value",
    function(span)
      return span.value
    end,
  },
  {
    "unit",
    function(span)
      return span.unit
    end,
  },
  {
    "hedge",
    function(span)
      return span.hedge and (HEDGES[span.hedge] or span.hedge)
    end,
  },
  {
    "counts",
    function(span)
      return span.noun
    end,
  },
  {
    "interval",
    function(span)
      return span.low and span.low ~= span.high and ("%.14g to %.14g"):format(span.low, span.high)
    end,
  },
  {
    "days",
    function(span)
      return span.first_day
        and (
          span.first_day == span.last_day and span.first_day
          or ("%s to %s"):format(span.first_day, span.last_day)
        )
    end,
  },
  {
    "certainty",
    function(span)
      return span.confidence
    end,
  },
  {
    "counted from",
    function(span)
      if span.anchor == "document" then
        return "the document date, " .. tostring(span.anchor_day)
      end
      if span.anchor == "mention" then
        return "the date mentioned before"
      end
      return span.anchor ~= "none" and span.anchor or nil
    end,
  },
  {
    "name",
    function(span)
      return span.name
    end,
  },
  {
    "entity",
    function(span)
      return span.entity
    end,
  },
  {
    "gender",
    function(span)
      return span.gender and (GENDERS[span.gender] or span.gender)
    end,
  },
  {
    "state",
    function(span)
      return span.state
    end,
  },
  {
    "speaker",
    function(span)
      if not span.speaker then
        return span.speaker_name
      end
      if span.speaker_name and span.speaker_name ~= span.speaker then
        return ("%s (%s)"):format(span.speaker, span.speaker_name)
      end
      return span.speaker
    end,
  },
  {
    "cue",
    function(span)
      return span.cue
    end,
  },
  {
    "target",
    function(span)
      return span.target_start and bytes(span.target_start, span.target_end)
    end,
  },
  {
    "rule",
    function(span)
      return span.rule
    end,
  },
  {
    "speaker rule",
    function(span)
      return span.speaker_rule
    end,
  },
  { "range", range },
}

--- What the window says of a span: the text, then a row for each thing known.
--- @param span galley.Span
--- @param buf? integer that it is from, for what the ledger says of it
--- @return string[]
function M.lines(span, buf)
  local lines = { visible(span.text), "" }
  local function add(label, value)
    if value and value ~= "" then
      lines[#lines + 1] = ("%-13s%s"):format(label, visible(tostring(value)))
    end
  end
  for _, row in ipairs(ROWS) do
    add(row[1], row[2](span))
  end
  if buf then
    for _, row in ipairs(require("galley.bibliography").rows(buf, span)) do
      add(row[1], row[2])
    end
    for _, row in ipairs(require("galley.ledger.describe").rows(buf, span)) do
      add(row[1], row[2])
    end
  end
  for _, row in ipairs(buf and require("galley.check").rows(buf, span) or {}) do
    add(row[1], row[2])
  end
  return lines
end

--- Closes the window when the cursor goes on. A command that moved the cursor before it asked, as
--- in `call search("x") | Galley inspect`, has its CursorMoved still to come: that is no reason.
--- @param window integer
local function close_on_move(window)
  local article, origin = api.nvim_get_current_buf(), api.nvim_get_current_win()
  local place = api.nvim_win_get_cursor(origin)
  api.nvim_create_autocmd({ "CursorMoved", "CursorMovedI", "InsertCharPre", "BufHidden" }, {
    buffer = article,
    callback = function(event)
      local moving = event.event == "CursorMoved" or event.event == "CursorMovedI"
      if not api.nvim_win_is_valid(window) then
        return true
      elseif moving and api.nvim_get_current_win() == origin then
        if vim.deep_equal(api.nvim_win_get_cursor(origin), place) then
          return
        end
      end
      if not pcall(api.nvim_win_close, window, true) then
        -- Not here: another plugin's callback, or an expression, is being worked out.
        vim.schedule(function()
          if api.nvim_win_is_valid(window) then
            api.nvim_win_close(window, true)
          end
        end)
      end
      return true
    end,
  })
end

--- Opens the window at the cursor; when it is open already, moves into it.
function M.open()
  local span, message = require("galley").span_at(0)
  if not span then
    require("galley.message").say(
      message or "galley: no span under the cursor",
      vim.log.levels.INFO
    )
    return
  end
  local article = api.nvim_get_current_buf()
  local lines = M.lines(span, article)
  for _, row in ipairs(require("galley.check").rows(article, span, true)) do
    lines[#lines + 1] = ("%-13s%s"):format(row[1], visible(row[2]))
  end
  local origin = api.nvim_get_current_win()
  local buf, window = vim.lsp.util.open_floating_preview(lines, "", {
    close_events = {},
    border = "rounded",
    focus_id = "galley.inspect",
    max_width = math.max(20, math.min(72, vim.o.columns - 4)),
    wrap = true,
  })
  if api.nvim_get_current_win() == origin then
    close_on_move(window)
  end
  local namespace = api.nvim_create_namespace("galley.inspect")
  api.nvim_buf_clear_namespace(buf, namespace, 0, -1)
  for row = 2, #lines - 1 do
    local mark = { end_col = 12, hl_group = "Title", strict = false }
    api.nvim_buf_set_extmark(buf, namespace, row, 0, mark)
  end
end

return M
