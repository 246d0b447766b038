-- Every command, motion and text object in every odd buffer: nothing is raised, nothing is lost.

local Screen = require("tests.screen.screen")
local buffers = require("galley.buffer")
local galley = require("galley")

vim.cmd("filetype on")
vim.cmd.runtime("plugin/galley.lua")

local TEXT = {
  "On 25 May 2018, 476 members voted in Norrvik.",
  "",
  "“Yes, 12 percent,” said Anna Lindqvist.",
}

--- What a user may type, with arguments where some are needed. `attach` and `toggle` without a kind
--- would change what is tested.
local COMMANDS = {
  "inspect",
  "toggle figure",
  "toggle figure",
  "date",
  "date 2018-05-25",
  "date none",
  "entities",
  "add person",
  "not-a-name",
  "rename! Nora Berg",
  "speakers",
  "list",
  "list quote",
  "timeline",
  "stats",
  "verify",
  "query",
  "wrong",
  "waive",
  "reopen",
  "review",
  "next",
  "previous",
  "check",
  "repair",
  "waive-finding because",
  "source",
  "peek",
  "backlinks",
  "sources",
  "cancel",
  "export csv /nonexistent/x.csv",
  "import brat /nonexistent/x.ann",
}

local KEYS = {}
for _, name in ipairs({ "figure", "quote", "date", "entity", "citation", "fact", "finding" }) do
  for _, way in ipairs({ "next", "previous", "first", "last" }) do
    table.insert(KEYS, ("<Plug>(galley-%s-%s)"):format(way, name))
  end
end
for _, name in ipairs({ "figure", "quote", "date", "entity", "attribution" }) do
  table.insert(KEYS, ("v<Plug>(galley-inner-%s)<Esc>"):format(name))
  table.insert(KEYS, ("y<Plug>(galley-around-%s)"):format(name))
end
for _, name in ipairs({ "again", "again-back", "inspect", "source", "peek", "backlinks" }) do
  table.insert(KEYS, ("<Plug>(galley-%s)"):format(name))
end

