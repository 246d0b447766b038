-- Reads the pages of doc/ whose steps are run by a test: boxes of keys to type, and of what the
-- screen shows then.

local M = {}

--- @class page.Step
--- @field line integer of the page
--- @field kind "keys"|"screen"
--- @field lines string[]

--- The boxes of a page, in order.
--- @param path string
--- @return page.Step[]
function M.steps(path)
  local steps, step, number = {}, nil, 0
  for line in io.lines(path) do
    number = number + 1
    local fence = line:match("^```(%w*)")
    if fence and step then
      table.insert(steps, step.kind ~= "" and step or nil)
      step = nil
    elseif fence then
      step = { line = number, kind = fence, lines = {} }
    elseif step then
      table.insert(step.lines, line)
    end
  end
  return vim.tbl_filter(function(item)
    return item.kind == "keys" or item.kind == "screen"
  end, steps)
end

--- A text without what a screen adds: blanks, the bars of windows and of their frames.
--- @param text string
--- @return string
local function bare(text)
  return (text:gsub("[%s|]", ""):gsub("│", ""))
end

--- Types the keys of a page, and waits until the screen shows what the page says.
--- @param screen Screen
--- @param path string
function M.follow(screen, path)
  for _, step in ipairs(M.steps(path)) do
    for _, line in ipairs(step.lines) do
      if step.kind == "keys" then
        -- Not screen:type(), which would wait for the answer to a prompt.
        screen:request("nvim_input", (line:gsub("<Enter>", "<CR>")))
      else
        screen:wait(function()
          return bare(table.concat(screen:text(), "\n")):find(bare(line), 1, true)
        end, ("for %q (%s, box at line %d)\n%s"):format(
          line,
          path,
          step.line,
          screen:picture()
        ))
      end
    end
  end
end

return M
