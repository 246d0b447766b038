-- fzf-lua: what is marked in the article, found by words, value, speaker or kind.
-- `what`: nil for all, or a kind such as "quote"; "fact" for what nobody has looked up; "finding".
local function pick(what)
  local items, message = require("galley").get_items(0, what)
  if not items then
    return vim.notify(message, vim.log.levels.WARN)
  end
  local path = vim.api.nvim_buf_get_name(0)
  require("fzf-lua").fzf_exec(
    vim.tbl_map(function(item)
      return ("%s:%d:%d:%s"):format(path, item.lnum, item.col, item.text)
    end, items),
    {
      prompt = "Article> ",
      previewer = "builtin",
      actions = require("fzf-lua").defaults.actions.files,
      fzf_opts = { ["--delimiter"] = ":", ["--with-nth"] = "4.." },
    }
  )
end

vim.keymap.set("n", "<Leader>g", pick)
