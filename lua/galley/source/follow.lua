-- What an annotated buffer gets for its sources, and what goes when it is no longer annotated.

local api = vim.api

local M = {}

local enabled = false

--- Shows what is wrong with the sources that an article names. Looks at the files, reads none.
--- @param buf integer
local function look(buf)
  local index = require("galley.source.index").get(buf)
  if index then
    require("galley.source.diagnostic").show(index)
  end
end

local function enable()
  if enabled then
    return
  end
  enabled = true
  local group = api.nvim_create_augroup("galley.source", {})
  api.nvim_create_autocmd("User", {
    group = group,
    pattern = "GalleyUpdate",
    callback = function(event)
      require("galley.rest").work("source", event.data.buf, look)
    end,
  })
  api.nvim_create_autocmd("User", {
    group = group,
    pattern = "GalleySources",
    callback = function(event)
      look(event.data.buf)
    end,
  })
  api.nvim_create_autocmd({ "FocusGained", "BufWritePost", "ShellCmdPost" }, {
    group = group,
    callback = function()
      require("galley.source.index").look_again()
    end,
  })
end

--- @param buf integer
function M.attach(buf)
  enable()
  require("galley.source.keys").attach(buf)
end

--- @param buf integer
function M.detach(buf)
  require("galley.source.keys").detach(buf)
  require("galley.source.index").forget(buf)
  require("galley.source.diagnostic").clear(buf)
end

return M
