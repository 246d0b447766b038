-- The annotations of the public interface are complete, and true of what the code gives.

local annotation = dofile("tests/doc/annotation.lua")
local galley = require("galley")

local INTERFACE = annotation.read("lua/galley/init.lua")

--- What the help tells of each module's functions.
local PUBLIC = {
  ["galley"] = vim.tbl_keys(galley),
  ["galley.check"] = {
    "findings",
    "ticks",
    "review",
    "at",
    "repairs",
    "apply",
    "waive",
  },
  ["galley.ledger"] = { "status", "set", "counts", "waived" },
  ["galley.source"] = { "for_buffer", "find", "find_all", "ready" },
}

describe("annotations", function()
  --- The spans of all articles of examples/.
  local spans, entities, items = {}, {}, {}

  setup(function()
    vim.cmd.runtime("plugin/galley.lua")
    galley.setup({ server = false })
    for _, article in ipairs({
      "drought-vote-2026-05-14.txt",
      "meteorite-ruling.txt",
      "tidewell-results.md",
    }) do
      vim.cmd("silent edit examples/" .. article)
      vim.list_extend(spans, assert(galley.get_spans(0)))
      vim.list_extend(entities, assert(galley.get_entities(0)))
      vim.list_extend(items, assert(galley.get_items(0)))
    end
    -- No article has markup within what is marked.
    vim.cmd("silent enew")
    vim.bo.filetype = "html"
    vim.api.nvim_buf_set_lines(0, 0, -1, false, { "<p>The clerk is Maria <b>Oduya</b>.</p>" })
    assert(galley.attach(0))
    vim.list_extend(spans, assert(galley.get_spans(0)))
  end)

  teardown(function()
    vim.cmd("silent! %bwipeout!")
    galley.setup(nil)
  end)

  for name, wanted in vim.spairs(PUBLIC) do
    it("tell all parameters and results of " .. name, function()
      local file = "lua/" .. name:gsub("%.", "/") .. "/init.lua"
      local by_name = {}
      for _, item in ipairs(annotation.read(file).functions) do
        by_name[item.name] = item
      end
      for _, function_name in ipairs(wanted) do
        local item = assert(by_name[function_name], function_name)
        local told = vim.tbl_map(function(param)
          return param.name
        end, item.params)
        assert.are.same(item.arguments, told, function_name)
        assert.is_true(item.help ~= "", function_name)
        local gives = not vim.tbl_contains({ "setup", "ready", "go" }, function_name)
        assert.are.equal(gives, #item.returns > 0, function_name)
        assert.are.equal("function", type(require(name)[function_name]), function_name)
      end
    end)
  end

  --- What is wrong with a value by the type that is told, or nil.
  local function misfit(value, field)
    if value == nil then
      return not field.optional and "is missing" or nil
    end
    local choices = {}
    for choice in field.type:gmatch('"([^"]+)"') do
      choices[#choices + 1] = choice
    end
    local wanted = field.type
    if #choices > 0 then
      return not vim.tbl_contains(choices, value) and "is " .. tostring(value) or nil
    elseif wanted == "integer" then
      return (type(value) ~= "number" or value % 1 ~= 0) and "is no integer" or nil
    elseif vim.tbl_contains({ "string", "number", "boolean" }, wanted) then
      return type(value) ~= wanted and "is a " .. type(value) or nil
    end
    return type(value) ~= "table" and "is no table" or nil
  end

  --- Holds the fields of a class to objects that the code gave.
  local function hold(class, objects)
    local fields, seen = {}, {}
    for _, field in ipairs(class.fields) do
      fields[field.name] = field
    end
    for _, object in ipairs(objects) do
      for name in pairs(object) do
        assert.is_truthy(fields[name], class.name .. " does not tell of " .. name)
        seen[name] = true
      end
      for name, field in pairs(fields) do
        local problem = misfit(object[name], field)
        assert.is_nil(problem, ("%s.%s %s"):format(class.name, name, problem))
      end
    end
    for name in pairs(fields) do
      assert.is_true(seen[name], class.name .. " tells of " .. name .. ", which nothing has")
    end
  end

  it("tell the fields of spans", function()
    assert.is_true(#spans > 200)
    hold(INTERFACE.classes["galley.Span"], spans)
  end)

  it("tell the fields of entities and items", function()
    hold(annotation.read("lua/galley/entity.lua").classes["galley.Entity"], entities)
    hold(annotation.read("lua/galley/item.lua").classes["galley.Item"], items)
  end)

  it("tell the fields of findings", function()
    local findings = {}
    for _, text in ipairs({ "They counted the the ballots.", "It rose 50% to 30 from 10." }) do
      vim.cmd.enew()
      vim.api.nvim_buf_set_lines(0, 0, -1, false, { text })
      assert(galley.attach(0))
      vim.list_extend(findings, assert(require("galley.check").findings(0)))
    end
    assert.are.equal(2, #findings)
    hold(annotation.read("lua/galley/check/run.lua").classes["galley.Finding"], findings)
  end)

  it("tell the options as the schema has them", function()
    local config = require("galley.config")
    local classes = annotation.read("lua/galley/config.lua").classes
    local types = { checks = "table<string, string|boolean>", ["kind[]"] = "string[]" }
    local expected = {}
    for _, option in ipairs(config.schema) do
      expected[option.name] = types[option.type] or option.type
    end
    for class, optional in pairs({ ["galley.Config"] = true, ["galley.Settings"] = false }) do
      local told = {}
      for _, field in ipairs(classes[class].fields) do
        told[field.name] = field.type
        assert.are.equal(optional, field.optional, field.name)
      end
      assert.are.same(expected, told, class)
    end
  end)
end)
