-- Reads the frames of tests/seeded and plants errors in them: what README.md here describes.

local M = {}

--- @class seeded.Case
--- @field name string file and line of it
--- @field checks string[] that may find its errors
--- @field loose boolean
--- @field date? string
--- @field file? string path of the article that it is a piece of
--- @field known string[] checks that find something in the clean text
--- @field clean string the whole text
--- @field planted seeded.Planted[]

--- @class seeded.Planted
--- @field text string the whole text
--- @field wrong string what was planted
--- @field start integer byte of the text where the piece with the error begins
--- @field stop integer

local FOLDER = "tests/seeded/frames"

--- @param path string
--- @return string
local function read(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read("*a")
  file:close()
  return text
end

--- @param group string what is between the braces
--- @return string[]
local function alternatives(group)
  local list, at = {}, 1
  while true do
    local first, last = group:find("%s=> ", at)
    table.insert(list, group:sub(at, (first or 0) - 1))
    if not first then
      return list
    end
    at = last + 1
  end
end

--- The parts of a frame: texts that stay and places to plant in, by turns.
--- @param frame string
--- @return string[] fixed one more than the groups
--- @return string[][] groups
local function split(frame)
  local fixed, groups, at = {}, {}, 1
  for before, group, after in frame:gmatch("()(%b{})()") do
    local list = alternatives(group:sub(2, -2))
    if #list > 1 then
      table.insert(fixed, frame:sub(at, before - 1))
      table.insert(groups, list)
      at = after
    end
  end
  table.insert(fixed, frame:sub(at))
  return fixed, groups
end

--- @param fixed string[]
--- @param groups string[][]
--- @param wrong? integer the group that is wrong
--- @param choice? integer which of its alternatives
--- @return string
local function join(fixed, groups, wrong, choice)
  local parts = { fixed[1] }
  for number, list in ipairs(groups) do
    table.insert(parts, number == wrong and list[choice] or list[1])
    table.insert(parts, fixed[number + 1])
  end
  return table.concat(parts)
end

--- @param frame string
--- @param state table directives in force
--- @param name string
--- @return seeded.Case
local function make(frame, state, name)
  local fixed, groups = split(frame)
  local case = {
    name = name,
    checks = state.checks,
    loose = state.loose,
    date = state.date,
    file = state.file,
    known = state.known,
    planted = {},
  }
  local piece = join(fixed, groups)
  local before, after = "", ""
  case.clean = piece
  if state.file then
    local article = read(state.file)
    local first, last = article:find(piece, 1, true)
    assert(first, name .. ": not in " .. state.file)
    assert(not article:find(piece, first + 1, true), name .. ": more than once in " .. state.file)
    before, after = article:sub(1, first - 1), article:sub(last + 1)
    case.clean = article
  end
  for number, list in ipairs(groups) do
    for choice = 2, #list do
      local planted = join(fixed, groups, number, choice)
      table.insert(case.planted, {
        text = before .. planted .. after,
        wrong = list[choice],
        start = #before,
        stop = #before + #planted,
      })
    end
  end
  return case
end

local DIRECTIVES = {
  check = function(state, value)
    state.checks, state.loose = vim.split(value, " "), false
  end,
  loose = function(state)
    state.loose = true
  end,
  date = function(state, value)
    state.date = value ~= "none" and value or nil
  end,
  file = function(state, value)
    state.file, state.known = value ~= "none" and value or nil, {}
  end,
  known = function(state, value)
    state.known = vim.split(value, " ")
  end,
}

--- @param path string
--- @return seeded.Case[]
function M.read(path)
  local cases, number, block, begun = {}, 0, nil, 0
  local state = { checks = {}, loose = false, known = {} }
  local short = vim.fs.basename(path)
  for line in read(path):gmatch("([^\n]*)\n") do
    number = number + 1
    local directive, value = line:match("^@(%l+) ?(.*)$")
    if line == "<<<" then
      block, begun = {}, number
    elseif line == ">>>" then
      local frame = table.concat(block, "\n") .. "\n"
      table.insert(cases, make(frame, state, short .. ":" .. begun))
      block = nil
    elseif block then
      table.insert(block, line)
    elseif directive then
      local set = assert(DIRECTIVES[directive], short .. ":" .. number .. ": " .. line)
      set(state, value)
    elseif line ~= "" and line:sub(1, 1) ~= "#" then
      local frame = state.file and line or line .. "\n"
      table.insert(cases, make(frame, state, short .. ":" .. number))
    end
  end
  return cases
end

--- @return string[] paths of all files of frames, sorted
function M.files()
  local files = vim.fn.glob(FOLDER .. "/*.txt", false, true)
  table.sort(files)
  return files
end

--- The articles of the jump test set, in which nothing is wrong.
--- @return seeded.Case[]
local function articles()
  local cases = {}
  local paths = vim.fn.glob("tests/jump/*/article.*", false, true)
  table.sort(paths)
  for _, path in ipairs(paths) do
    local name = path:match("jump/(.*)$")
    local case = { name = name, file = path, checks = {}, loose = false, planted = {} }
    case.known, case.clean = {}, read(path)
    table.insert(cases, case)
  end
  return cases
end

--- @return seeded.Case[] of all files, and the articles that are clean
function M.all()
  local cases = articles()
  for _, path in ipairs(M.files()) do
    vim.list_extend(cases, M.read(path))
  end
  return cases
end

return M
