-- lazy.nvim: save as lua/plugins/galley.lua in your configuration folder. Replace REPOSITORY by the
-- address of the galley.nvim repository, or give `dir` the folder of a clone instead of `url`.
return {
  url = "REPOSITORY",
  name = "galley.nvim",
  build = "make",
}
