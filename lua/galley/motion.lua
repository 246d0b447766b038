-- From one thing that is marked to the next: figures, quotes, dates, names, citations, open facts,
-- findings.

local api = vim.api
local buffers = require("galley.buffer")
local kinds = require("galley.kinds")

local M = {}

local ROWS = 64 -- of the article that are looked through at a time

--- A place to go to. A span is one.
--- @class galley.Stop
--- @field start_row integer
--- @field start_col integer

--- What can be gone to.
--- @class galley.MotionTarget
--- @field name string as messages call it
--- @field list fun(buf: integer, doc: table, first: integer, last: integer): galley.Stop[] those that touch rows [first, last), in text order

--- @param kind string
--- @return galley.MotionTarget
local function of_kind(kind)
  return {
    name = kind,
    list = function(_, doc, first, last)
      return doc:spans(first, last, kinds.wanted(kinds.mask({ kind })))
    end,
  }
end

--- The targets, by the names that maps and `:Galley go` have for them.
--- @type table<string, galley.MotionTarget>
M.TARGETS = {
  figure = of_kind("figure"),
  quote = of_kind("quote"),
  date = of_kind("date"),
  entity = of_kind("entity"),
  citation = of_kind("citation"),
  fact = {
    name = "open fact",
    list = function(buf, doc, first, last)
      return require("galley.ledger.motion").open_in(buf, doc, nil, first, last)
    end,
  },
  finding = {
    name = "finding",
    list = function(buf, _, first, last)
      return vim.tbl_filter(function(finding)
        return finding.start_row < last and finding.end_row >= first
      end, require("galley.check").findings(buf) or {})
    end,
  },
}

--- Whether a stop lies after a position, or before it if `direction` is -1.
--- @param stop galley.Stop
--- @param row integer
--- @param col integer
--- @param direction integer
--- @return boolean
local function is_beyond(stop, row, col, direction)
  local rows = (stop.start_row - row) * direction
  return rows > 0 or rows == 0 and (stop.start_col - col) * direction > 0
end

--- @class galley.MotionSearch
--- @field buf integer
--- @field doc table
--- @field target galley.MotionTarget
--- @field direction integer
--- @field left integer of the count

