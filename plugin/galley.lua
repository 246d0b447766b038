-- All that Neovim runs at start: nothing is loaded before somebody opens an article.

if vim.g.loaded_galley then
  return
end
vim.g.loaded_galley = 1

local api = vim.api

if vim.fn.has("nvim-0.10") == 0 then
  api.nvim_echo({ { "galley: Neovim 0.10 or newer is needed", "WarningMsg" } }, true, {})
  return
end

api.nvim_create_user_command("Galley", function(command)
  require("galley.command").run(command)
end, {
  nargs = "+",
  range = true,
  bang = true,
  bar = true,
  complete = function(lead, line)
    return require("galley.command").complete(lead, line)
  end,
  desc = "Annotations of the article in this buffer",
})

api.nvim_set_keymap("n", "<Plug>(galley-inspect)", "<Cmd>Galley inspect<CR>", {
  desc = "Show what the span under the cursor is.",
})
api.nvim_set_keymap("n", "<Plug>(galley-source)", "<Cmd>Galley source<CR>", {
  desc = "Go to where a source says what is under the cursor.",
})
api.nvim_set_keymap("n", "<Plug>(galley-peek)", "<Cmd>Galley peek<CR>", {
  desc = "Show where a source says what is under the cursor.",
})
api.nvim_set_keymap("n", "<Plug>(galley-backlinks)", "<Cmd>Galley backlinks<CR>", {
  desc = "List what articles take from this line of a source.",
})
api.nvim_set_keymap("n", "<Plug>(galley-toggle)", "<Cmd>Galley toggle<CR>", {
  desc = "Annotate the buffer, or stop annotating it.",
})

for name, direction in pairs({ next = 1, previous = -1 }) do
  api.nvim_set_keymap("n", ("<Plug>(galley-%s)"):format(name), "", {
    callback = function()
      local message = require("galley.ledger.motion").go(direction, vim.v.count1)
      require("galley.message").say(message)
    end,
    desc = ("Go to the %s fact that is open or stale."):format(name),
  })
end

local MOTIONS = { "figure", "quote", "date", "entity", "citation", "fact", "finding" }
local OBJECTS = { "figure", "quote", "date", "entity", "attribution" }

--- @param modes string "": Normal, Visual and Operator-pending mode
--- @param name string
--- @param callback fun()
--- @param desc string
local function map(modes, name, callback, desc)
  api.nvim_set_keymap(modes, ("<Plug>(galley-%s)"):format(name), "", {
    callback = callback,
    desc = desc,
  })
end

for _, name in ipairs(MOTIONS) do
  for _, way in ipairs({ "next", "previous", "first", "last" }) do
    map("", way .. "-" .. name, function()
      require("galley.motion").map(name, way)
    end, ("Go to the %s %s."):format(way, name == "fact" and "open fact" or name))
  end
end
for _, name in ipairs({ "again", "again-back" }) do
  map("", name, function()
    require("galley.motion").again(name == "again-back")
  end, "Do the last such motion again" .. (name == "again" and "." or ", the other way."))
end
for _, name in ipairs(OBJECTS) do
  for _, part in ipairs({ "inner", "around" }) do
    local function select()
      require("galley.textobject").select(name, part)
    end
    map("x", part .. "-" .. name, select, ("Select %s %s."):format(part, name))
    map("o", part .. "-" .. name, select, ("Work on %s %s."):format(part, name))
  end
end

local group = api.nvim_create_augroup("galley", {})
api.nvim_create_autocmd("FileType", {
  group = group,
  callback = function(event)
    require("galley.start").on_filetype(event.buf)
  end,
})

api.nvim_create_autocmd("BufWritePost", {
  group = group,
  pattern = "galley.names",
  callback = function()
    require("galley.buffer").reload_names()
  end,
})

-- Loaded late, after the buffers that are open got their file types.
if vim.v.vim_did_enter == 1 then
  vim.schedule(function()
    require("galley.start").attach_open_buffers()
  end)
end