describe("in", function()
  local folder, notified, notify, select_
  local here = vim.fn.getcwd()

  before_each(function()
    folder = vim.fn.tempname()
    vim.fn.mkdir(folder, "p")
    vim.fn.writefile(TEXT, folder .. "/a.txt")
    vim.cmd.cd(folder) -- a buffer without a name is of the current folder
    vim.o.hidden, vim.o.swapfile = true, false
    notified, notify, select_ = {}, vim.notify, vim.ui.select
    vim.notify = function(message, level)
      table.insert(notified, { message, level })
    end
    vim.ui.select = function() end
  end)

  after_each(function()
    vim.cmd("silent! tabonly! | silent! only! | silent! %bwipeout!")
    vim.wait(20)
    vim.notify, vim.ui.select = notify, select_
    vim.cmd.cd(here)
    vim.fn.delete(folder, "rf")
    assert.are.same({}, buffers.attached)
  end)

  local function text()
    return vim.api.nvim_buf_get_lines(0, 0, -1, false)
  end

  --- Does everything in the current buffer.
  --- @param commands_only? boolean the buffer has keys of its own
  local function everything(commands_only)
    local buf, window = vim.api.nvim_get_current_buf(), vim.api.nvim_get_current_win()
    vim.v.errmsg = ""
    local function back()
      for _, other in ipairs(vim.api.nvim_list_wins()) do
        if other ~= window and vim.api.nvim_win_get_config(other).relative ~= "" then
          vim.api.nvim_win_close(other, true)
        end
      end
      vim.cmd("silent! lclose")
      assert.is_true(vim.api.nvim_buf_is_valid(buf), "the buffer is gone")
      vim.api.nvim_set_current_win(window)
      if vim.api.nvim_get_current_buf() ~= buf then
        vim.api.nvim_set_current_buf(buf)
      end
    end
    for _, command in ipairs(COMMANDS) do
      local ok, message = pcall(vim.cmd, "silent Galley " .. command)
      assert(ok, (":Galley %s: %s"):format(command, message))
      vim.wait(1)
      back()
    end
    for _, keys in ipairs(commands_only and {} or KEYS) do
      local typed = vim.api.nvim_replace_termcodes(keys, true, true, true)
      local ok, message = pcall(vim.api.nvim_feedkeys, typed, "mx", false)
      assert(ok, ("%s: %s"):format(keys, message))
      back()
    end
    galley.get_spans(buf)
    galley.statusline(buf)
    vim.wait(150)
    for _, said in ipairs(notified) do
      assert.is_nil(said[1]:find("stack traceback", 1, true) or said[1]:find("%.lua:%d"), said[1])
    end
    assert.is_nil(vim.v.errmsg:find("lua"), vim.v.errmsg)
  end

  --- The same, of a buffer that is annotated, before and after.
  local function annotated()
    local before, change = text(), vim.fn.undotree().seq_cur
    local ok = galley.attach(0)
    everything()
    if vim.bo.modifiable then
      vim.cmd("silent! undo " .. change)
    end
    assert.are.same(before, text())
    if ok then
      local doc = assert(buffers.document(0))
      assert.are.equal(vim.api.nvim_buf_line_count(0), doc:line_count())
    end
    galley.detach(0)
    everything()
  end

  for name, options in pairs({
    ["a buffer that cannot be modified"] = "nomodifiable",
    ["a read-only buffer"] = "readonly",
    ["a buffer with fileformat=dos"] = "fileformat=dos",
    ["a buffer with fileformat=mac"] = "fileformat=mac",
    ["a buffer with a byte order mark"] = "bomb",
    ["a Latin-1 buffer"] = "fileencoding=latin1",
    ["a UTF-16 buffer"] = "fileencoding=utf-16",
    ["a buffer that is a diff"] = "diff",
    ["a buffer with folds"] = "foldmethod=indent foldlevel=0 shiftwidth=1",
    ["a buffer with concealed text"] = "conceallevel=3 concealcursor=nvic",
    ["a buffer that is not wrapped"] = "nowrap sidescroll=1",
    ["a buffer of nothing"] = "buftype=nofile bufhidden=wipe",
    ["a buffer written by acwrite"] = "buftype=acwrite",
    ["a buffer that is not listed"] = "nobuflisted",
    ["a window with rightleft text"] = "rightleft",
    ["a buffer without undo"] = "undolevels=0",
  }) do
    it(name, function()
      vim.cmd("silent edit " .. folder .. "/a.txt")
      vim.cmd("setlocal " .. options)
      local wanted = text()
      local spans = { "25 May 2018", "476", "12 percent" }
      assert(galley.attach(0))
      local found = {}
      for _, span in ipairs(galley.get_spans(0)) do
        found[span.text] = true
      end
      for _, span in ipairs(spans) do
        assert.is_true(found[span], span)
      end
      if options ~= "undolevels=0" then
        annotated()
        assert.are.same(wanted, text())
      else
        everything()
      end
      vim.wait(20)
    end)
  end

  it("a buffer read as binary", function()
    vim.fn.writefile(
      { "On 25 May 2018, 476 voted.\r", "a\nb", "\255\254 12 percent" },
      folder .. "/b"
    )
    vim.cmd("silent edit ++bin " .. folder .. "/b")
    annotated()
    vim.cmd("silent write!")
    assert.are.same(
      { "On 25 May 2018, 476 voted.\r", "a\nb", "\255\254 12 percent" },
      vim.fn.readfile(folder .. "/b", "b", 3)
    )
  end)

  it("a buffer without a name, an empty one, one that was never read", function()
    vim.cmd("enew")
    annotated()
    vim.api.nvim_buf_set_lines(0, 0, -1, false, TEXT)
    annotated()
    local buf = vim.fn.bufadd(folder .. "/a.txt")
    assert.is_nil((galley.attach(buf)))
    assert.is_nil((galley.get_spans(buf)))
    assert.is_false(galley.is_attached(buf))
    vim.fn.bufload(buf)
    assert(galley.attach(buf))
    vim.cmd(("silent bunload! %d"):format(buf))
    vim.wait(20)
    assert.is_false(galley.is_attached(buf))
    assert.is_nil((galley.get_spans(buf)))
  end)

  it("buffers that are none of text: help, quickfix, location list, terminal, prompt", function()
    vim.cmd("silent help help")
    everything()
    vim.fn.setqflist({ { text = "On 25 May 2018, 476 voted" } })
    vim.cmd("copen")
    everything()
    vim.cmd("enew | setlocal buftype=prompt")
    everything()
    vim.cmd("stopinsert | bwipeout!")
    vim.cmd("enew")
    vim.fn[vim.fn.has("nvim-0.11") == 1 and "jobstart" or "termopen"]({ "cat" }, { term = true })
    everything()
  end)

  it("a folder shown by netrw, and a name of another machine", function()
    vim.cmd("silent runtime plugin/netrwPlugin.vim")
    vim.cmd("silent! edit " .. folder)
    everything(true)
    vim.cmd("enew")
    vim.api.nvim_buf_set_name(0, "scp://localhost//tmp/article.txt")
    vim.api.nvim_buf_set_lines(0, 0, -1, false, TEXT)
    vim.bo.modified = false
    annotated()
    assert.are.same({}, require("galley.source").for_buffer(0))
    vim.api.nvim_buf_set_name(0, "oil:///tmp/article.txt")
    annotated()
  end)

  it("two windows on one buffer, two tabs, a preview and a float", function()
    vim.cmd("silent edit " .. folder .. "/a.txt")
    assert(galley.attach(0))
    vim.cmd("vnew")
    vim.cmd("buffer " .. vim.fn.bufnr("a.txt"))
    vim.cmd("tab split")
    vim.cmd("silent pedit " .. folder .. "/a.txt")
    annotated()
    local window = vim.api.nvim_open_win(vim.fn.bufnr("a.txt"), true, {
      relative = "editor",
      row = 1,
      col = 1,
      width = 20,
      height = 4,
    })
    assert(galley.attach(0))
    for _, command in ipairs(COMMANDS) do
      vim.api.nvim_set_current_win(window)
      assert(pcall(vim.cmd, "silent! Galley " .. command))
    end
  end)

  it("a line of 1 MB", function()
    vim.cmd("enew")
    vim.api.nvim_buf_set_lines(0, 0, -1, false, { ("On 25 May 2018, 476 voted. "):rep(40000) })
    assert(galley.attach(0))
    vim.cmd("setlocal nowrap")
    vim.api.nvim_win_set_cursor(0, { 1, 500000 })
    require("galley").setup({ diagnostics = false })
    assert.are.equal(80000, #galley.get_spans(0))
    for _, command in ipairs({ "inspect", "next figure", "previous", "source", "peek", "date" }) do
      assert(pcall(vim.cmd, "silent Galley " .. command))
    end
    assert(galley.span_at(0, 0, 500000 - 500000 % 27 + 16).value == "476")
    require("galley").setup({})
  end)

  it("a buffer at the size limit, a byte under and a byte over it", function()
    local limit = 100000
    require("galley").setup({ size_limit = limit })
    for bytes, fits in pairs({ [limit - 1] = true, [limit] = true, [limit + 1] = false }) do
      vim.cmd("enew")
      vim.api.nvim_buf_set_lines(0, 0, -1, false, { ("x"):rep(bytes - 1) }) -- and its line end
      assert.are.equal(fits, galley.attach(0) == true, bytes)
      galley.detach(0)
      vim.bo.modified = false
    end
    require("galley").setup({})
  end)
end)

describe("on the screen,", function()
  local screen, file

  before_each(function()
    file = vim.fn.tempname() .. ".txt"
    vim.fn.writefile(TEXT, file)
    screen = Screen.new({ args = { file } })
    screen:wait_for("GalleyFigure", "476")
  end)

  after_each(function()
    assert.are.equal("", screen:close())
    vim.fn.delete(file)
  end)

  it("the command-line window takes commands and raises nothing", function()
    screen:type("q:")
    for _, command in ipairs({ "list", "check", "inspect", "source", "peek", "verify", "attach" }) do
      screen:lua([[vim.g.fine, vim.g.said = pcall(vim.cmd, "silent! Galley " .. ...)]], command)
      assert.is_true(screen:lua("return vim.g.fine"), screen:lua("return vim.g.said"))
    end
    screen:type("<C-c><C-c>")
    screen:type("<C-\\><C-n>")
    assert.are.equal("n", screen:request("nvim_get_mode").mode)
    assert.is_nil(screen:lua("return vim.fn.execute('messages')"):find("stack traceback", 1, true))
  end)

  it("marks stay right in two windows of different width, in a diff, under folds", function()
    screen:command("vsplit | 20wincmd |")
    screen:command("vnew | silent 0read # | diffthis | wincmd p | diffthis")
    screen:command("wincmd b | setlocal foldmethod=manual | 1,2fold")
    screen:type("ggyyp")
    screen:sync()
    screen:command("silent! undo | diffoff! | only! | normal! zE")
    screen:wait_for("GalleyFigure", "476")
    assert.is_nil(screen:lua("return vim.fn.execute('messages')"):find("stack traceback", 1, true))
  end)
end)
