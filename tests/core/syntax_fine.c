// What reads the tree and shows it, once more under other names, for the grammar as it stands
// (grammar_fine.c) beside the core's coarser build of it.
#include "fine.h"

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
#define galley_block_cursor_failed fine_block_cursor_failed
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

#include "../../plugin/core/syntax.c" // NOLINT(bugprone-suspicious-include)
