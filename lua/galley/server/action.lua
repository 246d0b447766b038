-- What can be done at a place: repairs of what checks found, ticks for the ledger, names for
-- galley.names, quotation marks of one shape, dates in another form.

local api = vim.api
local form = require("galley.name_form")
local place = require("galley.server.place")
local position = require("galley.server.position")
local server = require("galley.server")
local visible = require("galley.visible")

local M = {}

local REVIEW, NAME, WAIVE = "galley.review", "galley.name", "galley.waive"

--- @param request galley.Request
--- @param edits galley.Edit[]
--- @return table workspace edit
local function workspace_edit(request, edits)
  local changes = vim.tbl_map(function(edit)
    return { range = position.range(request.buf, edit, request.encoding), newText = edit.text }
  end, edits)
  return { changes = { [request.params.textDocument.uri] = changes } }
end

--- An action that the server carries out itself.
--- @param request galley.Request
--- @param title string
--- @param command string
--- @param ... any
--- @return table
local function order(request, title, command, ...)
  local arguments = { request.params.textDocument.uri, ... }
  return {
    title = title,
    kind = "",
    command = { title = title, command = command, arguments = arguments },
  }
end

--- @param finding table
--- @param request galley.Request
--- @return boolean
local function touches(finding, request)
  local after = request.row > finding.end_row
    or request.row == finding.end_row and request.col > finding.end_col
  local last = request.last_row
  local before = last < finding.start_row
    or last == finding.start_row and request.last_col < finding.start_col
  return not after and not before
end

--- @param request galley.Request
--- @param actions table[]
local function repairs(request, actions)
  for _, finding in ipairs(require("galley.check").findings(request.buf) or {}) do
    if touches(finding, request) then
      for index, repair in ipairs(finding.repairs or {}) do
        table.insert(actions, {
          title = visible.line(repair.title, 120),
          kind = "quickfix",
          isPreferred = index == 1 or nil,
          edit = workspace_edit(request, repair.edits),
        })
      end
      if finding.key then
        local title = ("Waive: %s"):format(visible.fit(finding.message, 60))
        table.insert(actions, order(request, title, WAIVE, finding.key))
      end
    end
  end
end

local TICKS = {
  { "verified", "Verify “%s”" },
  { "queried", "Query “%s”" },
  { "wrong", "Mark “%s” as wrong" },
  { "waived", "Waive “%s”" },
  { "open", "Open “%s” again" },
}

--- @param request galley.Request
--- @param actions table[]
local function ticks(request, actions)
  local span = require("galley.ledger.facts").at(request.doc, request.row, request.col)
  if not span then
    return
  end
  local status = require("galley.ledger").status(request.buf, span)
  for _, tick in ipairs(TICKS) do
    if tick[1] ~= status then
      local title = tick[2]:format(visible.fit(span.content or span.text, 30))
      table.insert(actions, order(request, title, REVIEW, request.row, request.col, tick[1]))
    end
  end
end

-- Words that have a capital at the start of a sentence and are no names.
local COMMON = {}
for word in
  (
    "a after all an and as at before but by each every few for from he her here his how i if in it "
    .. "its many more most my no nobody not nothing of on one or our she so some such that the their then "
    .. "there these they this those to two we what when where which while who why with yes yet you your"
  ):gmatch("%a+")
do
  COMMON[word] = true
end

--- The name at the place: what is marked as one, else a word with a capital.
--- @param request galley.Request
--- @return string? name
--- @return string? type that it has now
local function name_at(request)
  local span = place.at(request, { "entity" })
  if span then
    return form.clean(span.text), span.type
  end
  local line = api.nvim_buf_get_lines(request.buf, request.row, request.row + 1, false)[1] or ""
  line = line:gsub("\226\128[\128-\191]", "   ") -- dashes and quotation marks
  for start, word, stop in line:gmatch("()([%w\128-\255'-]+)()") do
    if start - 1 <= request.col and request.col < stop - 1 then
      local folded = vim.fn.tolower(word)
      return folded ~= word and not COMMON[folded] and word or nil
    end
  end
end

--- @param request galley.Request
--- @param actions table[]
local function names(request, actions)
  local name, type = name_at(request)
  if not name then
    return
  end
  for _, other in ipairs({ "person", "organization", "place", "other" }) do
    if other ~= type then
      local title = ("“%s” is %s: add to galley.names"):format(
        visible.fit(name, 30),
        other == "other" and "another name"
          or other == "organization" and "an organization"
          or "a " .. other
      )
      table.insert(actions, order(request, title, NAME, name, other))
    end
  end
  if type then
    local title = ("“%s” is no name: add to galley.names"):format(visible.fit(name, 30))
    table.insert(actions, order(request, title, NAME, name, "none"))
  end
end

local SHAPES = {
  {
    title = "Curly quotation marks",
    open = { ['"'] = "“", ["'"] = "‘" },
    close = { ['"'] = "”", ["'"] = "’" },
  },
  {
    title = "Straight quotation marks",
    open = { ["“"] = '"', ["‘"] = "'" },
    close = { ["”"] = '"', ["’"] = "'" },
  },
}

