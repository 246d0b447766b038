-- A client of the language server, for tests: an article in a file, annotated and connected.
--
--   local client = require("tests.client").open("Anna Lindqvist won.", { name = "a.md" })
--   local hover = client:ask("textDocument/hover", "Lindqvist")      -- at that text
--   client:close()

local api = vim.api

vim.cmd.runtime("plugin/galley.lua")
local galley = require("galley")

---@class TestClient
---@field buf integer
---@field client vim.lsp.Client
---@field folder string
local Client = {}
Client.__index = Client

--- Both encodings, whatever the version of Neovim offers by itself.
Client.ENCODINGS = { "utf-8", "utf-16" }

--- Calls a method of a client as this version of Neovim has it.
---@param method string
---@return any ...
function Client:call(method, ...)
  if vim.fn.has("nvim-0.11") == 1 then
    return self.client[method](self.client, ...)
  end
  return self.client[method](...)
end

---@param text string
---@param options? { name?: string, encoding?: string, settings?: table, files?: table<string, string> }
---@return TestClient
function Client.open(text, options)
  options = options or {}
  local self = setmetatable({}, Client)
  self.folder = vim.uv.fs_realpath(vim.fn.fnamemodify(vim.fn.tempname(), ":h"))
    .. "/client-"
    .. vim.fn.fnamemodify(vim.fn.tempname(), ":t")
  vim.fn.mkdir(self.folder, "p")
  for name, content in pairs(options.files or {}) do
    vim.fn.mkdir(vim.fs.dirname(self.folder .. "/" .. name), "p")
    vim.fn.writefile(vim.split(content, "\n"), self.folder .. "/" .. name)
  end
  local path = self.folder .. "/" .. (options.name or "article.txt")
  vim.fn.writefile(vim.split(text, "\n"), path)
  galley.setup(vim.tbl_extend("force", { auto_attach = false }, options.settings or {}))
  vim.cmd.edit(vim.fn.fnameescape(path))
  self.buf = api.nvim_get_current_buf()
  assert(galley.attach(self.buf))
  if options.encoding then
    self:connect(options.encoding)
  else
    self:wait(function()
      self.client = vim.lsp.get_clients({ bufnr = self.buf, name = "galley" })[1]
      return self.client and self.client.initialized
    end)
  end
  return self
end

--- A client of its own with one encoding.
---@param encoding string
function Client:connect(encoding)
  local capabilities = vim.lsp.protocol.make_client_capabilities()
  capabilities.general.positionEncodings = { encoding }
  local id = vim.lsp.start({
    name = "galley-" .. encoding,
    cmd = require("galley.server").connect,
    capabilities = capabilities,
  }, { bufnr = self.buf })
  self.client = assert(vim.lsp.get_client_by_id(assert(id)))
  self:wait(function()
    return self.client.initialized
  end)
end

---@param condition fun(): any
function Client:wait(condition) -- luacheck: ignore self
  assert(vim.wait(20000, condition, 2), "waited in vain")
end

--- The position of the first place of a text, `offset` characters further.
---@param text string
---@param offset? integer
---@return lsp.Position
function Client:position(text, offset)
  for row, line in ipairs(api.nvim_buf_get_lines(self.buf, 0, -1, false)) do
    local at = line:find(text, 1, true)
    if at then
      local col = at - 1 + (offset or 0)
      local units = self.client.offset_encoding == "utf-8" and col
        or select(2, vim.str_utfindex(line:sub(1, col)))
      return { line = row - 1, character = units }
    end
  end
  error("not in the article: " .. text)
end

--- Asks and waits for the answer.
---@param method string
---@param params? table
---@return any result
---@return table? problem
function Client:request(method, params)
  local done, problem, result
  local sent = self:call("request", method, params or {}, function(err, answer)
    done, problem, result = true, err, answer
  end, self.buf)
  assert(sent, "the server is gone")
  self:wait(function()
    return done
  end)
  return result, problem
end

---@return { uri: string }
function Client:document()
  return { uri = vim.uri_from_bufnr(self.buf) }
end

--- Asks about the first place of a text.
---@param method string
---@param text string
---@param extra? table
---@return any result
---@return table? problem
function Client:ask(method, text, extra)
  local params = { textDocument = self:document(), position = self:position(text) }
  return self:request(method, vim.tbl_extend("force", params, extra or {}))
end

--- The text of a range, counted here by other means than the server's.
---@param range lsp.Range
---@return string
function Client:text(range)
  local function col(position)
    local line = api.nvim_buf_get_lines(self.buf, position.line, position.line + 1, false)[1]
    if self.client.offset_encoding == "utf-8" then
      return position.character
    end
    return vim.str_byteindex(line, position.character, true)
  end
  local start, stop = range.start, range["end"]
  local lines = api.nvim_buf_get_text(self.buf, start.line, col(start), stop.line, col(stop), {})
  return table.concat(lines, "\n")
end

---@return string
function Client:article()
  return table.concat(api.nvim_buf_get_lines(self.buf, 0, -1, false), "\n")
end

function Client:close()
  for _, one in ipairs(vim.lsp.get_clients()) do
    self.client = one
    self:call("stop", true)
  end
  vim.cmd("silent! %bwipeout!")
  vim.wait(2000, function()
    return #vim.lsp.get_clients() == 0
  end, 2)
  vim.fn.delete(self.folder, "rf")
  galley.setup(nil)
end

return Client