--- The stops that begin in rows [first, last), one where several begin together.
--- @param search galley.MotionSearch
--- @param first integer
--- @param last integer
--- @return galley.Stop[]
local function starting(search, first, last)
  local stops, before = {}, nil
  for _, stop in ipairs(search.target.list(search.buf, search.doc, first, last)) do
    local again = before
      and before.start_row == stop.start_row
      and before.start_col == stop.start_col
    if stop.start_row >= first and stop.start_row < last and not again then
      stops[#stops + 1] = stop
      before = stop
    end
  end
  return stops
end

--- The count-th stop in rows [low, high) that `take` takes.
--- @param search galley.MotionSearch
--- @param low integer
--- @param high integer
--- @param take fun(stop: galley.Stop): boolean
--- @return galley.Stop?
local function look(search, low, high, take)
  local forward = search.direction > 0
  local row = forward and low or high
  while forward and row < high or not forward and row > low do
    local first = forward and row or math.max(low, row - ROWS)
    local last = forward and math.min(high, row + ROWS) or row
    local found = vim.tbl_filter(take, starting(search, first, last))
    if #found >= search.left then
      return found[forward and search.left or #found - search.left + 1]
    end
    search.left = search.left - #found
    row = forward and last or first
  end
end

--- @return boolean
local function opens_folds()
  local words = vim.split(vim.o.foldopen, ",")
  return vim.tbl_contains(words, "search") or vim.tbl_contains(words, "all")
end

--- @param stop galley.Stop
local function jump(stop)
  local pending = api.nvim_get_mode().mode:sub(1, 2) == "no"
  api.nvim_command("normal! m'")
  api.nvim_win_set_cursor(0, { stop.start_row + 1, stop.start_col })
  if not pending and opens_folds() then
    api.nvim_command("normal! zv")
  end
end

--- Gives up a motion; a pending operator shall not act on what the cursor stayed on.
local function give_up()
  if api.nvim_get_mode().mode:sub(1, 2) == "no" then
    vim.cmd("normal! \28\14")
  end
end

--- @param target galley.MotionTarget
--- @param direction integer
--- @param count integer
--- @return galley.MotionSearch? search
--- @return string? message
local function new_search(target, direction, count)
  local buf = api.nvim_get_current_buf()
  local doc, message = buffers.document(buf)
  if not doc then
    give_up()
    return nil, message
  end
  return { buf = buf, doc = doc, target = target, direction = direction, left = count }
end

--- Goes to the count-th of what is marked after the cursor, or before it.
--- @param target galley.MotionTarget
--- @param direction integer 1 or -1
--- @param count integer
--- @return string? message why not
function M.go(target, direction, count)
  local search, message = new_search(target, direction, count)
  if not search then
    return message
  end
  local cursor = api.nvim_win_get_cursor(0)
  local row, col, rows = cursor[1] - 1, cursor[2], api.nvim_buf_line_count(search.buf)
  local low, high = direction > 0 and row or 0, direction > 0 and rows or row + 1
  local found = look(search, low, high, function(stop)
    return is_beyond(stop, row, col, direction)
  end)
  local wrapped = false
  if not found and vim.o.wrapscan then
    -- Round and round: what is left of the count is taken from the whole article.
    local all = starting(search, 0, rows)
    local left = #all > 0 and (search.left - 1) % #all + 1 or 0
    found = all[direction > 0 and left or #all - left + 1]
    wrapped = found ~= nil
  end
  if not found then
    give_up()
    local where = vim.o.wrapscan and "in the article" or direction > 0 and "below" or "above"
    return ("galley: no %s %s"):format(target.name, where)
  end
  jump(found)
  if wrapped then
    local text = direction > 0 and "galley: went on at the top" or "galley: went on at the bottom"
    api.nvim_echo({ { text, "WarningMsg" } }, false, {})
  end
end

--- Goes to the first of what is marked in the article, or to the last; with a count to the count-th
--- from there.
--- @param target galley.MotionTarget
--- @param direction integer 1 the first, -1 the last
--- @param count integer
--- @return string? message why not
function M.edge(target, direction, count)
  local search, message = new_search(target, direction, count)
  if not search then
    return message
  end
  local all = starting(search, 0, api.nvim_buf_line_count(search.buf))
  local index = math.min(count, #all)
  local found = all[direction > 0 and index or #all - index + 1]
  if not found then
    give_up()
    return ("galley: no %s in the article"):format(target.name)
  end
  jump(found)
end

local WAYS = { "next", "previous", "first", "last" }

--- @type {name: string, direction: integer}?
local last

--- Whether ; and , are mapped to repeat these motions.
--- @return boolean
local function shares_keys()
  local maps = vim.fn.maparg(";", "n") .. vim.fn.maparg(",", "n")
  return maps:find("<Plug>(galley-again", 1, true) ~= nil
end

--- What is wrong with what another plugin asks for.
--- @param name any
--- @param way any
--- @return string?
local function mistake(name, way)
  local text = "galley: nothing called `%s` to go to (one of: %s)"
  if name == nil or not M.TARGETS[name] then
    local names = vim.tbl_keys(M.TARGETS)
    table.sort(names)
    return text:format(tostring(name), table.concat(names, ", "))
  elseif not vim.tbl_contains(WAYS, way) then
    return text:format(tostring(way), table.concat(WAYS, ", "))
  end
end

--- What a map does.
--- @param name string of M.TARGETS
--- @param way "next"|"previous"|"first"|"last"
function M.map(name, way)
  local target, message = M.TARGETS[name], mistake(name, way)
  if message then
    give_up()
  elseif way == "first" or way == "last" then
    message = M.edge(target, way == "first" and 1 or -1, vim.v.count1)
  else
    last = { name = name, direction = way == "next" and 1 or -1 }
    if shares_keys() then
      -- What ; and , would go to is forgotten, so that an f, F, t or T after this is seen.
      vim.fn.setcharsearch({ char = "" })
    end
    message = M.go(target, last.direction, vim.v.count1)
  end
  require("galley.message").say(message)
end

--- Does what ; or , do without a map.
--- @param reverse boolean
local function search_character(reverse)
  local keys = vim.v.count1 .. (reverse and "," or ";")
  local forward = (vim.fn.getcharsearch().forward == 1) ~= reverse
  if api.nvim_get_mode().mode:sub(1, 2) ~= "no" then
    api.nvim_command("normal! " .. keys)
    return
  end
  local before = api.nvim_win_get_cursor(0)
  -- An operator takes the character that f or t goes to, but not the one that it comes from.
  api.nvim_command("normal! " .. (forward and "v" or "") .. keys)
  if vim.deep_equal(before, api.nvim_win_get_cursor(0)) then
    if forward then
      api.nvim_command("normal! \27")
    end
    give_up()
  end
end

--- Repeats the last motion by a map. Where that is on ; and , these do what they do in Neovim when
--- an f, F, t or T came after the last motion, or there was none.
--- @param reverse boolean the other way
function M.again(reverse)
  if shares_keys() and (not last or vim.fn.getcharsearch().char ~= "") then
    search_character(reverse)
  elseif last then
    local direction = reverse and -last.direction or last.direction
    require("galley.message").say(M.go(M.TARGETS[last.name], direction, vim.v.count1))
  else
    give_up()
  end
end

return M
