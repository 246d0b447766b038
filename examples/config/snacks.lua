-- snacks.nvim: what is marked in the article, found by words, value, speaker or kind.
-- `what`: nil for all, or a kind such as "quote"; "fact" for what nobody has looked up; "finding".
local function pick(what)
  local items, message = require("galley").get_items(0, what)
  if not items then
    return vim.notify(message, vim.log.levels.WARN)
  end
  require("snacks").picker({
    title = "Article",
    format = "text",
    items = vim.tbl_map(function(item)
      local place = { item.lnum, item.col - 1 }
      return { text = item.text, buf = item.bufnr, pos = place }
    end, items),
  })
end

vim.keymap.set("n", "<Leader>g", pick)
