-- A language server within Neovim: what the annotations know, behind the keys and pickers that a
-- user has already. It reads the annotated buffers; the texts that a client sends are left aside.

local api = vim.api
local buffers = require("galley.buffer")
local position = require("galley.server.position")

local M = {}

M.NAME = "galley"

--- Methods by family, a module each.
local FAMILIES = {
  "diagnostic",
  "hover",
  "definition",
  "symbol",
  "rename",
  "action",
  "link",
  "hint",
  "fold",
  "completion",
  "workspace",
}

--- Methods that ask about a place.
local PLACED = {
  ["textDocument/hover"] = true,
  ["textDocument/definition"] = true,
  ["textDocument/references"] = true,
  ["textDocument/documentHighlight"] = true,
  ["textDocument/prepareRename"] = true,
  ["textDocument/rename"] = true,
  ["textDocument/completion"] = true,
}

--- @class galley.ServerFamily
--- @field capabilities table
--- @field methods table<string, fun(request: galley.Request): any, galley.ResponseError?>

--- @class galley.ResponseError
--- @field code integer
--- @field message string

--- A request on an annotated buffer.
--- @class galley.Request
--- @field id integer
--- @field method string
--- @field params table
--- @field server galley.Server
--- @field encoding galley.Encoding
--- @field buf integer
--- @field doc table its document, up to date
--- @field row? integer
--- @field col? integer bytes
--- @field last_row? integer of a range
--- @field last_col? integer
--- @field reply fun(result: any, problem?: galley.ResponseError) for an answer that comes later
--- @field gone fun(): boolean whether nobody waits for the answer

--- @class galley.Server
--- @field dispatchers table
--- @field pending table<integer, {callback: function, replied?: function}>
--- @field last integer id of the last request
--- @field encoding galley.Encoding
--- @field state "new"|"running"|"shut down"|"closed"
--- @field hinted boolean inlay hints were asked for

--- What a method gives when it answers later.
M.LATER = {}

M.ERRORS = {
  METHOD_NOT_FOUND = -32601,
  INVALID_REQUEST = -32600,
  INVALID_PARAMS = -32602,
  INTERNAL = -32603,
  FAILED = -32803,
  CANCELLED = -32800,
}

--- @param code integer
--- @param message string
--- @return galley.ResponseError
function M.problem(code, message)
  return setmetatable({ code = code, message = message }, {
    __tostring = function(self)
      return self.message
    end,
  })
end

local methods --- @type table<string, fun(request: galley.Request): any, galley.ResponseError?>
local capabilities --- @type table

local function load_families()
  if methods then
    return
  end
  methods = {}
  capabilities = { textDocumentSync = { openClose = true, change = 2 } }
  for _, name in ipairs(FAMILIES) do
    local family = require("galley.server." .. name)
    methods = vim.tbl_extend("error", methods, family.methods)
    capabilities = vim.tbl_extend("error", capabilities, family.capabilities)
  end
end

--- @param self galley.Server
--- @param params table
local function initialize(self, params)
  load_families()
  local general = vim.tbl_get(params, "capabilities", "general")
  local offered = type(general) == "table" and general.positionEncodings
  local bytes = type(offered) == "table" and vim.tbl_contains(offered, "utf-8")
  self.encoding = bytes and "utf-8" or "utf-16"
  self.state = "running"
  return {
    capabilities = vim.tbl_extend("force", capabilities, { positionEncoding = self.encoding }),
    serverInfo = { name = M.NAME, version = (require("galley.core").load() or {}).version },
  }
end

--- @param self galley.Server
--- @param id integer
--- @param problem? galley.ResponseError
--- @param result any
local function answer(self, id, problem, result)
  local waiting = self.pending[id]
  if not waiting then
    return -- cancelled, or answered already
  end
  self.pending[id] = nil
  if waiting.replied then
    waiting.replied(id)
  end
  waiting.callback(problem, result)
end

