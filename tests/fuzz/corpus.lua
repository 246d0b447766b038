-- The inputs that fuzzing starts from, a file a target in tests/fuzz/corpus: a line an input, with
-- escapes for what is no printable character (\n \r \t \\ \xff). Other lines begin with "#".
--
--   luajit tests/fuzz/corpus.lua unpack FILE FOLDER     a file an input, for libFuzzer
--   luajit tests/fuzz/corpus.lua pack FILE INPUT...     adds inputs to FILE that it does not have

local M = {}

local NAMES = { ["\n"] = "\\n", ["\r"] = "\\r", ["\t"] = "\\t", ["\\"] = "\\\\" }
local BYTES = { n = "\n", r = "\r", t = "\t", ["\\"] = "\\" }

--- @param byte string
--- @return string
local function escape_byte(byte)
  return NAMES[byte] or ("\\x%02x"):format(byte:byte())
end

--- @param bytes string
--- @return string line
function M.escape(bytes)
  local line = bytes:gsub("[%c\\]", escape_byte)
  -- Characters of two and three bytes are kept, to be read; not those that are not seen.
  line = line:gsub("[\195-\223][\128-\191]", "\1%0\2")
  line = line:gsub("[\225-\236\238][\128-\191][\128-\191]", function(triple)
    local unseen = triple:find("^\226\128[\128-\143\168-\175]") or triple:find("^\226\129")
    return not unseen and "\1" .. triple .. "\2" or nil
  end)
  local parts, at = {}, 1
  while true do
    local first, last, kept = line:find("\1([^\2]*)\2", at)
    parts[#parts + 1] = line:sub(at, (first or #line + 1) - 1):gsub("[\128-\255]", escape_byte)
    if not first then
      break
    end
    parts[#parts + 1] = kept
    at = last + 1
  end
  line = table.concat(parts)
  return line:sub(1, 1) == "#" and "\\x23" .. line:sub(2) or line
end

--- @param line string
--- @return string bytes
function M.unescape(line)
  line = line:gsub("\\(.)(%x?%x?)", function(name, digits)
    if name == "x" then
      return string.char(tonumber(digits, 16))
    end
    return BYTES[name] .. digits
  end)
  return line
end

--- The inputs of a file; none when it is not there.
--- @param path string
--- @return string[]
function M.read(path)
  local inputs = {}
  local file = io.open(path, "rb")
  for line in (file and file:lines() or function() end) do
    if line:sub(1, 1) ~= "#" then
      inputs[#inputs + 1] = M.unescape(line)
    end
  end
  if file then
    file:close()
  end
  return inputs
end

--- @param path string
--- @param bytes string
--- @param mode string
local function write(path, bytes, mode)
  local file = assert(io.open(path, mode))
  assert(file:write(bytes))
  assert(file:close())
end

--- @param path string
--- @param folder string that exists
function M.unpack(path, folder)
  for index, input in ipairs(M.read(path)) do
    write(("%s/%04d"):format(folder, index), input, "wb")
  end
end

--- @param path string
--- @param inputs string[] paths
function M.pack(path, inputs)
  local known = {}
  for _, input in ipairs(M.read(path)) do
    known[input] = true
  end
  for _, name in ipairs(inputs) do
    local file = assert(io.open(name, "rb"))
    local input = file:read("*a")
    file:close()
    if not known[input] then
      known[input] = true
      write(path, M.escape(input) .. "\n", "ab")
    end
  end
end

local arguments = { ... }
if arguments[1] == "unpack" then
  M.unpack(arguments[2], arguments[3])
elseif arguments[1] == "pack" then
  M.pack(arguments[2], { unpack(arguments, 3) })
end

return M
