-- A figure or quote knows the citations of its sentence.

local core = assert(require("galley.core").load())

--- The figures and quotes of a text, each with the citations of its sentence.
local function citations(text)
  local doc = core.document()
  doc:set_text(text)
  local found = {}
  for _, span in ipairs(doc:spans(0, -1)) do
    if span.kind == "figure" or span.kind == "quote" then
      local marks = {}
      for _, citation in ipairs(span.citations or {}) do
        table.insert(marks, text:sub(citation.start + 1, citation["end"]))
      end
      table.insert(found, span.text .. " < " .. table.concat(marks, " "))
    end
  end
  doc:close()
  return found
end

describe("the citations of a figure or quote", function()
  for _, case in ipairs({
    {
      "are those of its sentence",
      "In all 476 members voted [3]. Another 12 stayed away. Then 7 came [@lee2019, p. 2].\n",
      { "476 < [3]", "12 < ", "7 < [@lee2019, p. 2]" },
    },
    {
      "stand behind its point too",
      "In all 476 members voted.[^1] Another 12 stayed away. [^2]\n\n[^1]: A.\n\n[^2]: B.\n",
      { "476 < [^1]", "12 < [^2]" },
    },
    {
      "may begin it",
      "Nobody knew. [3] says that 476 members voted.\n",
      { "476 < [3]" },
    },
    {
      "are each work of a mark",
      "In all 476 members voted [3, 4].\n",
      { "476 < [3, 4] 4" },
    },
    {
      "are those of a link, a year and a figure",
      "In all 476 voted (Smith 2018), see [here](count.csv) and Figure 2. But 12 stayed.\n",
      { "476 < Smith 2018 [here](count.csv) Figure 2", "12 < " },
    },
    {
      "follow a quote's speaker",
      "“We won. It is done,” she said [3]. Then 12 left.\n",
      { "“We won. It is done,” < [3]", "12 < " },
    },
    { "are none in another paragraph", "It fell [3].\n\nThen 12 left.\n", { "12 < " } },
  }) do
    it(case[1], function()
      assert.are.same(case[3], citations(case[2]))
    end)
  end

  it("follow an edit", function()
    local doc = core.document()
    doc:set_text("In all 476 members voted. It was late [3].\n")
    assert.is_nil(doc:spans(0, -1)[1].citations)
    doc:edit(24, 25, ",")
    doc:edit(26, 28, "it")
    assert.are.same({ { start = 38, ["end"] = 41 } }, doc:spans(0, -1)[1].citations)
    doc:close()
  end)
end)
