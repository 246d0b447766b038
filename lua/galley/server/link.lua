-- What a mark of the article leads to: link targets, and the sources that the front matter names.

local api = vim.api
local place = require("galley.server.place")
local position = require("galley.server.position")

local M = {}

--- @param buf integer
--- @return string?
local function folder(buf)
  local name = api.nvim_buf_get_name(buf)
  return name ~= "" and not name:find("^%a[%w+.-]+://") and vim.fs.dirname(name) or nil
end

--- The file beside the article that a link target means.
--- @param buf integer
--- @param target? string
--- @return string? path nil when there is no such file
function M.file_of(buf, target)
  local base = folder(buf)
  if not target or target == "" or not base or target:find("^%a[%w+.-]+:") then
    return nil
  end
  local name = vim.uri_decode((target:gsub("[?#].*$", "")))
  if name == "" or name:find("%z") then
    return nil
  end
  local path = vim.fs.normalize(name:sub(1, 1) == "/" and name or base .. "/" .. name, {
    expand_env = false,
  })
  local stat = vim.uv.fs_stat(path)
  return stat and stat.type == "file" and path or nil
end

--- @param buf integer
--- @param target? string
--- @return string? uri
local function address(buf, target)
  if target and target:find("^https?://[^%s%c]+$") then
    return target
  elseif target and target:find("^mailto:[^%s%c]+$") then
    return target
  elseif target and target:find("^www%.[^%s%c]+$") then
    return "https://" .. target
  end
  local path = M.file_of(buf, target)
  return path and vim.uri_from_fname(path)
end

--- @param request galley.Request
local function links(request)
  local result, linked = {}, {}
  for _, span in ipairs(place.spans(request, { "citation" })) do
    local target = address(request.buf, span.label) or address(request.buf, span.text)
    if target then
      table.insert(linked, span)
      table.insert(result, {
        range = position.range(request.buf, span, request.encoding),
        target = target,
      })
    end
  end
  for _, source in ipairs(require("galley.source").for_buffer(request.buf) or {}) do
    local at = source.named_at
    local again = at
      and vim.iter(linked):any(function(span)
        return span.start_row <= at.row
          and span.end_row >= at.row
          and span.start_col <= at.col
          and span.end_col >= at.end_col
      end)
    if at and not again and vim.uv.fs_stat(source.path) then
      local range =
        { start_row = at.row, start_col = at.col, end_row = at.row, end_col = at.end_col }
      table.insert(result, {
        range = position.range(request.buf, range, request.encoding),
        target = vim.uri_from_fname(source.path),
      })
    end
  end
  return result
end

M.capabilities = { documentLinkProvider = { resolveProvider = false } }
M.methods = { ["textDocument/documentLink"] = links }

return M