--- Answers a request as cancelled. As all answers this one comes later: a client may cancel where
--- Neovim allows no change of the text.
--- @param self galley.Server
--- @param id integer
local function cancel(self, id)
  local waiting = self.pending[id]
  self.pending[id] = nil
  vim.schedule(function()
    if waiting and self.state ~= "closed" then
      self.pending[id] = waiting
      answer(self, id, M.problem(M.ERRORS.CANCELLED, "galley: cancelled"))
    end
  end)
end

--- Whether a client's words make sense.
--- @param method string
--- @param params table
--- @return boolean
local function is_sound(method, params)
  local document, at = params.textDocument, params.position
  if not vim.startswith(method, "textDocument/") then
    return true
  elseif type(document) ~= "table" or type(document.uri) ~= "string" then
    return false
  end
  return at == nil and not PLACED[method] or position.is_sound(at)
end

--- The request with what its buffer has to do with it; nil when that is not annotated (any more).
--- @param self galley.Server
--- @param id integer
--- @param method string
--- @param params table
--- @return galley.Request?
local function prepare(self, id, method, params)
  local uri = vim.tbl_get(params, "textDocument", "uri")
  local buf = uri and position.buffer(uri)
  local doc = buf and buffers.document(buf)
  if uri and not doc then
    return nil
  end
  --- @type galley.Request
  local request = {
    id = id,
    method = method,
    params = params,
    server = self,
    encoding = self.encoding,
    buf = buf or api.nvim_get_current_buf(),
    doc = doc,
    reply = function(result, problem)
      answer(self, id, problem, result)
    end,
    gone = function()
      return self.pending[id] == nil
    end,
  }
  if params.position then
    request.row, request.col = position.to_byte(buf, params.position, self.encoding)
  end
  return request
end

--- @param self galley.Server
--- @param id integer
--- @param method string
--- @param params table
--- @return any result
--- @return galley.ResponseError? problem
local function run(self, id, method, params)
  params = type(params) == "table" and params or {}
  if method == "initialize" then
    return initialize(self, params)
  elseif method == "shutdown" then
    self.state = "shut down"
    return nil
  elseif self.state ~= "running" then
    return nil, M.problem(M.ERRORS.INVALID_REQUEST, "galley: the server is not running")
  end
  local work = methods[method]
  if not work then
    return nil, M.problem(M.ERRORS.METHOD_NOT_FOUND, "galley: no method " .. tostring(method))
  end
  if not is_sound(method, params) then
    return nil, M.problem(M.ERRORS.INVALID_PARAMS, "galley: no such place")
  end
  local request = prepare(self, id, method, params)
  if not request then
    return nil
  end
  return work(request)
end

--- The same; what goes wrong in it is an answer and no message.
--- @param self galley.Server
--- @param id integer
--- @param method string
--- @param params table
--- @return any result
--- @return galley.ResponseError? problem
local function try(self, id, method, params)
  local ok, result, problem = pcall(run, self, id, method, params)
  if not ok then
    return nil, M.problem(M.ERRORS.INTERNAL, "galley: " .. tostring(result))
  end
  return result, problem
end

--- @param self galley.Server
local function close(self)
  if self.state ~= "closed" then
    self.state, self.pending = "closed", {}
    self.dispatchers.on_exit(0, 0)
  end
end

--- Tells the clients that what they show of a buffer has changed.
--- @param self galley.Server
local function refresh(self)
  if self.state == "running" and self.hinted then
    self.dispatchers.server_request("workspace/inlayHint/refresh", nil)
  end
end

--- @type table<galley.Server, boolean>
local servers = setmetatable({}, { __mode = "k" })

