; Code in fences, by the language that the fence names. The fence that ends it must be three marks
; at the start of a line: the content ends before them.
((code_text) @injection.language @injection.content
  (#lua-match? @injection.content "^```[ \t]*%w.*\n```$")
  (#gsub! @injection.language "^```[ \t]*([%w_+-]+).*$" "%1")
  (#offset! @injection.content 1 0 0 -3))
((code_text) @injection.language @injection.content
  (#lua-match? @injection.content "^~~~[ \t]*%w.*\n~~~$")
  (#gsub! @injection.language "^~~~[ \t]*([%w_+-]+).*$" "%1")
  (#offset! @injection.content 1 0 0 -3))

((front_matter_text) @injection.content
  (#lua-match? @injection.content "^%-%-%-.*\n%-%-%-$")
  (#set! injection.language "yaml")
  (#offset! @injection.content 1 0 0 -3))

([
  (markup)
  (markup_text)
] @injection.content
  (#set! injection.language "html"))
