-- :Galley export and `galley export`: the facts and what the ledger says of them, for others.

local atomic = require("galley.ledger.atomic")

local M = {}

M.FORMATS = { "csv", "brat", "claimreview" }

--- @param buf? integer
--- @param format string
--- @return string? text
--- @return string? message
function M.render(buf, format)
  if not vim.tbl_contains(M.FORMATS, format) then
    return nil, ("galley: no format `%s` (%s)"):format(format, table.concat(M.FORMATS, ", "))
  end
  local sheet, message = require("galley.ledger.sheet").read(buf)
  if not sheet then
    return nil, message
  end
  return require("galley.ledger.export." .. format).render(sheet)
end

--- Writes a file. One that is there already stays, unless the user says so.
--- @param path string
--- @param text string
--- @param force boolean
--- @return boolean? ok
--- @return string? message
function M.write(path, text, force)
  path = vim.fs.normalize(vim.fn.fnamemodify(path, ":p"), { expand_env = false })
  if not force and vim.uv.fs_lstat(path) then
    return nil, ("galley: %s is there already; add ! to replace it"):format(path)
  end
  local ok, message = atomic.write(path, text)
  return ok, message and "galley: " .. message or nil
end

--- @param buf? integer
--- @param format string
--- @param path string
--- @param force boolean
--- @return boolean? ok
--- @return string? message
function M.run(buf, format, path, force)
  local text, message = M.render(buf, format)
  if not text then
    return nil, message
  end
  return M.write(path, text, force)
end

return M
