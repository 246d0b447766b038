-- vim.pack (Neovim 0.12): put this in init.lua. Replace REPOSITORY by the address of the galley.nvim
-- repository. vim.pack has no build step of its own, so the event that it fires runs make; it must
-- be there before vim.pack.add.
vim.api.nvim_create_autocmd("PackChanged", {
  callback = function(event)
    local data = event.data
    if data.spec.name ~= "galley.nvim" or data.kind == "delete" then
      return
    end
    local result = vim.system({ "make" }, { cwd = data.path, text = true }):wait()
    if result.code ~= 0 then
      vim.notify("galley.nvim was not built:\n" .. result.stderr, vim.log.levels.ERROR)
    end
  end,
})

vim.pack.add({ { src = "REPOSITORY", name = "galley.nvim" } })
