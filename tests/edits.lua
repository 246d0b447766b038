-- Random editing: the commands of Neovim that change a text, on any text, seeded.
--
--   local edits = require("tests.edits")
--   local random, operations = edits.generator(seed), edits.operations(file)
--   operations.delete_word(random)

local M = {}

--- A generator of its own: math.random differs between builds.
---@param seed integer
---@return fun(limit: integer): integer 1 to limit
function M.generator(seed)
  local state = seed
  return function(limit)
    -- Numerical Recipes' constants; the low bits are thrown away.
    state = (state * 1664525 + 1013904223) % 4294967296
    return math.floor(state / 65536) % limit + 1
  end
end

local WORDS = {
  "the",
  "vote",
  "“Yes,”",
  "she",
  "said",
  "476",
  "MEPs",
  "in",
  "May",
  "2018.",
  "É",
  "naïve",
  "\t",
  "  ",
  "---",
  "> quoted",
  "# Head",
  "```",
  "[^1]:",
  "'tis",
  "\255\254",
  "日本",
  "🙂",
  "x\0y",
  "",
}

--- The operations on the current buffer, by name; each takes the random generator.
---@param file string that the buffer shows
---@return table<string, fun(random: fun(limit: integer): integer)>
function M.operations(file)
  local function words(random, most)
    local list = {}
    for index = 1, random(most) do
      list[index] = WORDS[random(#WORDS)]
    end
    return (table.concat(list, " "):gsub("%z", ""))
  end
  local function range(random)
    local a, b = random(vim.fn.line("$")), random(vim.fn.line("$"))
    if random(3) > 1 then
      b = math.min(vim.fn.line("$"), a + random(4) - 1)
    end
    return math.min(a, b), math.max(a, b)
  end
  local function go(random)
    local row = random(vim.fn.line("$"))
    vim.api.nvim_win_set_cursor(0, { row, random(#vim.fn.getline(row) + 1) - 1 })
  end
  local function normal(keys)
    keys = vim.api.nvim_replace_termcodes(keys, true, true, true)
    pcall(vim.cmd, {
      cmd = "normal",
      bang = true,
      args = { keys },
      mods = { silent = true, emsg_silent = true },
    })
  end
  local function ex(...)
    pcall(vim.cmd, (...):format(select(2, ...)))
  end
  local function keys_at(keys)
    return function(random)
      go(random)
      normal((random(3) == 1 and random(4) or "") .. keys)
    end
  end
  local function typed(lead)
    return function(random)
      go(random)
      normal(lead .. words(random, 6):gsub("<", "") .. "<Esc>")
    end
  end
  local function ranged(command)
    return function(random)
      local first, last = range(random)
      ex("silent! %d,%d" .. command, first, last)
    end
  end
  local function placed(command)
    return function(random)
      local first, last = range(random)
      ex("silent! %d,%d" .. command .. " %d", first, last, random(vim.fn.line("$") + 1) - 1)
    end
  end
  return {
    insert = typed("i"),
    append = typed("A"),
    change_word = typed("cw"),
    replace_mode = typed("R"),
    below = typed("o"),
    above = typed("O"),
    newline = keys_at("i<CR><Esc>"),
    two_lines = keys_at("aone<CR>two<CR>three<Esc>"),
    delete_character = keys_at("x"),
    delete_word = keys_at("dw"),
    delete_line = keys_at("dd"),
    delete_paragraph = keys_at("dap"),
    join = keys_at("J"),
    join_plain = keys_at("gJ"),
    yank = keys_at("yy"),
    yank_words = keys_at("y2w"),
    paste = keys_at("p"),
    paste_before = keys_at("P"),
    paste_indented = keys_at("]p"),
    undo = keys_at("u"),
    redo = keys_at("<C-r>"),
    older = keys_at("g-"),
    newer = keys_at("g+"),
    repeated = keys_at("."),
    case = keys_at("g~w"),
    case_line = keys_at("gUU"),
    indent = keys_at(">>"),
    outdent = keys_at("<<"),
    format = keys_at("gqap"),
    increment = keys_at("<C-a>"),
    transpose = keys_at("xp"),
    block_insert = keys_at("<C-v>jlIé<Esc>"),
    block_append = keys_at("<C-v>jj$A end<Esc>"),
    block_delete = keys_at("<C-v>jld"),
    block_change = keys_at("<C-v>jlcnew<Esc>"),
    block_paste = keys_at("<C-v>jlyp"),
    visual_replace = keys_at("vejp"),
    visual_line_move = keys_at("Vjdp"),
    substitute = function(random)
      local pairs_of =
        { { "e", "ee" }, { "the", "" }, { "$", "\\rmore" }, { "\\n", "" }, { "\\s", "_" } }
      local pair = pairs_of[random(#pairs_of)]
      local first, last = range(random)
      if random(3) == 1 then
        first, last = 1, vim.fn.line("$")
      end
      ex("silent! %d,%ds/%s/%s/%s", first, last, pair[1], pair[2], random(2) == 1 and "g" or "")
    end,
    global_delete = function(random)
      ex("silent! g/%s/d", ({ "vote", "^$", "x", "7" })[random(4)])
    end,
    global_move = function()
      ex("silent! g/a/m0")
    end,
    global_normal = function()
      ex("silent! g/said/normal! Anow")
    end,
    global_join = function()
      ex("silent! g/MEPs/j")
    end,
    global_copy = function()
      if vim.fn.line("$") < 200 then
        ex("silent! g/E/t.")
      end
    end,
    move = placed("m"),
    copy = placed("t"),
    delete_range = ranged("d"),
    join_range = ranged("j"),
    sort = ranged("sort"),
    sort_unique = ranged("sort! u"),
    center = ranged("center 40"),
    left = ranged("left"),
    shift = ranged(">"),
    retab = ranged("retab! 4"),
    filter = function(random)
      -- A process each time is slow, so fewer of them.
      if random(8) == 1 then
        local first, last = range(random)
        ex(
          "silent! %d,%d!%s",
          first,
          last,
          ({ "cat", "tr a-m n-z", "head -n 1", "sed p" })[random(4)]
        )
      end
    end,
    read_output = function(random)
      if random(8) == 1 then
        ex("silent! %dr !echo one; echo two", random(vim.fn.line("$") + 1) - 1)
      end
    end,
    write = function()
      ex("silent! write!")
    end,
    edit_again = function()
      ex("silent! edit!")
    end,
    edit_as = function(random)
      ex("silent! edit! ++ff=%s", ({ "unix", "dos", "mac" })[random(3)])
    end,
    file_changed = function()
      vim.fn.writefile({ "changed outside", "said 12 times" }, file, "a")
      ex("silent! checktime")
    end,
    file_format = function(random)
      ex("set ff=%s", ({ "unix", "dos", "mac" })[random(3)])
    end,
    end_of_line = function(random)
      ex("set %s", ({ "eol", "noeol fixeol", "noeol nofixeol", "bomb", "nobomb" })[random(5)])
    end,
    everything = function(random)
      if random(10) == 1 then
        ex("silent! %%d")
      end
    end,
    set_lines = function(random)
      local lines = {}
      for index = 1, random(4) - 1 do
        lines[index] = WORDS[random(#WORDS)]
      end
      local first, last = range(random)
      vim.api.nvim_buf_set_lines(0, first - 1, last, false, lines)
    end,
    set_text = function(random)
      local row = random(vim.fn.line("$")) - 1
      local length = #vim.fn.getline(row + 1)
      local first = random(length + 1) - 1
      local last = math.min(length, first + random(3) - 1)
      vim.api.nvim_buf_set_text(0, row, first, row, last, { "a", words(random, 3) })
    end,
    set_line = function(random)
      vim.fn.setline(random(vim.fn.line("$")), words(random, 5))
    end,
    append_lines = function(random)
      vim.fn.append(random(vim.fn.line("$") + 1) - 1, { words(random, 5), "", words(random, 5) })
    end,
    grow = function(random)
      -- Keeps the buffer from dwindling to nothing.
      if vim.fn.line("$") < 20 then
        local lines = {}
        for index = 1, 30 do
          lines[index] = words(random, 12)
        end
        vim.fn.append(vim.fn.line("$"), lines)
      elseif vim.fn.line("$") > 400 then
        vim.cmd("silent 200,$d")
      end
    end,
  }
end

return M