--- The edits that give the quotes of some rows marks of one shape.
--- @param request galley.Request
--- @param shape table
--- @param first integer
--- @param last integer
--- @return galley.Edit[]
local function mark_edits(request, shape, first, last)
  local edits = {}
  local function change(start, stop, to)
    local range = place.bytes(request, start, stop)
    range.text = to
    table.insert(edits, range)
  end
  for _, span in ipairs(place.spans(request, { "quote" }, first, last)) do
    if span.content_start then
      local opening = span.text:sub(1, span.content_start - span.start)
      local closing = span.text:sub(span.content_end - span.start + 1)
      if shape.open[opening] then
        change(span.start, span.content_start, shape.open[opening])
      end
      if shape.close[closing] then
        change(span.content_end, span["end"], shape.close[closing])
      end
    end
  end
  table.sort(edits, function(a, b)
    if a.start_row ~= b.start_row then
      return a.start_row < b.start_row
    end
    return a.start_col < b.start_col
  end)
  return edits
end

--- Marks of one shape, offered on a quote and for a selection: for the whole article.
--- @param request galley.Request
--- @param actions table[]
local function quote_marks(request, actions)
  if not place.at(request, { "quote" }) and request.row == request.last_row then
    return
  end
  for _, shape in ipairs(SHAPES) do
    local edits = mark_edits(request, shape, 0, -1)
    if #edits > 0 then
      local places = #edits == 1 and "1 mark" or ("%d marks"):format(#edits)
      table.insert(actions, {
        title = ("%s throughout (%s)"):format(shape.title, places),
        kind = "refactor.rewrite",
        edit = workspace_edit(request, edits),
      })
    end
  end
end

--- Other ways to write the date at the place.
--- @param request galley.Request
--- @param actions table[]
local function dates(request, actions)
  local span = place.at(request, { "date" })
  for _, text in ipairs(span and require("galley.date_form").others(span.text) or {}) do
    local edit = { start_row = span.start_row, start_col = span.start_col, text = text }
    edit.end_row, edit.end_col = span.end_row, span.end_col
    table.insert(actions, {
      title = ("Write the date as %s"):format(visible.fit(text, 40)),
      kind = "refactor.rewrite",
      edit = workspace_edit(request, { edit }),
    })
  end
end

--- @param only? string[]
--- @param kind string
--- @return boolean
local function wanted(only, kind)
  for _, prefix in ipairs(only or {}) do
    if prefix == "" or kind == prefix or vim.startswith(kind, prefix .. ".") then
      return true
    end
  end
  return only == nil
end

--- @param request galley.Request
local function actions_at(request)
  local range = request.params.range
  local sound = type(range) == "table"
    and position.is_sound(range.start)
    and position.is_sound(range["end"])
  if not sound then
    return nil, server.problem(server.ERRORS.INVALID_PARAMS, "galley: no range")
  end
  request.row, request.col = position.to_byte(request.buf, range.start, request.encoding)
  request.last_row, request.last_col = position.to_byte(request.buf, range["end"], request.encoding)
  local actions = {}
  repairs(request, actions)
  ticks(request, actions)
  quote_marks(request, actions)
  dates(request, actions)
  names(request, actions)
  local only = vim.tbl_get(request.params, "context", "only")
  return vim.tbl_filter(function(action)
    return wanted(only, action.kind)
  end, actions)
end

--- @type table<string, fun(buf: integer, ...): boolean?, string?>
local COMMANDS = {
  [REVIEW] = function(buf, row, col, status)
    return require("galley.ledger").set(buf, row, col, status)
  end,
  [NAME] = function(buf, name, type)
    local path, message = require("galley.names").add(buf, name, type)
    return path ~= nil, message
  end,
  [WAIVE] = function(buf, key)
    for _, finding in ipairs(require("galley.check").findings(buf) or {}) do
      if finding.key == key then
        vim.ui.input({ prompt = "Reason: " }, function(reason)
          if reason then
            local _, message = require("galley.check").waive(buf, finding, reason)
            require("galley.message").say(message)
          end
        end)
        return true
      end
    end
    return nil, "galley: the finding is gone"
  end,
}

--- @param request galley.Request
local function execute(request)
  local command = COMMANDS[request.params.command]
  local arguments = request.params.arguments or {}
  local buf = type(arguments[1]) == "string" and position.buffer(arguments[1])
  if not command or not buf then
    local message = command and "galley: no such buffer" or "galley: no such command"
    return nil, server.problem(server.ERRORS.INVALID_PARAMS, message)
  end
  local done, message = command(buf, unpack(arguments, 2))
  if not done then
    return nil, server.problem(server.ERRORS.FAILED, message or "galley: failed")
  end
end

M.capabilities = {
  codeActionProvider = { codeActionKinds = { "quickfix", "refactor.rewrite", "" } },
  executeCommandProvider = { commands = { REVIEW, NAME, WAIVE } },
}
M.methods = {
  ["textDocument/codeAction"] = actions_at,
  ["workspace/executeCommand"] = execute,
}

return M
