-- No plugin manager: clone and build once,
--
--   git clone REPOSITORY ~/.local/share/nvim/site/pack/galley/opt/galley.nvim
--   make -C ~/.local/share/nvim/site/pack/galley/opt/galley.nvim
--
-- and put this in init.lua. Cloned into start/ instead of opt/, it needs no line at all.
vim.cmd.packadd("galley.nvim")
