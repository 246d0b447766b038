-- Names as the article spells them.

local api = vim.api
local form = require("galley.name_form")
local place = require("galley.server.place")
local position = require("galley.server.position")
local visible = require("galley.visible")

local M = {}

local LONGEST = 60 -- screen cells of a label
local WORDS = 4 -- before the cursor that may belong to the name

--- Leaves out the capitals of headlines, where the article has the name in small letters too.
--- @param list {text: string, detail: string, count: integer}[]
--- @return {text: string, detail: string, count: integer}[]
local function without_headlines(list)
  local small = {}
  for _, spelling in ipairs(list) do
    if not form.is_upper(spelling.text) then
      small[vim.fn.tolower(spelling.text)] = true
    end
  end
  return vim.tbl_filter(function(spelling)
    return not form.is_upper(spelling.text) or not small[vim.fn.tolower(spelling.text)]
  end, list)
end

--- The spellings of the article: each full name, and the other forms that it uses.
--- @param request galley.Request
--- @return {text: string, detail: string, count: integer}[]
local function spellings(request)
  local by_text, list = {}, {}
  local function add(text, span)
    local known = by_text[text]
    if not known then
      known = { text = text, detail = span.subtype or span.type, count = 0 }
      by_text[text] = known
      table.insert(list, known)
    end
    known.count = known.count + 1
  end
  for _, span in ipairs(place.spans(request, { "entity" })) do
    local under_cursor = span.start_row == request.row
      and span.start_col < request.col
      and span.end_col >= request.col
    -- What is being typed is no spelling to go by.
    if not under_cursor then
      add(form.clean(span.text), span)
    end
  end
  list = without_headlines(list)
  table.sort(list, function(a, b)
    if a.count ~= b.count then
      return a.count > b.count
    end
    return a.text < b.text
  end)
  return list
end

--- The spellings found last, by buffer. While somebody types they stay: a long article is not read
--- again for each key.
--- @type table<integer, {text: string, detail: string, count: integer}[]>
local known = {}

--- @param request galley.Request
--- @return {text: string, detail: string, count: integer}[]
local function known_spellings(request)
  known[request.buf] = known[request.buf] or spellings(request)
  return known[request.buf]
end

local group = api.nvim_create_augroup("galley.server.completion", {})
api.nvim_create_autocmd("BufUnload", {
  group = group,
  callback = function(event)
    known[event.buf] = nil
  end,
})
api.nvim_create_autocmd("User", {
  group = group,
  pattern = "GalleyUpdate",
  callback = function(event)
    if event.data then
      known[event.data.buf] = nil
    end
  end,
})

--- Where the last words before the cursor begin, the longest run first.
--- @param before string
--- @return integer[] bytes
local function word_starts(before)
  local starts = {}
  local at = #before
  for _ = 1, WORDS do
    local start = before:sub(1, at):match("()[%w\128-\255'@#.-]+%s*$")
    if not start then
      break
    end
    table.insert(starts, 1, start - 1)
    at = start - 1
    if before:sub(at, at):find("[^%s]") then
      break
    end
  end
  return starts
end

--- @param typed string
--- @param text string
--- @return boolean
local function begins(typed, text)
  local count = vim.fn.strchars(typed)
  return vim.fn.strchars(text) > count
    and vim.fn.tolower(vim.fn.strcharpart(text, 0, count)) == vim.fn.tolower(typed)
end

--- @param request galley.Request
local function complete(request)
  local line = api.nvim_buf_get_lines(request.buf, request.row, request.row + 1, false)[1] or ""
  local before = line:sub(1, request.col)
  local starts = word_starts(before)
  local items = {}
  for index, spelling in ipairs(#starts > 0 and known_spellings(request) or {}) do
    for _, start in ipairs(starts) do
      if begins(before:sub(start + 1), spelling.text) then
        local range = { start_row = request.row, start_col = start, end_row = request.row }
        range.end_col = request.col
        table.insert(items, {
          label = visible.fit(spelling.text, LONGEST),
          kind = vim.lsp.protocol.CompletionItemKind.Text,
          detail = spelling.detail,
          sortText = ("%05d"):format(index),
          filterText = spelling.text,
          textEdit = {
            range = position.range(request.buf, range, request.encoding),
            newText = spelling.text,
          },
        })
        break
      end
    end
  end
  return { isIncomplete = true, items = items }
end

local CAPITALS = vim.split("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "")

M.capabilities = {
  completionProvider = { triggerCharacters = CAPITALS, resolveProvider = false },
}
M.methods = { ["textDocument/completion"] = complete }

return M
