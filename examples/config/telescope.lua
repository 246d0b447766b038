-- telescope.nvim: what is marked in the article, found by words, value, speaker or kind.
-- `what`: nil for all, or a kind such as "quote"; "fact" for what nobody has looked up; "finding".
local function pick(what)
  local items, message = require("galley").get_items(0, what)
  if not items then
    return vim.notify(message, vim.log.levels.WARN)
  end
  local path = vim.api.nvim_buf_get_name(0)
  require("telescope.pickers")
    .new({}, {
      prompt_title = "Article",
      finder = require("telescope.finders").new_table({
        results = items,
        entry_maker = function(item)
          return {
            value = item,
            display = item.text,
            ordinal = item.text,
            bufnr = item.bufnr,
            filename = path,
            lnum = item.lnum,
            col = item.col - 1,
          }
        end,
      }),
      sorter = require("telescope.config").values.generic_sorter({}),
      previewer = require("telescope.config").values.grep_previewer({}),
    })
    :find()
end

vim.keymap.set("n", "<Leader>g", pick)
