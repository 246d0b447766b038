-- What a user of the plugin does besides editing, at random: each action works on the current
-- buffer, which is the article unless a jump or a list has led elsewhere. Keys that an action gives
-- back are typed one by one, with all that Neovim does between two keys.

local api = vim.api

local MOTIONS = { "figure", "quote", "date", "entity", "citation", "fact", "finding" }
local OBJECTS = { "figure", "quote", "date", "entity", "attribution" }
local KINDS = { "figure", "quote", "date", "entity", "citation" }
local STATUSES = { "verify", "query", "wrong", "waive", "reopen" }
local TYPED = {
  "On 25 May 2018, 476 members voted",
  "“We counted it twice,” said Anna Lindqvist",
  "about 12.5 percent of the ",
  "Mr Berg of Tidewell Ferries told [^1]",
  "* 日本 naïve – 4,000 km\n\n",
}

-- Hints are asked for and not shown: Neovim draws them where the text has gone, and says so.
local METHODS = {
  "hover",
  "definition",
  "references",
  "documentHighlight",
  "prepareRename",
  "completion",
  "documentSymbol",
  "documentLink",
  "foldingRange",
  "codeAction",
  "inlayHint",
}

--- @param session galley.Soak
return function(session)
  local random = session.random
  local A = {}

  local function one_of(list)
    return list[random(#list)]
  end

  local function go_anywhere()
    local row = random(vim.fn.line("$"))
    api.nvim_win_set_cursor(0, { row, random(#vim.fn.getline(row) + 1) - 1 })
  end

  --- The cursor on something that is marked, where there is something below.
  local function go_to_span()
    go_anywhere()
    local row = api.nvim_win_get_cursor(0)[1]
    local spans = require("galley").get_spans(0, { first = row - 1, last = row + 10 }) or {}
    local span = spans[random(math.max(1, #spans))]
    if span then
      api.nvim_win_set_cursor(0, { span.start_row + 1, span.start_col })
    end
  end

  local function galley(...)
    vim.cmd("Galley " .. (...):format(select(2, ...)))
  end

  local function plug(name)
    return api.nvim_replace_termcodes(("<Plug>(galley-%s)"):format(name), true, true, true)
  end

  local function keys(text)
    return api.nvim_replace_termcodes(text, true, true, true)
  end

  function A.type()
    go_anywhere()
    local list = { one_of({ "i", "A", "o", "O" }) }
    for _, letter in ipairs(vim.fn.split(one_of(TYPED), "\\zs")) do
      table.insert(list, letter == "\n" and "\r" or keys(letter))
    end
    table.insert(list, keys("<Esc>"))
    return list
  end

  function A.complete()
    go_anywhere()
    return { "o", "A", "n", keys("<C-x><C-o>"), keys("<C-n>"), keys("<C-e>"), keys("<Esc>") }
  end

  function A.motion()
    go_anywhere()
    local count = random(4) == 1 and tostring(random(5)) or ""
    return { count .. plug(one_of({ "next-", "previous-", "first-", "last-" }) .. one_of(MOTIONS)) }
  end

  function A.motion_again()
    return { plug(one_of({ "again", "again-back" })) }
  end

  function A.operator_motion()
    go_anywhere()
    return { one_of({ "d", "y", "gU" }) .. plug("next-" .. one_of(MOTIONS)), keys("<Esc>") }
  end

  function A.text_object()
    go_to_span()
    local object = plug(one_of({ "inner-", "around-" }) .. one_of(OBJECTS))
    return { one_of({ "v", "y", "g~", "d", "c" }) .. object, keys("<Esc>"), ".", keys("<Esc>") }
  end

  function A.undo_redo()
    local list = {}
    for _ = 1, random(8) do
      table.insert(list, one_of({ "u", "u", keys("<C-r>"), "g-", "g+" }))
    end
    return list
  end

  function A.check()
    galley("check")
  end

  function A.repair()
    local finding = one_of(require("galley.check").findings(0) or {})
    if finding then
      api.nvim_win_set_cursor(0, { finding.start_row + 1, finding.start_col })
      galley("repair")
    end
  end

  function A.waive_finding()
    local finding = one_of(require("galley.check").findings(0) or {})
    if finding then
      api.nvim_win_set_cursor(0, { finding.start_row + 1, finding.start_col })
      galley("waive-finding seen in round %d", random(1000))
    end
  end

  function A.inspect()
    go_to_span()
    galley("inspect")
    return { "j", "k" }
  end

  function A.list()
    galley(one_of({ "entities", "speakers", "timeline", "stats", "review", "review!", "sources" }))
  end

  function A.list_kind()
    galley("list %s", one_of(KINDS))
  end

  function A.list_jump()
    vim.cmd(("silent! %s"):format(one_of({ "lfirst", "lnext", "lprevious", "llast", "lopen" })))
    session.go_home()
  end

  function A.tick()
    go_to_span()
    galley("%s%s", one_of(STATUSES), random(5) == 1 and "!" or "")
  end

  function A.next_open()
    go_anywhere()
    galley(one_of({ "next", "previous", "next figure", "previous quote" }))
  end

  function A.toggle_kind()
    galley("toggle %s", one_of(KINDS))
  end

  function A.toggle_all()
    if random(4) == 1 then
      galley("toggle")
      session.stated = nil
      if random(2) == 1 then
        galley("attach")
      end
    end
  end

  function A.date()
    local iso = one_of({ "2026-05-14", "2018-02-28", "none" })
    galley("date %s", iso)
    session.stated = iso ~= "none" and iso or nil
  end

  function A.jump()
    go_to_span()
    galley("source %s", one_of({ "same", "split", "vsplit", "tab", "float", "" }))
    return { keys("<C-o>"), keys("<C-o>") }
  end

  function A.jump_key()
    go_to_span()
    return { one_of({ keys("<C-]>"), "gd" }), keys("<C-o>") }
  end

  function A.peek()
    go_to_span()
    galley("peek")
    return random(2) == 1 and { plug("peek"), keys("<Esc>") } or { "j" }
  end

  function A.backlinks()
    vim.cmd("silent edit " .. vim.fn.fnameescape(session.folder .. "/sources/first.txt"))
    api.nvim_win_set_cursor(0, { random(vim.fn.line("$")), 0 })
    galley("backlinks")
    session.go_home()
  end

  function A.rename()
    go_to_span()
    galley("rename%s %s", one_of({ "", "!" }), one_of({ "Nora Berg", "Ida Halvorsen", "Norrvik" }))
  end

  function A.edit_again()
    vim.cmd("silent edit!")
  end

  function A.write()
    vim.cmd("silent write!")
  end

  function A.another_file()
    vim.cmd("silent edit " .. vim.fn.fnameescape(session.folder .. "/other.md"))
    api.nvim_buf_set_lines(0, 0, 0, false, { "On 3 June 2026, 14 came.", "" })
    vim.bo.modified = false -- or Neovim would ask what to do when the file changes too
    if random(3) == 1 then
      vim.cmd("silent bwipeout!")
    end
    session.go_home()
  end

  function A.windows()
    if #api.nvim_list_wins() > 6 then
      vim.cmd("tabonly | only")
    elseif #api.nvim_list_wins() > 1 and random(3) == 1 then
      vim.cmd("close")
    else
      vim.cmd(one_of({ "split", "vsplit", "tab split", "only", "wincmd w", "wincmd =" }))
    end
  end

  function A.scroll()
    local steps = { "<C-d>", "<C-u>", "<C-f>", "<C-b>", "zz", "zt", "G", "gg" }
    local list = {}
    for _ = 1, random(6) do
      table.insert(list, keys(one_of(steps)))
    end
    return list
  end

  function A.options()
    vim.cmd("setlocal " .. one_of({
      "spell",
      "nospell",
      "wrap",
      "nowrap",
      "conceallevel=2",
      "conceallevel=0",
      "list",
      "nolist",
      "foldmethod=indent",
      "foldmethod=manual",
      "number",
      "diff",
      "nodiff",
    }))
  end

  function A.colours()
    vim.cmd.colorscheme(one_of({ "default", "habamax", "desert" }))
    vim.o.background = one_of({ "dark", "light" })
  end

  function A.search()
    vim.fn.setreg("/", one_of({ "\\d\\+", "said", "the", "zzzz" }))
    vim.o.hlsearch = random(2) == 1
    return { one_of({ "n", "N", "*", "#" }) }
  end

  function A.settings()
    require("galley").setup(one_of({
      {},
      { ledger_mark = "inline", ticks = true },
      { ledger_mark = "sign", keymaps = true },
      { min_severity = "warn", indirect_quotes = false },
      { spell_names = false, diagnostics = random(2) == 1 },
    }))
  end

  function A.request()
    go_to_span()
    for _ = 1, random(4) do
      session.request("textDocument/" .. one_of(METHODS), random(5) == 1)
    end
  end

  function A.workspace_symbols()
    session.request("workspace/symbol", false)
  end

  function A.statusline()
    vim.o.statusline = one_of({ "%f %{%v:lua.require'galley'.statusline()%}", "" })
  end

  function A.export()
    local format = one_of({ "csv", "brat", "claimreview" })
    galley("export! %s %s/exported.%s", format, session.folder, format)
  end

  function A.names()
    if random(4) == 1 then
      go_to_span()
      galley(one_of({ "add person", "add organization", "not-a-name" }))
    end
  end

  function A.source_changes()
    local path = session.folder .. "/sources/second.txt"
    vim.fn.writefile({ ("In all, %d members voted on 25 May 2018."):format(random(999)) }, path)
    vim.cmd("silent! checktime | doautocmd FocusGained")
  end

  function A.health()
    if random(10) == 1 then
      vim.cmd("silent checkhealth galley")
      vim.cmd("silent bwipeout!")
      session.go_home()
    end
  end

  return A
end
