-- The highlight groups: how the kinds and types of span look, in the editor, on a terminal and in
-- the help. They must also differ where there is no colour, so each has a style of its own.

--- @class galley.Group
--- @field name string what a user links or sets
--- @field label string what it marks, in a word
--- @field help string
--- @field colour string[] groups to borrow the colour from: the first that has one of its own
--- @field fallback? table<"dark"|"light", vim.api.keyset.highlight> the colour if none of them has one
--- @field link? string the group that it looks like, in place of colour and style
--- @field style table attributes that tell it from the others without colour
--- @field level integer added to the priority: what stands inside comes over what holds it
--- @field sgr_colour string the colour on a terminal (SGR), "" for none
--- @field sgr_style string the style on a terminal (SGR)

--- In the order of the legend. A user's own definition or link of `name` wins; without one it links
--- to `name .. "Default"`, which follows the colour scheme.
--- @type galley.Group[]
return {
  {
    name = "GalleyPerson",
    label = "person",
    help = "A person.",
    colour = { "Identifier" },
    style = { underline = true },
    level = 2,
    sgr_colour = "34",
    sgr_style = "4",
  },
  {
    name = "GalleyOrganization",
    label = "organization",
    help = "An organisation.",
    colour = { "Special", "Function" },
    style = { underdouble = true },
    level = 2,
    sgr_colour = "36",
    sgr_style = "4;1",
  },
  {
    name = "GalleyPlace",
    label = "place",
    help = "A place.",
    colour = { "String" },
    style = { underdotted = true },
    level = 2,
    sgr_colour = "32",
    sgr_style = "4;3",
  },
  {
    name = "GalleyOther",
    label = "other name",
    help = "A name of another type, or of a type that is not known.",
    colour = {},
    style = { underdashed = true },
    level = 2,
    sgr_colour = "",
    sgr_style = "4;2",
  },
  {
    name = "GalleyDate",
    label = "date",
    help = "A date, a time, a duration or a repeated time.",
    colour = { "Type", "PreProc", "DiagnosticWarn" },
    style = { bold = true, italic = true },
    level = 3,
    sgr_colour = "33",
    sgr_style = "1;3",
  },
  {
    name = "GalleyFigure",
    label = "figure",
    help = "A figure: a number, share, amount, measure, rank, range, ratio or age.",
    colour = { "Number", "Constant" },
    -- Not the red of errors: an article full of figures would look full of mistakes.
    fallback = {
      dark = { fg = "NvimLightMagenta", ctermfg = 13 },
      light = { fg = "NvimDarkMagenta", ctermfg = 5 },
    },
    style = { bold = true },
    level = 3,
    sgr_colour = "35",
    sgr_style = "1",
  },
  {
    name = "GalleyQuote",
    label = "quote",
    help = "A quotation with its marks.",
    colour = {},
    style = { italic = true },
    level = 0,
    sgr_colour = "",
    sgr_style = "3",
  },
  {
    name = "GalleyQuoteMark",
    label = "quotation mark",
    help = "The marks around a quotation.",
    colour = { "Delimiter", "Special" },
    style = {},
    level = 1,
    sgr_colour = "36",
    sgr_style = "",
  },
  {
    name = "GalleyQuoteIndirect",
    label = "reported speech",
    help = "What somebody said, told without quotation marks.",
    colour = {},
    style = { italic = true },
    level = 0,
    sgr_colour = "",
    sgr_style = "3",
  },
  {
    name = "GalleySpeaker",
    label = "speaker",
    help = "Who says a quotation, as written.",
    colour = {},
    style = { bold = true },
    level = 1,
    sgr_colour = "",
    sgr_style = "1",
  },
  {
    name = "GalleyCitation",
    label = "citation",
    help = "A citation: footnote mark, reference, link.",
    colour = { "Comment" },
    style = {},
    level = 4,
    sgr_colour = "90",
    sgr_style = "",
  },
  {
    name = "GalleyMention",
    label = "mention",
    help = "What is named under the cursor, wherever the article names it.",
    colour = {},
    link = "LspReferenceText",
    style = {},
    level = 6,
    sgr_colour = "",
    sgr_style = "",
  },
  {
    name = "GalleySpeakerCurrent",
    label = "speaker of the quote",
    help = "Who says the quotation that the cursor is in.",
    colour = {},
    link = "LspReferenceText",
    style = {},
    level = 6,
    sgr_colour = "",
    sgr_style = "",
  },
}
