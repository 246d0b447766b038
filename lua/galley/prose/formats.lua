-- What of a buffer's tree or syntax is no prose, by format: one row a kind of node or group.
--
-- Only what a single line does not tell stands here; the lexers know the rest.

local M = {}

--- The lexer of a file type.
--- @type table<string, string>
M.lexers = {
  html = "html",
  xhtml = "html",
  tex = "tex",
  plaintex = "tex",
  latex = "tex",
  rst = "rst",
  asciidoc = "asciidoc",
  asciidoctor = "asciidoc",
  typst = "typst",
  mail = "mail",
}

--- Queries by tree-sitter language: the names of captures are kinds of zones. Each line is tried by
--- itself, so that a grammar of another version does not lose them all.
--- @type table<string, string[]>
M.queries = {
  html = {
    "(comment) @comment",
    "(doctype) @break",
    "(script_element) @code",
    "(style_element) @code",
    "[(start_tag) (end_tag) (self_closing_tag) (erroneous_end_tag)] @tag",
    "(element (start_tag (tag_name) @_name)) @element",
  },
  latex = {
    "[(line_comment) (block_comment) (comment_environment)] @comment",
    "[(inline_formula) (displayed_equation) (math_environment)] @object",
    "[(verbatim_environment) (listing_environment) (minted_environment)] @code",
  },
  rst = {
    "(comment) @comment",
    "[(literal_block) (doctest_block)] @code",
    "(literal) @object",
  },
  typst = {
    "(comment) @comment",
    "(math) @object",
    "(raw_blck) @code",
    "(raw_span) @object",
  },
  asciidoc = {
    "[(line_comment) (block_comment)] @comment",
    "[(listing_block) (literal_block) (passthrough_block)] @code",
  },
}

--- Elements of HTML whose content is no prose: "object" stands in a sentence.
--- @type table<string, "code"|"object">
M.elements = {
  head = "code",
  pre = "code",
  script = "code",
  style = "code",
  textarea = "code",
  select = "code",
  template = "code",
  listing = "code",
  code = "object",
  kbd = "object",
  samp = "object",
  tt = "object",
  math = "object",
  svg = "object",
}

--- Bytes of a line, by lexer, over which the syntax file takes seconds and more for it, and for what
--- stands below: its time grows with the square. Neovim gives up drawing it by 'redrawtime'; a
--- question has no such end.
--- @type table<string, integer>
M.longest = { asciidoc = 3000 }

--- Groups of the syntax files, as Lua patterns, by lexer; the first that fits. Groups that none fits
--- are left to the lexer.
--- @type table<string, {[1]: string, [2]: "comment"|"code"|"object"|"tag"|"break"|"prose"}[]>
M.groups = {
  html = {
    { "^htmlComment", "comment" },
    { "^javaScript", "code" },
    { "^css", "code" },
    { "^htmlScript$", "code" },
    { "^htmlStyle$", "code" },
    { "^html%a*Tag", "tag" },
    { "^htmlTagN", "tag" },
    { "^htmlArg$", "tag" },
    { "^htmlString$", "tag" },
    { "^htmlValue$", "tag" },
    { "^htmlEvent", "tag" },
  },
  tex = {
    { "^texComment", "comment" },
    { "^texMath", "object" },
    { "^texZone$", "code" },
    { "^texVerb", "code" },
  },
  rst = {
    { "^rstComment$", "comment" },
    { "^rst%a*LiteralBlock$", "code" },
    { "^rstDoctestBlock", "code" },
    { "^rstCodeBlock$", "code" },
  },
  asciidoc = {
    { "^asciidocComment", "comment" },
    { "^asciidocListingBlock$", "code" },
    { "^asciidocLiteralBlock$", "code" },
    { "^asciidocPassthroughBlock$", "code" },
  },
  typst = {
    { "^typst%a*Comment", "comment" },
    { "^typst%a*Math", "object" },
    { "^typst%a*RawBlock", "code" },
    { "^typstCodeBlock$", "code" },
  },
  mail = {
    { "^mailSignature$", "code" },
    { "^mailVerbatim$", "code" },
  },
}

return M
