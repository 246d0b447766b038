; What is no prose folds. Sections are no nodes of the grammar: the language server folds them.
[
  (front_matter)
  (code_block)
  (markup_block)
  (table)
] @fold
