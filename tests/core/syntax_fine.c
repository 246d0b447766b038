// The grammar as it stands beside the core's coarser build of it: the parser, its scanner and what
// reads the tree, all once more under other names.
#define tree_sitter_article fine_article
#define tree_sitter_article_external_scanner_create fine_scanner_create
#define tree_sitter_article_external_scanner_destroy fine_scanner_destroy
#define tree_sitter_article_external_scanner_serialize fine_scanner_serialize
#define tree_sitter_article_external_scanner_deserialize fine_scanner_deserialize
#define tree_sitter_article_external_scanner_scan fine_scanner_scan
#define galley_syntax_new fine_syntax_new
#define galley_syntax_free fine_syntax_free
#define galley_syntax_parse fine_syntax_parse
#define galley_syntax_edit fine_syntax_edit
#define galley_syntax_prepare fine_syntax_prepare
#define galley_syntax_drop fine_syntax_drop
#define galley_syntax_sexp fine_syntax_sexp
#define galley_syntax_has_error fine_syntax_has_error
#define galley_syntax_equal fine_syntax_equal
#define galley_block_cursor_new fine_block_cursor_new
#define galley_block_cursor_free fine_block_cursor_free
#define galley_block_cursor_next fine_block_cursor_next
#define galley_block_cursor_leaves fine_block_cursor_leaves
#define galley_leaf_list_add fine_leaf_list_add
#define galley_leaf_list_free fine_leaf_list_free
#define show_quotes show_fine_quotes
#define show_blocks show_fine_blocks
#define show_outline show_fine_outline
#define show_fault show_fine_fault

// Each is a source file of its own elsewhere.
#include "syntax_show.c" // NOLINT(bugprone-suspicious-include)

#include "../../grammars/article/src/parser.c"  // NOLINT(bugprone-suspicious-include)
#include "../../grammars/article/src/scanner.c" // NOLINT(bugprone-suspicious-include)
#include "../../plugin/core/syntax.c"           // NOLINT(bugprone-suspicious-include)
