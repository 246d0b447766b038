-- :checkhealth galley

local M = {}

local health = vim.health

--- @param value any
--- @return string
local function show(value)
  return (vim.inspect(value, { newline = " ", indent = "" }))
end

local function check_neovim()
  health.start("galley: Neovim")
  local version = vim.version()
  local text = ("%d.%d.%d"):format(version.major, version.minor, version.patch)
  if vim.fn.has("nvim-0.10") == 1 then
    health.ok(("Neovim %s, %s"):format(text, jit and jit.version or _VERSION))
  else
    health.error("Neovim " .. text .. " is too old", { "Neovim 0.10 or newer is needed" })
  end
end

--- @return table? core
local function check_core()
  health.start("galley: C module")
  local loader = require("galley.core")
  local core, message = loader.load()
  if not core then
    health.error(message or "the C module is missing", { "Run `make` in " .. loader.root })
    return nil
  end
  health.ok(("version %s, %s"):format(core.version, loader.path))
  health.info("built with " .. core.build)
  local kinds = {}
  for _, kind in ipairs(core.kinds()) do
    kinds[#kinds + 1] = kind.name
  end
  health.info(("kinds: %s; %d rules"):format(table.concat(kinds, ", "), #core.rules()))
  return core
end

--- The grammar for Neovim's own tree-sitter: nothing of galley's needs it.
local function check_grammar()
  local path = vim.api.nvim_get_runtime_file("parser/article.*", false)[1]
  if not path then
    health.info("the grammar is not built for Neovim's tree-sitter (|galley-grammar|)")
    return
  end
  local loaded, message = require("galley.grammar").load()
  if loaded then
    health.ok("language article for Neovim's tree-sitter: " .. path)
  else
    health.error(message or path, { "Run `make parser` in " .. require("galley.core").root })
  end
end

local function check_settings()
  health.start("galley: settings")
  local config = require("galley.config")
  local problems = config.problems()
  for _, problem in ipairs(problems) do
    health.error(require("galley.visible").line(problem), { "See |galley-options|" })
  end
  if #problems == 0 then
    health.ok("no unknown options, no wrong values")
  end
  local settings, defaults = config.get(), config.defaults()
  for _, option in ipairs(config.schema) do
    local value = settings[option.name]
    local changed = not vim.deep_equal(value, defaults[option.name])
    health.info(("%s = %s%s"):format(option.name, show(value), changed and "" or " (default)"))
  end
end

local function check_checks()
  health.start("galley: checks")
  local rows = require("galley.check.rows")
  local settings = require("galley.config").get().checks
  local all, changed = rows.all() or {}, {}
  for _, row in ipairs(all) do
    local severity = rows.base_severity(row, settings[row.id])
    if severity ~= row.severity then
      changed[#changed + 1] = ("%s = %s"):format(row.id, severity or "off")
    end
  end
  health.ok(("%d checks, %d changed by the settings"):format(#all, #changed))
  for _, text in ipairs(changed) do
    health.info(text)
  end
end

--- What others have set in a buffer, and who else works on it.
--- @param buf integer
local function check_conflicts(buf)
  local conflict = require("galley.conflict")
  for _, text in ipairs(conflict.of_buffer(buf)) do
    health.info(("buffer %d: %s"):format(buf, text))
  end
  local servers = conflict.servers(buf)
  if #servers > 0 then
    local text = "buffer %d: other language servers: %s"
    health.info(text:format(buf, table.concat(servers, ", ")))
  end
end

--- How many of each kind a buffer has, what is hidden, and which sources it names.
--- @param buf integer
local function check_contents(buf)
  local galley = require("galley")
  local parts, state = {}, require("galley.buffer").attached[buf]
  for _, kind in ipairs(require("galley.kinds").names() or {}) do
    local hidden = bit.band(state.mask, require("galley.kinds").bit(kind)) == 0
    local count = #assert(galley.get_spans(buf, { kinds = { kind } }))
    table.insert(parts, ("%d %s%s"):format(count, kind, hidden and " (hidden)" or ""))
  end
  local sources = #require("galley.source").for_buffer(buf)
  table.insert(parts, ("%d sources"):format(sources))
  health.info(("buffer %d: %s"):format(buf, table.concat(parts, ", ")))
  if require("galley.buffer").disabled(buf) then
    health.warn(("buffer %d: its marks are hidden by b:galley_disable"):format(buf))
  end
end

local function check_buffers()
  health.start("galley: buffers")
  local buffers = require("galley.buffer")
  -- The news that a buffer was wiped out may still be on its way.
  local numbers = vim.tbl_filter(vim.api.nvim_buf_is_loaded, vim.tbl_keys(buffers.attached))
  table.sort(numbers)
  for _, buf in ipairs(numbers) do
    local doc, message = buffers.document(buf)
    local name = vim.fn.fnamemodify(vim.api.nvim_buf_get_name(buf), ":~:.")
    name = name ~= "" and name or "[No Name]"
    if doc then
      doc:resolve()
      local date, origin = doc:date()
      health.ok(
        ("buffer %d %s: %d bytes in %d rows, %.0f KB of memory, %s"):format(
          buf,
          require("galley.visible").line(name),
          doc:byte_count(),
          doc:line_count(),
          doc:memory() / 1024,
          date and ("date %s (%s)"):format(date, origin) or "no date known"
        )
      )
      check_contents(buf)
      local client = vim.lsp.get_clients({ bufnr = buf, name = require("galley.server").NAME })[1]
      if client then
        local text = "buffer %d: language server, client %d, positions in %s"
        health.info(text:format(buf, client.id, client.offset_encoding))
      end
      local ledger = require("galley.ledger.describe").health(buf)
      if ledger then
        health.info(("buffer %d: %s"):format(buf, require("galley.visible").line(ledger)))
      end
      check_conflicts(buf)
    else
      health.error(("buffer %d: %s"):format(buf, message))
    end
  end
  if #numbers == 0 then
    health.info("no buffer is annotated")
  end
  local plugins = require("galley.conflict").plugins()
  if #plugins > 0 then
    local text =
      "plugins that draw into articles too: %s; galley's marks have priority %d (`priority`)"
    local priority = require("galley.config").get().priority
    health.info(text:format(table.concat(plugins, ", "), priority))
  end
end

--- The programs that make text of sources: each format needs one.
local function check_programs()
  health.start("galley: programs for sources (optional)")
  if not require("galley.config").get().source_programs then
    health.info("none is run: `source_programs` is false")
    return
  end
  local formats = require("galley.source.format").formats
  for _, name in ipairs({ "pdf", "html" }) do
    local program, path = require("galley.source.program").installed(formats[name].programs)
    if program then
      health.ok(("%s: %s"):format(name, path))
    else
      local wanted = table.concat(formats[name].programs, ", ")
      health.info(("%s: not read; install one of: %s"):format(name, wanted))
    end
  end
end

--- What :checkhealth galley shows.
function M.check()
  check_neovim()
  check_core()
  check_grammar()
  local core = require("galley.core").load()
  check_settings()
  if core then
    check_checks()
  end
  check_programs()
  check_buffers()
end

return M
