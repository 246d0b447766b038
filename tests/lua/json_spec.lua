-- JSON as every command writes it: valid whatever bytes a text holds, and the same each time.

local json = require("galley.json")

local LOST = "\239\191\189" -- U+FFFD, for a byte that is part of no character

describe("JSON", function()
  it("keeps the first and the last character of each length", function()
    for _, text in ipairs({
      "\127",
      "\194\128",
      "\223\191",
      "\224\160\128",
      "\237\159\191",
      "\238\128\128",
      "\239\191\191",
      "\240\144\128\128",
      "\244\143\191\191",
    }) do
      assert.are.equal("a" .. text .. "b", json.to_utf8("a" .. text .. "b"))
    end
  end)

  it("has no byte that is part of no character", function()
    for text, bytes in pairs({
      ["\128"] = 1, -- goes on what did not begin
      ["\193\191"] = 2, -- longer than needed
      ["\224\159\191"] = 3,
      ["\240\143\191\191"] = 4,
      ["\237\160\128"] = 3, -- halves of a surrogate pair
      ["\237\191\191"] = 3,
      ["\244\144\128\128"] = 4, -- beyond Unicode
      ["\245\128\128\128"] = 4,
      ["\255"] = 1,
      ["\195"] = 1, -- cut off
      ["\226\130"] = 2,
      ["\240\159\148"] = 3,
    }) do
      local written = json.to_utf8("a" .. text .. "b")
      assert.are.equal("a" .. LOST:rep(bytes) .. "b", written, vim.inspect(text))
    end
  end)

  it("is read as what was written", function()
    local value = {
      text = 'a "b" \\ \n\t\1\127 é 🔔 \226\128\174',
      numbers = { 0, -3, 0.1, 1 / 3, 1e300, 123456789012 },
      yes = true,
      none = json.list({}),
    }
    for _, indent in ipairs({ false, "" }) do
      assert.are.same(value, vim.json.decode(json.value(value, indent or nil)))
    end
    assert.are.equal('{"a":[1,2],"b":{"c":null}}', json.value({ b = { c = 0 / 0 }, a = { 1, 2 } }))
  end)
end)
