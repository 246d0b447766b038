-- Puts the module and Neovim's own tree-sitter to work; `make lint` reads the loader's record of it.
local core = assert(require("galley.core").load())
local document = assert(core.document())
assert(document:set_text("“We won,” said Ana Ruiz of Velma on May 25, 2018. It cost $2.5bn.\n"))
assert(document:resolve())
document:spans(0, -1, 31)

vim.api.nvim_buf_set_lines(0, 0, -1, true, { "local x = 1" })
vim.treesitter.start(0, "lua")
vim.treesitter.get_parser(0, "lua"):parse()
vim.treesitter.get_parser(0, "article"):parse()

describe("the module beside Neovim's tree-sitter", function()
  it("works", function()
    assert.is_true(document:byte_count() > 0)
  end)
end)