--- The other end of a client: what vim.lsp.start() takes as `cmd`.
--- @param dispatchers table
--- @return table
function M.connect(dispatchers)
  --- @type galley.Server
  local self = {
    dispatchers = dispatchers,
    pending = {},
    last = 0,
    encoding = "utf-16",
    state = "new",
    hinted = false,
  }
  servers[self] = true
  return {
    request = function(method, params, callback, replied)
      if self.state == "closed" then
        return false
      end
      self.last = self.last + 1
      local id = self.last
      self.pending[id] = { callback = callback, replied = replied }
      -- Answers come after the call has returned, as from any server.
      vim.schedule(function()
        if not self.pending[id] then
          return
        end
        local result, problem = try(self, id, method, params)
        if result ~= M.LATER then
          answer(self, id, problem, result)
        end
      end)
      return true, id
    end,
    notify = function(method, params)
      if method == "exit" then
        close(self)
      elseif method == "$/cancelRequest" and type(params) == "table" and params.id ~= nil then
        cancel(self, params.id)
      end
      return self.state ~= "closed"
    end,
    is_closing = function()
      return self.state == "closed"
    end,
    terminate = function()
      close(self)
    end,
  }
end

--- The folder that a client is told: the article's project.
--- @param buf integer
--- @return string
local function root_of(buf)
  return vim.fs.dirname(require("galley.names").project_file(buf))
end

-- Bytes of a line. Neovim counts the characters of a changed line for any client, and `gUU` changes it
-- as often as it has letters: a second for a line of 50 KB, 17 for one of 200 KB.
local LONGEST_LINE = 20000
local ROWS = 1000 -- looked at together

--- @param buf integer
--- @return boolean
local function has_long_line(buf)
  for first = 0, api.nvim_buf_line_count(buf) - 1, ROWS do
    for _, line in ipairs(api.nvim_buf_get_lines(buf, first, first + ROWS, false)) do
      if #line > LONGEST_LINE then
        return true
      end
    end
  end
  return false
end

--- Connects an annotated buffer to the server. A buffer without a name has no address, and one with a
--- very long line would be slow to edit.
--- @param buf integer
--- @return integer? client
function M.start(buf)
  if not buffers.attached[buf] or api.nvim_buf_get_name(buf) == "" or has_long_line(buf) then
    return nil
  end
  return vim.lsp.start({
    name = M.NAME,
    cmd = M.connect,
    root_dir = root_of(buf),
  }, {
    bufnr = buf,
    silent = true,
    reuse_client = function(client)
      return client.name == M.NAME and not client:is_stopped()
    end,
  })
end

--- Tells all clients how far something is that takes long.
--- @param token integer
--- @param kind "begin"|"report"|"end"
--- @param text string
--- @param percent? integer
function M.progress(token, kind, text, percent)
  local value = { kind = kind, message = text, percentage = percent }
  value.title = kind == "begin" and "galley" or nil
  for server in pairs(servers) do
    if server.state == "running" then
      server.dispatchers.notification("$/progress", { token = token, value = value })
    end
  end
end

local enabled = false

--- Takes a buffer from the server.
--- @param buf integer
function M.stop(buf)
  if not enabled or not api.nvim_buf_is_valid(buf) then
    return
  end
  for _, client in ipairs(vim.lsp.get_clients({ bufnr = buf, name = M.NAME })) do
    vim.lsp.buf_detach_client(buf, client.id)
  end
end

--- Connects the buffer soon, if the settings say so.
--- @param buf integer
function M.enable(buf)
  if not require("galley.config").get().server then
    return
  end
  -- Neovim's own part of this takes a while: not within whatever needs the article now.
  vim.schedule(function()
    if buffers.attached[buf] and api.nvim_buf_is_loaded(buf) then
      M.start(buf)
    end
  end)
  if enabled then
    return
  end
  enabled = true
  local group = api.nvim_create_augroup("galley.server", {})
  api.nvim_create_autocmd("BufFilePost", {
    group = group,
    callback = function(event)
      if buffers.attached[event.buf] and require("galley.config").get().server then
        M.start(event.buf)
      end
    end,
  })
  api.nvim_create_autocmd("WinNew", {
    group = group,
    -- Neovim says what a window is for after it has made it.
    callback = vim.schedule_wrap(function()
      require("galley.server.frame").draw()
    end),
  })
  api.nvim_create_autocmd("User", {
    group = group,
    pattern = "GalleyUpdate",
    callback = function()
      for server in pairs(servers) do
        refresh(server)
      end
    end,
  })
end

return M
