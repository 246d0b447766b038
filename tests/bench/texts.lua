-- The texts of a folder's JSON Lines files, one after the other:
--
--   nvim --clean -l tests/bench/texts.lua FOLDER

local folder = arg[1] or ""
local count = 0
for name in vim.fs.dir(folder) do
  if name:find("%.jsonl$") then
    for line in io.lines(folder .. "/" .. name) do
      local ok, record = pcall(vim.json.decode, line)
      if ok and type(record) == "table" and type(record.text) == "string" then
        io.write(record.text, "\n\n")
        count = count + 1
      end
    end
  end
end
if count == 0 then
  io.stderr:write(("bench: no .jsonl with texts in %s\n"):format(folder))
  os.exit(2)
end
