; Highlights of what the grammar alone knows, for Neovim's own highlighter and for other editors.
; Galley itself draws spans, which know far more.
;
; @spell and @nospell: under Neovim's highlighter nothing else is looked at for spelling mistakes.
[
  (paragraph)
  (heading)
  (list_item)
  (block_quote)
  (table)
  (note)
] @spell
[
  (url)
  (link)
  (citation)
  (handle)
  (hashtag)
  (code)
  (markup)
  (note_mark)
  (reference)
] @nospell

(heading) @markup.heading
(block_quote) @markup.quote
(quote) @string
(quote_open) @punctuation.delimiter
(quote_close) @punctuation.delimiter
(figure) @number
(url) @markup.link.url
(link) @markup.link
(citation) @markup.link
(handle) @constant
(hashtag) @label
(code) @markup.raw
(code_text) @markup.raw.block
(front_matter_text) @comment
(markup) @tag
(markup_text) @comment
(emphasis) @punctuation.special
[
  (h1_mark)
  (h2_mark)
  (h3_mark)
  (h4_mark)
  (h5_mark)
  (h6_mark)
  (h1_underline)
  (h2_underline)
  (block_quote_mark_1)
  (block_quote_mark_2)
  (block_quote_mark_3)
  (note_mark)
  (reference_mark)
  (table_bar)
  (table_rule)
] @punctuation.special
[
  (list_mark_1)
  (list_mark_2)
  (list_mark_3)
  (list_mark_4)
] @markup.list
